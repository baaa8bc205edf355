#include "registry/attachments.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/hash.h"
#include "base/write_all.h"
#include "registry/registry.h"
#include "store/failure.h"

namespace jiheng::registry {
namespace {

[[noreturn]] void fail(const std::string& path) {
  const int reason = errno;
  const std::string detail = path + ": " + std::strerror(reason);
  if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG) {
    throw store::Failure("db-full", "磁盘已满，文件没有保存。请清理磁盘空间后再试。", detail);
  }
  if (reason == EACCES || reason == EROFS || reason == EPERM) {
    throw store::Failure("db-read-only", "数据文件夹不能写，文件没有保存。请检查文件夹的权限。", detail);
  }
  throw store::Failure("db-failed", "文件没有保存成功。请检查磁盘，或与维护人员联系。", detail);
}

/// A file that is closed, and removed where it was not finished.
class Unfinished {
 public:
  explicit Unfinished(std::string path)
      : path_(std::move(path)), file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640)) {
    if (file_ < 0) fail(path_);
  }
  ~Unfinished() {
    if (file_ >= 0) ::close(file_);
    if (!finished_) ::unlink(path_.c_str());
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  void write(std::string_view bytes) {
    if (!write_all(file_, bytes)) fail(path_);
  }
  void move_to(const std::string& path) {
    if (::fsync(file_) != 0) fail(path_);
    if (::rename(path_.c_str(), path.c_str()) != 0) fail(path);
    finished_ = true;
  }

 private:
  std::string path_;
  int file_;
  bool finished_ = false;
};

/// What a folder lists is on the disk only after this.
void sync_folder(const std::string& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) fail(path);
  const int done = ::fsync(folder);
  ::close(folder);
  if (done != 0) fail(path);
}

}  // namespace

bool is_sha256(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

void write_durably(const std::string& path, std::string_view bytes) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (std::filesystem::create_directories(folder, error)) sync_folder(folder.parent_path().string());
  if (error) {
    errno = error.value();
    fail(folder.string());
  }
  Unfinished file(path + "." + new_id() + ".part");
  file.write(bytes);
  file.move_to(path);
  sync_folder(folder.string());
}

void move_durably(const std::string& from, const std::string& to) {
  const int file = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(from);
  const int done = ::fsync(file);
  ::close(file);
  if (done != 0 || ::rename(from.c_str(), to.c_str()) != 0) fail(to);
  const std::string folder = std::filesystem::path(to).parent_path().string();
  sync_folder(folder.empty() ? "." : folder);
}

Result<std::string> read_attachment(const std::string& path, std::string_view sha256) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{"attachment-missing", "原件不在数据文件夹里了。请用备份恢复。", {path}};
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (sha256_hex(bytes) != sha256) return Error{"attachment-altered", "原件与保存时不一样，已被改动或损坏。请用备份恢复。", {path}};
  return bytes;
}

std::string check_attachment(const std::string& path, std::string_view sha256) {
  const auto bytes = read_attachment(path, sha256);
  return bytes ? "" : bytes.error().code;
}

std::string Registry::attachment_path(std::string_view sha256) const {
  return data_folder_ + "/attachments/" + std::string(sha256.substr(0, 2)) + "/" + std::string(sha256.substr(2));
}

bool Registry::kept(std::string_view sha256) const {
  struct stat found{};
  return is_sha256(sha256) && ::stat(attachment_path(sha256).c_str(), &found) == 0;
}

std::string Registry::keep(std::string_view bytes) {
  std::string hash = sha256_hex(bytes);
  if (!kept(hash)) write_durably(attachment_path(hash), bytes);
  return hash;
}

Result<std::string> Registry::attachment(std::string_view sha256) {
  bool known = false;
  if (is_sha256(sha256)) {
    auto reading = store_.read();
    reading->query("SELECT seq FROM attachments WHERE tenant_id = ? AND sha256 = ?", {tenant_, sha256},
                   [&](const store::Row&) { known = true; });
  }
  if (!known) return Error{"not-found", "没有这个附件。", {}};
  return read_attachment(attachment_path(sha256), sha256);
}

}  // namespace jiheng::registry
