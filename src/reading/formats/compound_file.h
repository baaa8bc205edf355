// Compound files (OLE2, [MS-CFB]): the carrier of doc and xls, and of office files with a password. A file system of sectors in a file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace jiheng::reading {

bool is_compound_file(std::string_view bytes);

/// A stream as it lies in the file: runs of sectors, in its order.
class StreamRuns {
 public:
  void add(std::string_view run) {
    if (!run.empty()) runs_.push_back({size(), run});
  }
  std::uint64_t size() const { return runs_.empty() ? 0 : runs_.back().begin + runs_.back().bytes.size(); }
  /// Whether every run but the last has a multiple of so many bytes.
  bool has_blocks_of(std::size_t bytes) const;
  /// What lies together from `at` on, at most `length` bytes.
  std::string_view part(std::uint64_t at, std::uint64_t length) const;
  /// All there is of it, in `buffer` where it does not lie together.
  std::string_view whole(std::uint64_t at, std::uint64_t length, std::string& buffer) const;

 private:
  struct Run {
    std::uint64_t begin = 0;  ///< in the stream
    std::string_view bytes;
  };
  std::vector<Run> runs_;
};

/// Views the file's bytes, which must outlive it. Sectors that lead in a circle or outside the file are an error, never followed.
class CompoundFile {
 public:
  static Result<CompoundFile> open(std::string_view bytes);

  /// Whether the file's root holds a stream of this name; letters count the same in either case.
  bool has(std::string_view name) const { return find(name) != nullptr; }
  /// As the directory says; 0 where there is no such stream.
  std::uint64_t size_of(std::string_view name) const;
  /// The stream's bytes: a view into the file where its sectors lie one behind the other, else into `buffer`. Shorter than the
  /// directory says where the file is cut off. Empty where there is no such stream. Error: damaged.
  Result<std::string_view> stream(std::string_view name, std::string& buffer) const;
  /// The same without a copy, but for small streams, which go into `buffer`.
  Result<StreamRuns> runs(std::string_view name, std::string& buffer) const;

 private:
  struct Entry {
    std::string name;  ///< upper case
    std::uint32_t start = 0;
    std::uint64_t size = 0;
  };

  explicit CompoundFile(std::string_view bytes) : bytes_(bytes) {}
  const Entry* find(std::string_view name) const;
  std::uint32_t next_sector(std::uint32_t sector) const;
  std::size_t sectors() const { return bytes_.size() >> sector_shift_; }
  std::string_view sector(std::uint32_t number) const;
  bool read_fat();
  bool read_directory();
  void add_entry(std::string_view record);
  Result<StreamRuns> chain(std::uint32_t start, std::uint64_t size) const;
  Result<std::string_view> mini_chain(const Entry& entry, std::string& buffer) const;

  std::string_view bytes_;
  std::uint32_t sector_shift_ = 9;
  std::uint32_t mini_shift_ = 6;
  std::uint32_t mini_cutoff_ = 4096;
  std::vector<std::uint32_t> fat_;  ///< the sectors that hold the allocation table
  Entry root_;
  std::vector<Entry> streams_;  ///< of the root
};

/// Whether the streams of this name are told of anywhere in it: for files too damaged to be opened.
bool mentions_stream(std::string_view bytes, std::string_view name);

}  // namespace jiheng::reading
