#include "service/http/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "service/http/problem.h"

namespace jiheng::service {

Result<std::unique_ptr<Spool>> Spool::open(const std::string& folder) {
  std::error_code failed;
  const std::string place = folder.empty() ? std::filesystem::temp_directory_path(failed).string() : folder;
  int file = ::open(place.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) {
    // Some network file systems know no nameless files.
    std::string name = place + "/jiheng-upload-XXXXXX";
    file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file >= 0) ::unlink(name.c_str());
  }
  if (file < 0) return problem("insufficient-storage").in(place);
  return std::unique_ptr<Spool>(new Spool(file));
}

Spool::~Spool() {
  ::close(file_);
}

Result<Done> Spool::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return problem("insufficient-storage");
    size_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return Done{};
}

std::string Spool::read(std::uint64_t offset, std::uint64_t length) const {
  std::string bytes(length, '\0');
  std::size_t have = 0;
  while (have < length) {
    const ssize_t got = ::pread(file_, bytes.data() + have, length - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw std::system_error(got < 0 ? errno : EIO, std::generic_category(), "reading an uploaded file back");
    have += static_cast<std::size_t>(got);
  }
  return bytes;
}

Result<Done> Upload::append(std::string_view bytes) {
  files_.back().length += bytes.size();
  return spool_->append(bytes);
}

Result<Done> Upload::add(std::string name, std::string_view bytes) {
  begin(std::move(name));
  return append(bytes);
}

Result<Done> UploadReceiver::part_begins(const PartHead& head) {
  // A browser sends one nameless, empty file where none was chosen.
  wanted_ = head.name == "files" && head.is_file && !head.file_name.empty();
  if (wanted_) upload_->begin(head.file_name);
  return Done{};
}

Result<Done> UploadReceiver::part_bytes(std::string_view bytes) {
  if (!wanted_) return Done{};
  const Upload::File& file = upload_->files().back();
  if (file.length + bytes.size() > max_file_bytes_) return problem("too-large").in(file.name);
  return upload_->append(bytes);
}

Result<Done> UploadReceiver::part_ends() {
  wanted_ = false;
  return Done{};
}

}  // namespace jiheng::service
