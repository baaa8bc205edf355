// The records of an Excel stream ([MS-XLS] 2.1.4): a number, a length, bytes; longer ones go on in CONTINUE records.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reading/formats/little_endian.h"

namespace jiheng::reading {

struct BiffRecord {
  std::uint16_t id = 0;
  std::string_view data;
  std::size_t at = 0;  ///< of its head in the stream
};

/// Walks over the records of a stream that it views.
class BiffRecords {
 public:
  static constexpr std::uint16_t continued = 0x003C;

  explicit BiffRecords(std::string_view stream, std::size_t at = 0) : stream_(stream), at_(at) {}
  /// False at the end, or where the rest holds no whole record.
  bool next(BiffRecord& record) {
    const std::size_t left = at_ < stream_.size() ? stream_.size() - at_ : 0;
    if (left < head_bytes) return false;
    const auto head = load_number<std::uint32_t>(stream_.data() + at_);  // what it is, and its length
    const std::size_t length = head >> 16;
    if (left - head_bytes < length) return false;
    record.id = static_cast<std::uint16_t>(head);
    record.data = {stream_.data() + at_ + head_bytes, length};
    record.at = at_;
    at_ += head_bytes + length;
    return true;
  }
  /// The data of the record just met and of the CONTINUE records behind it, which next() then passes over.
  std::vector<std::string_view> pieces(const BiffRecord& record);

 private:
  static constexpr std::size_t head_bytes = 4;

  std::string_view stream_;
  std::size_t at_;
};

/// Reads over the pieces of one record. Beyond the end everything is 0 and empty, and `failed` is set.
class BiffPieces {
 public:
  explicit BiffPieces(const std::vector<std::string_view>& pieces) : pieces_(pieces) { settle(); }

  std::uint8_t byte();
  std::uint16_t word();
  std::uint32_t long_word();
  void skip(std::uint64_t count);
  /// Appends a text of `count` characters that begins here: UTF-16 where `wide`, else one byte each. Where it is cut by a CONTINUE
  /// record, that one begins with a byte which says anew whether characters are wide.
  void append_characters(std::string& out, std::size_t count, bool wide);
  /// A Unicode text ([MS-XLS] 2.5.293) behind its count: flags, formatting runs and readings are passed over.
  void append_text(std::string& out, std::size_t count);
  /// The rest of the present piece, at most `count` bytes.
  std::string_view bytes(std::size_t count);
  bool failed() const { return failed_; }

 private:
  void settle();

  const std::vector<std::string_view>& pieces_;
  std::size_t piece_ = 0;
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace jiheng::reading
