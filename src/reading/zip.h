// The directory of a zip file, and its entries taken out one by one. Nothing is written to disk and nothing is trusted: sizes,
// offsets and counts are held to Limits before memory is taken.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "reading/limits.h"

struct libdeflate_decompressor;

namespace jiheng::reading {

/// Views into the bytes given to open(), which must outlive it. Not thread-safe; one file, one archive.
class ZipArchive {
 public:
  struct Entry {
    std::string_view name;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;  ///< of the local header
    std::uint16_t method = 0;
    bool encrypted = false;
  };

  /// Errors: damaged, too-large (entries), encrypted, expands-too-much.
  static Result<ZipArchive> open(std::string_view bytes, const Limits& limits);

  const std::vector<Entry>& entries() const { return entries_; }
  /// By the exact name, else by the name in any case, with either slash, with or without one before it; nullptr where there is none.
  const Entry* find(std::string_view name) const;
  /// From now on no more than this many bytes are taken out.
  void allow(std::size_t bytes) { inflated_limit_ = inflated_ + bytes; }
  /// The entry's bytes. Errors: damaged, encrypted, expands-too-much.
  Result<std::string> extract(const Entry& entry);

 private:
  struct Free {
    void operator()(libdeflate_decompressor* decompressor) const;
  };

  ZipArchive() = default;
  const Entry* find_in_index(std::string_view name) const;
  std::string_view bytes_;
  std::vector<Entry> entries_;
  mutable std::vector<std::pair<std::string, const Entry*>> index_;  ///< by name as find() compares it, of many entries, once asked
  std::size_t inflated_ = 0;
  std::size_t inflated_limit_ = 0;
  std::unique_ptr<libdeflate_decompressor, Free> decompressor_;
};

/// Whether the bytes begin as a zip file does.
bool is_zip(std::string_view bytes);

}  // namespace jiheng::reading
