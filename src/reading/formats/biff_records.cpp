#include "reading/formats/biff_records.h"

#include <algorithm>

#include "reading/formats/little_endian.h"
#include "reading/formats/office_text.h"

namespace jiheng::reading {

std::vector<std::string_view> BiffRecords::pieces(const BiffRecord& record) {
  std::vector<std::string_view> pieces = {record.data};
  BiffRecord more;
  while (u16_at(stream_, at_) == continued && next(more)) pieces.push_back(more.data);
  return pieces;
}

/// To the next piece that has something, once the present one is used up.
void BiffPieces::settle() {
  while (rest_.empty() && piece_ < pieces_.size()) rest_ = pieces_[piece_++];
}

std::uint8_t BiffPieces::byte() {
  settle();
  if (rest_.empty()) {
    failed_ = true;
    return 0;
  }
  const auto value = static_cast<std::uint8_t>(rest_[0]);
  rest_.remove_prefix(1);
  return value;
}

std::uint16_t BiffPieces::word() {
  const std::uint16_t low = byte();
  return static_cast<std::uint16_t>(low | byte() << 8);
}

std::uint32_t BiffPieces::long_word() {
  const std::uint32_t low = word();
  return low | static_cast<std::uint32_t>(word()) << 16;
}

void BiffPieces::skip(std::uint64_t count) {
  while (count > 0) {
    settle();
    if (rest_.empty()) {
      failed_ = true;
      return;
    }
    const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(count, rest_.size()));
    rest_.remove_prefix(step);
    count -= step;
  }
}

void BiffPieces::append_characters(std::string& out, std::size_t count, bool wide) {
  while (count > 0) {
    if (rest_.size() < (wide ? 2U : 1U)) {
      rest_ = {};
      settle();
      if (rest_.empty()) {
        failed_ = true;
        return;
      }
      wide = (byte() & 1) != 0;
      continue;
    }
    const std::size_t taken = std::min(count, wide ? rest_.size() / 2 : rest_.size());
    const std::string_view part = rest_.substr(0, wide ? taken * 2 : taken);
    wide ? append_utf16(out, part) : append_latin1(out, part);
    rest_.remove_prefix(part.size());
    count -= taken;
  }
}

void BiffPieces::append_text(std::string& out, std::size_t count) {
  const std::uint8_t flags = byte();
  const std::uint64_t runs = (flags & 8) != 0 ? word() : 0;
  const std::uint64_t readings = (flags & 4) != 0 ? long_word() : 0;
  append_characters(out, count, (flags & 1) != 0);
  skip(runs * 4 + readings);
}

std::string_view BiffPieces::bytes(std::size_t count) {
  settle();
  const std::string_view found = rest_.substr(0, count);
  rest_.remove_prefix(found.size());
  if (found.size() < count) failed_ = true;
  return found;
}

}  // namespace jiheng::reading
