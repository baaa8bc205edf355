#include "app/inputs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "reading/reader.h"

namespace jiheng::app {
namespace {

namespace fs = std::filesystem;

bool is_document(const fs::path& path) {
  static constexpr std::array endings = {".docx", ".xlsx", ".doc", ".xls", ".wps",   ".et",  ".rtf", ".pdf",
                                         ".ofd",  ".html", ".htm", ".mht", ".mhtml", ".txt", ".csv", ".tsv"};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::string name = path.filename().string();
  // ~$… is the lock that Word leaves beside an open file.
  return name[0] != '.' && name[0] != '~' && std::find(endings.begin(), endings.end(), ending) != endings.end();
}

Input failed(std::string code, std::string message) {
  return {{}, Document::Failure{std::move(code), std::move(message)}};
}

Input read_all(int file) {
  const std::size_t limit = reading::Limits{}.file_bytes;
  Input input;
  struct stat status{};
  if (fstat(file, &status) == 0 && S_ISREG(status.st_mode))
    input.bytes.reserve(std::min(static_cast<std::size_t>(status.st_size), limit) + 1);
  std::array<char, 65536> block;
  while (true) {
    const ssize_t got = read(file, block.data(), block.size());
    if (got == 0) return input;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("unreadable", std::string("读到一半出错：") + std::strerror(errno) + "。请检查磁盘或重新取一份文件。");
    input.bytes.append(block.data(), static_cast<std::size_t>(got));
    if (input.bytes.size() > limit) {
      return failed("too-large",
                    "文件超过 " + std::to_string(limit >> 20) + " MB，绩效目标表不会这么大；请确认选对了文件，或把表格另存为一个小文件。");
    }
  }
}

}  // namespace

std::vector<std::string> expand_inputs(const std::vector<std::string>& arguments) {
  std::vector<std::string> files;
  for (const std::string& argument : arguments) {
    std::error_code failed;
    if (!fs::is_directory(argument, failed)) {
      files.push_back(argument);
      continue;
    }
    std::vector<std::string> below;
    const auto options = fs::directory_options::skip_permission_denied;
    for (auto at = fs::recursive_directory_iterator(argument, options, failed); at != fs::recursive_directory_iterator();
         at.increment(failed)) {
      if (failed) break;
      if (at->is_regular_file(failed) && is_document(at->path())) below.push_back(at->path().string());
    }
    std::sort(below.begin(), below.end());
    files.insert(files.end(), below.begin(), below.end());
  }
  return files;
}

Input load_input(const std::string& path) {
  if (path == "-") return read_all(STDIN_FILENO);
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    const bool absent = errno == ENOENT;
    return failed(absent ? "not-found" : "unreadable",
                  absent ? "找不到文件“" + path + "”，请检查路径。" : "打不开文件“" + path + "”：" + std::strerror(errno) + "。");
  }
  Input input = read_all(file);
  close(file);
  return input;
}

Document read_input(const std::string& path) {
  const Input input = load_input(path);
  if (!input.failure) return reading::read_document(input.bytes, path);
  Document document;
  document.file = path;
  document.error = input.failure;
  return document;
}

Progress::Progress(std::string verb, std::size_t total)
    : verb_(std::move(verb)), total_(total), shown_(total > 1 && isatty(STDERR_FILENO) == 1) {}

void Progress::step() {
  ++done_;
  if (shown_) std::fprintf(stderr, "\r%s %zu/%zu", verb_.c_str(), done_, total_);
}

Progress::~Progress() {
  if (shown_) std::fprintf(stderr, "\r\033[K");
}

}  // namespace jiheng::app
