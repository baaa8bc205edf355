// Records on their way into the journal: their canonical lines, the root of the tree of hashes over them, and back.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledgers/value.h"

namespace jiheng::ledgers {

/// A revision of a record; texts are views.
struct RowView {
  std::string_view id;
  int revision = 1;
  std::span<const Value> values;  ///< beside the type's fields
};

/// Writes records as lines of canonical JSON (RFC 8785): {"id":…,"revision":…,"values":{…}}, empty fields left out.
class LineWriter {
 public:
  explicit LineWriter(const RecordType& type);
  void append(std::string& out, const RowView& row) const;

 private:
  const RecordType& type_;
  std::vector<std::size_t> order_;  ///< fields by name
};

/// Takes such a line apart. The values' texts lie in the pool. Error: bad-line.
class LineReader {
 public:
  explicit LineReader(const RecordType& type) : type_(type) {}
  struct Line {
    std::string_view id;
    int revision = 0;
    std::vector<Value> values;
  };
  Result<Line> read(std::string_view line, TextPool& pool) const;

 private:
  const RecordType& type_;
};

/// The root over leaves in order (RFC 6962: leaves and nodes are hashed apart; an odd node goes up as it is).
class MerkleTree {
 public:
  void add(std::string_view leaf);
  /// Lower-case hexadecimal; of nothing, the hash of nothing.
  std::string root() const;
  std::int64_t size() const { return size_; }

 private:
  using Hash = std::array<unsigned char, 32>;
  std::vector<Hash> peaks_;  ///< of full subtrees, the largest first
  std::vector<int> heights_;
  std::int64_t size_ = 0;
};

}  // namespace jiheng::ledgers
