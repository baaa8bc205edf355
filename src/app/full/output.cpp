#include "app/full/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/text.h"
#include "base/write_all.h"

namespace jiheng::app {
namespace {

namespace fs = std::filesystem;

Error write_failed(const std::string& path, int reason) {
  return {"write-failed", "写不进文件“" + path + "”：" + std::strerror(reason) + "。请检查磁盘空间和文件夹权限。", {}};
}

}  // namespace

Result<Done> write_file(const std::string& path, std::string_view bytes) {
  const std::string beside = path + ".part-" + std::to_string(getpid());
  const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return write_failed(path, errno);
  const bool written = write_all(file, bytes) && fsync(file) == 0;
  int reason = errno;
  const bool closed = close(file) == 0;
  if (written && closed && std::rename(beside.c_str(), path.c_str()) == 0) return Done{};
  if (written) reason = errno;
  unlink(beside.c_str());
  return write_failed(path, reason);
}

Result<OutputNames> OutputNames::in(const std::string& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return Error{"write-failed", "建不了文件夹“" + folder + "”：" + failed.message() + "。", {}};
  return OutputNames(folder);
}

std::string OutputNames::next(std::string_view stem, std::string_view ending) {
  std::string name = std::string(stem) + "." + std::string(ending);
  for (int number = 2; !given_.insert(name).second; ++number)
    name = std::string(stem) + " (" + std::to_string(number) + ")." + std::string(ending);
  return (fs::path(folder_) / name).string();
}

std::string safe_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool forbidden = static_cast<unsigned char>(c) < 0x20 || c == '/' || c == '\\' || c == ':' || c == '*' || c == '?' || c == '"' ||
                           c == '<' || c == '>' || c == '|';
    name.push_back(forbidden ? '_' : c);
  }
  // File systems allow 255 bytes; an ending, a number and the temporary mark come behind.
  constexpr std::size_t longest = 180;
  while (name.size() > longest || (!name.empty() && (static_cast<unsigned char>(name.back()) & 0xC0) == 0x80 && !is_valid_utf8(name)))
    name.pop_back();
  return name.empty() || name == "." || name == ".." ? "未命名" : name;
}

std::string stem_of(std::string_view path) {
  return path == "-" ? "标准输入" : safe_name(fs::path(path).stem().string());
}

}  // namespace jiheng::app
