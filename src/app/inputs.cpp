#include "app/inputs.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <deque>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <unordered_map>

#include "app/tesseract.h"
#include "base/text.h"
#include "goals/json.h"
#include "reading/archive.h"
#include "reading/encoding.h"
#include "reading/isolation/reading_queue.h"
#include "reading/isolation/scan_worker.h"
#include "reading/limits.h"
#include "reading/reader.h"

namespace jiheng::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_workers = 32;

/// Files that programs keep beside a person's own: .DS_Store, and ~$…, the lock that Word leaves beside an open file.
bool is_of_a_program(const fs::path& path) {
  const char first = path.filename().string()[0];
  return first == '.' || first == '~';
}

bool is_document(const fs::path& path) {
  static constexpr std::array endings = {".docx", ".xlsx", ".doc", ".xls",   ".wps", ".et",  ".rtf", ".pdf", ".ofd",
                                         ".html", ".htm",  ".mht", ".mhtml", ".txt", ".csv", ".tsv", ".zip"};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

Input failed(std::string code, std::string message) {
  return {{}, Document::Failure{std::move(code), std::move(message)}};
}

/// About a file or folder that cannot be opened.
std::string what_to_do(int error) {
  switch (error) {
    case EACCES:
    case EPERM:
      return "请检查有没有读取它的权限。";
    case ENAMETOOLONG:
      return "路径太长，请移到浅一些的文件夹里再读。";
    default:
      return std::string("系统说：") + std::strerror(error) + "。";
  }
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

/// Those the process may run on.
std::size_t processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return std::clamp<std::size_t>(static_cast<std::size_t>(CPU_COUNT(&set)), 1, most_workers);
}

/// A path is whatever bytes it is; JSON is UTF-8.
std::string printable(const std::string& path) {
  return is_valid_utf8(path) ? path : reading::decode(path, reading::Charset::gb18030).text;
}

/// What lies below a folder.
struct Folder {
  std::vector<std::string> below;        ///< documents, and folders that cannot be looked into: reading them says why
  std::vector<std::string> passed_over;  ///< what is no document
};

/// Links to folders are not followed: they may lead round in a circle.
Folder look_into(const fs::path& path) {
  Folder folder;
  std::vector<fs::path> ahead = {path};
  while (!ahead.empty()) {
    const fs::path present = std::move(ahead.back());
    ahead.pop_back();
    std::error_code failed;
    auto at = fs::directory_iterator(present, failed);
    for (; !failed && at != fs::directory_iterator(); at.increment(failed)) {
      std::error_code unknown;  // of a thing that went meanwhile
      if (at->is_directory(unknown) && !at->is_symlink(unknown))
        ahead.push_back(at->path());
      else if (at->is_regular_file(unknown) && !is_of_a_program(at->path()))
        (is_document(at->path()) ? folder.below : folder.passed_over).push_back(at->path().string());
    }
    if (failed) folder.below.push_back(present.string());
  }
  return folder;
}

/// Nothing in a folder is left out in silence.
void tell_passed_over(const std::string& folder, std::vector<std::string> names) {
  if (names.empty()) return;
  constexpr std::size_t most_named = 5;
  std::sort(names.begin(), names.end());
  std::string named;
  for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i)
    named += (i == 0 ? "" : "、") + printable(fs::path(names[i]).filename().string());
  if (names.size() > most_named) named += "等";
  std::fprintf(stderr, "文件夹“%s”里有%zu个文件从名称看不是能读的文档，没有读：%s。要读它们，请直接写出文件名。\n",
               printable(folder).c_str(), names.size(), named.c_str());
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
    Folder folder = look_into(argument);
    tell_passed_over(argument, std::move(folder.passed_over));
    std::sort(folder.below.begin(), folder.below.end());
    files.insert(files.end(), folder.below.begin(), folder.below.end());
  }
  return files;
}

Input load_input(const std::string& path) {
  if (path == "-") return read_all(STDIN_FILENO);
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    if (errno == ENOENT) return failed("not-found", "找不到文件“" + path + "”，请检查路径。");
    const std::string why = what_to_do(errno);
    std::error_code unknown;
    return failed("unreadable", fs::is_directory(path, unknown) ? "打不开文件夹“" + path + "”，里面的文件没有读。" + why
                                                                : "打不开文件“" + path + "”。" + why);
  }
  Input input = read_all(file);
  close(file);
  return input;
}

namespace {

/// What is still known of a document while a worker reads it.
struct UnderWay {
  std::string name;
  std::string bytes;  ///< kept of carriers that may hold scans
};

/// Asks for documents in order and finishes what the workers answer.
class Reading {
 public:
  Reading(std::size_t workers, const std::function<bool(reading::Answer)>& take)
      : queue_([] { return reading::WorkerProcess::fork(); }, workers), take_(take) {}

  bool add(std::string name, std::string bytes, reading::Format format) {
    if (!make_room()) return false;
    const bool may_be_scan = format == reading::Format::pdf || format == reading::Format::ofd || format == reading::Format::picture;
    under_way_.push_back({name, may_be_scan ? bytes : std::string()});
    queue_.push(std::move(name), std::move(bytes));
    return true;
  }
  bool add_failure(std::string name, Document::Failure failure) {
    if (!make_room()) return false;
    Document document;
    document.file = std::move(name);
    document.error = std::move(failure);
    under_way_.emplace_back();
    queue_.push_answer(document);
    return true;
  }
  bool finish() {
    while (!queue_.empty()) {
      if (!take_one()) return false;
    }
    return true;
  }

 private:
  bool make_room() {
    while (queue_.full()) {
      if (!take_one()) return false;
    }
    return true;
  }
  bool take_one() {
    const UnderWay asked = std::move(under_way_.front());
    under_way_.pop_front();
    reading::Answer answer = queue_.pop();
    if (answer.unread_scans && !asked.bytes.empty()) recognise(asked, answer);
    if (const std::string_view content = sha256_of(answer.json); !content.empty()) {
      const auto [twin, fresh] = seen_.try_emplace(std::string(content), asked.name);
      if (!fresh) append_note(answer.json, {"same-content", "与“" + twin->second + "”内容完全相同。", {}, {}, {}});
    }
    return take_(std::move(answer));
  }
  /// Where that is installed and succeeds.
  static void recognise(const UnderWay& asked, reading::Answer& answer) {
    const reading::OcrDoor* ocr = installed_ocr();
    if (ocr == nullptr) return;
    const auto recognised = reading::read_scanned(reading::fork_scan_worker, *ocr, asked.bytes, asked.name);
    if (recognised) answer = {json_line(*recognised), recognised->error.has_value(), reading::has_unread_scans(*recognised)};
  }

  reading::ReadingQueue queue_;
  const std::function<bool(reading::Answer)>& take_;
  std::deque<UnderWay> under_way_;
  std::unordered_map<std::string, std::string> seen_;  ///< SHA-256 → the name it first came under
};

}  // namespace

bool read_inputs(const std::vector<std::string>& paths, const std::function<bool(reading::Answer)>& take) {
  Reading reading(processors(), take);
  for (const std::string& path : paths) {
    Input input = load_input(path);
    if (input.failure) {
      if (!reading.add_failure(printable(path), std::move(*input.failure))) return false;
      continue;
    }
    const reading::Format format = reading::detect_format(input.bytes);
    if (format != reading::Format::zip) {
      if (!reading.add(printable(path), std::move(input.bytes), format)) return false;
      continue;
    }
    std::vector<reading::PackedFile> files;
    files.push_back({printable(path), std::move(input.bytes)});
    for (reading::PackedFile& file : reading::unpack(std::move(files))) {
      const reading::Format inside = reading::detect_format(file.bytes);
      const bool more = file.trouble ? reading.add_failure(std::move(file.name), {file.trouble->code, file.trouble->message})
                                     : reading.add(std::move(file.name), std::move(file.bytes), inside);
      if (!more) return false;
    }
  }
  return reading.finish();
}

bool read_documents(const std::vector<std::string>& paths, const std::function<bool(Document)>& take) {
  return read_inputs(paths, [&](const reading::Answer& answer) {
    auto document = document_from_json(answer.json);
    if (!document) throw std::runtime_error("读文档的进程回答有误");
    return take(std::move(document).value());
  });
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
