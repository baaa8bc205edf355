// The little of tar (POSIX ustar) that a backup needs: files one after another, in a stream.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jiheng::registry {

/// Writes files one after another; whoever uses it checks ok() at the end.
class TarWriter {
 public:
  explicit TarWriter(const std::string& path) : out_(path, std::ios::binary | std::ios::trunc) {}

  void add(const std::string& name, std::string_view bytes);
  /// The mark of the end; false where anything was not written.
  bool finish();

 private:
  std::ofstream out_;
};

/// Reads what TarWriter wrote. Names, sizes and checksums are held to.
class TarReader {
 public:
  explicit TarReader(const std::string& path);

  bool is_open() const { return in_.is_open(); }
  struct File {
    std::string name;  ///< "" at the end of the archive
    std::string bytes;
  };
  /// The next file. Error: backup-damaged.
  Result<File> next();

 private:
  std::ifstream in_;
  std::uint64_t left_ = 0;  ///< bytes not yet read
};

}  // namespace jiheng::registry
