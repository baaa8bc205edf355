// The objects of a PDF that is written to the letter: found by its cross-references, parsed where they stand, each when it is first asked
// for. A file that is damaged, encrypted or written in any other way is qpdf's to mend; this reads the others, which is most, ten times
// as fast.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reading/formats/pdf/bytes.h"
#include "reading/formats/pdf/filters.h"
#include "reading/formats/pdf/value.h"

namespace jiheng::reading::pdf {

/// Views into `bytes`, which must outlive it.
class PlainObjects {
 public:
  /// Null where the file is none of ours; `full` where it would not be qpdf's either, so much stands in it.
  static std::unique_ptr<PlainObjects> open(std::string_view bytes, bool& full);

  /// The trailer's dictionary.
  const Value& trailer() const { return trailer_; }
  /// The object; null where there is none. From the first call on which finds one that is not as it should be, nothing here is to be
  /// trusted.
  const Value& load(Reference reference);
  const Value& follow(const Value& value) { return value.kind == Value::Kind::reference ? load(value.reference) : value; }
  bool irregular() const { return irregular_; }
  bool full() const { return room_.full(); }

 private:
  struct Entry {
    enum class Kind : std::uint8_t { unknown, free, in_file, in_stream };
    Kind kind = Kind::unknown;
    bool loading = false;
    std::uint32_t generation = 0;  ///< or the index in its object stream
    std::size_t place = 0;         ///< in the file, or the number of its object stream
    const Value* value = nullptr;
  };
  /// Several objects in one stream.
  struct Packed {
    Bytes bytes;
    std::vector<std::pair<std::int64_t, std::size_t>> places;  ///< numbers, and where in `bytes`
  };

  explicit PlainObjects(std::string_view bytes) : bytes_(bytes), structure_{most_structure_bytes} {}
  bool read_cross_references();
  bool read_table(std::size_t at, Value& trailer);
  bool read_table_entries(std::size_t at, std::int64_t first, std::int64_t count, std::vector<std::int64_t>& free);
  bool read_stream(std::size_t at, Value& trailer);
  bool enter(std::int64_t number, const Entry& entry);
  bool parse_at(std::size_t at, Reference expected, Value& out);
  bool parse_stream(std::size_t at, Value& out);
  bool parse_packed(const Entry& entry, std::int32_t number, Value& out);
  const Packed* packed(std::size_t stream);
  /// Whether the file's parts must lie over one another, so much was parsed.
  bool overlapping() const { return parsed_ > 4 * bytes_.size() + most_structure_bytes; }
  bool inflate(const StreamValue& stream, Bytes& out);

  static constexpr std::size_t most_structure_bytes = 48U << 20;
  std::string_view bytes_;
  ValueRoom room_;
  Budget structure_;
  std::size_t parsed_ = 0;  ///< bytes
  int depth_ = 0;
  bool irregular_ = false;
  Value trailer_;
  std::vector<Entry> entries_;
  std::unordered_map<std::size_t, std::unique_ptr<Packed>> packed_;
};

}  // namespace jiheng::reading::pdf
