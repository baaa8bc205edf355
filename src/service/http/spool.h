// Uploaded files wait on disk, not in memory: one nameless temporary file an upload, gone with the last handle whatever happens.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "service/http/multipart.h"

namespace jiheng::service {

/// A nameless temporary file that is only appended to. Reading is thread-safe once nothing is appended any more.
class Spool {
 public:
  /// `folder`: where the file lives; empty: the system's folder for temporary files. Error: insufficient-storage.
  static Result<std::unique_ptr<Spool>> open(const std::string& folder);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// Error: insufficient-storage.
  Result<Done> append(std::string_view bytes);
  std::uint64_t size() const { return size_; }
  /// Throws std::system_error where the disk fails.
  std::string read(std::uint64_t offset, std::uint64_t length) const;

 private:
  explicit Spool(int file) : file_(file) {}
  int file_;
  std::uint64_t size_ = 0;
};

/// The files of one upload, in the order sent.
class Upload {
 public:
  struct File {
    std::string name;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
  };

  explicit Upload(std::unique_ptr<Spool> spool) : spool_(std::move(spool)) {}

  const std::vector<File>& files() const { return files_; }
  std::string bytes(const File& file) const { return spool_->read(file.offset, file.length); }

  void begin(std::string name) { files_.push_back({std::move(name), spool_->size(), 0}); }
  /// Goes to the file begun last. Error: insufficient-storage.
  Result<Done> append(std::string_view bytes);
  /// A whole file. Error: insufficient-storage.
  Result<Done> add(std::string name, std::string_view bytes);
  std::uint64_t size() const { return spool_->size(); }

 private:
  std::unique_ptr<Spool> spool_;
  std::vector<File> files_;
};

/// Spools the files of a multipart body that stand in parts named "files"; other parts are passed over.
class UploadReceiver : public PartSink {
 public:
  UploadReceiver(std::unique_ptr<Upload> upload, std::uint64_t max_file_bytes)
      : upload_(std::move(upload)), max_file_bytes_(max_file_bytes) {}

  Result<Done> part_begins(const PartHead& head) override;
  /// Errors: too-large (context: the file), insufficient-storage.
  Result<Done> part_bytes(std::string_view bytes) override;
  Result<Done> part_ends() override;

  std::unique_ptr<Upload> take() { return std::move(upload_); }

 private:
  std::unique_ptr<Upload> upload_;
  std::uint64_t max_file_bytes_;
  bool wanted_ = false;
};

}  // namespace jiheng::service
