#include "reading/formats/pdf/code_map.h"

#include <algorithm>

#include "base/text.h"
#include "reading/formats/pdf/cmap_parser.h"

namespace jiheng::reading::pdf {
namespace {

constexpr std::size_t most_ranges = 200000;

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

/// Each byte of the code lies between those of the space's ends.
bool lies_in(const CodeSpace& space, std::uint32_t code) {
  for (int shift = 0; shift < space.bytes * 8; shift += 8) {
    const std::uint32_t byte = code >> shift & 0xFF;
    if (byte < (space.first >> shift & 0xFF) || byte > (space.last >> shift & 0xFF)) return false;
  }
  return true;
}

std::optional<std::uint32_t> find_cid(std::span<const CidRange> ranges, std::uint32_t code) {
  auto after = std::upper_bound(ranges.begin(), ranges.end(), code, [](std::uint32_t c, const CidRange& range) { return c < range.first; });
  if (after == ranges.begin()) return std::nullopt;
  const CidRange& range = *--after;
  if (code - range.first > range.span) return std::nullopt;
  return range.cid + (code - range.first);
}

struct Embedded : CMapSink {
  std::vector<CodeSpace> spaces;
  std::vector<CidRange> ranges;
  std::string_view base;
  int mode = -1;

  void code_space(int bytes, std::uint32_t first, std::uint32_t last) override {
    if (spaces.size() < 100) spaces.push_back({first, last, bytes});
  }
  void cid_range(int, std::uint32_t first, std::uint32_t last, std::uint32_t cid) override {
    if (ranges.size() < most_ranges)
      ranges.push_back({first, static_cast<std::uint16_t>(std::min(last - first, 0xFFFFU)), static_cast<std::uint16_t>(cid)});
  }
  void use(std::string_view name) override { base = name; }
  void writing_mode(int m) override { mode = m; }
};

}  // namespace

std::optional<CodeMap> CodeMap::predefined(std::string_view name) {
  CodeMap map;
  map.vertical_ = name.ends_with("-V");
  if (name == "Identity-H" || name == "Identity-V") return map;
  map.table_ = gb1_cmap(name);
  map.kind_ = Kind::table;
  if (name.starts_with("UniGB")) {
    map.table_ = gb1_cmap("UniGB-UTF32-H");
    if (contains(name, "UTF8")) map.kind_ = Kind::utf8;
    if (contains(name, "UTF16") || contains(name, "UCS2")) map.kind_ = Kind::utf16;
    if (contains(name, "UTF32")) map.kind_ = Kind::utf32;
  }
  if (map.table_ == nullptr || (map.kind_ == Kind::table && name.starts_with("UniGB"))) return std::nullopt;
  return map;
}

CodeMap CodeMap::embedded(std::string_view text, std::string_view base) {
  Embedded found;
  parse_cmap(text, found);
  if (found.base.empty()) found.base = base;
  CodeMap map;
  map.kind_ = Kind::embedded;
  if (const auto below = predefined(found.base)) {
    map.table_ = below->table_;
    map.vertical_ = below->vertical_;
    map.on_identity_ = below->is_identity();
  }
  if (found.mode >= 0) map.vertical_ = found.mode == 1;
  if (found.spaces.empty() && map.table_ == nullptr) found.spaces.push_back({0, 0xFFFF, 2});
  std::sort(found.ranges.begin(), found.ranges.end(), [](const CidRange& a, const CidRange& b) { return a.first < b.first; });
  map.own_spaces_ = std::move(found.spaces);
  map.own_ranges_ = std::move(found.ranges);
  return map;
}

std::uint32_t CodeMap::cid_of(std::uint32_t code) const {
  if (const auto cid = find_cid(own_ranges_, code)) return *cid;
  if (table_ != nullptr) return find_cid(table_->ranges, code).value_or(0);
  return on_identity_ ? code & 0xFFFF : 0;
}

CodeMap::Code CodeMap::next_in_table(std::string_view text, std::size_t& at) const {
  Code result;
  std::uint32_t code = 0;
  int shortest = 4;
  for (int bytes = 1; bytes <= 4 && at + static_cast<std::size_t>(bytes) <= text.size(); ++bytes) {
    code = code << 8 | byte_at(text, at + static_cast<std::size_t>(bytes) - 1);
    for (const std::span<const CodeSpace> spaces :
         {std::span<const CodeSpace>(own_spaces_), table_ != nullptr ? table_->spaces : std::span<const CodeSpace>()}) {
      for (const CodeSpace& space : spaces) {
        shortest = std::min(shortest, space.bytes);
        if (space.bytes != bytes || !lies_in(space, code)) continue;
        at += static_cast<std::size_t>(bytes);
        result = {code, cid_of(code), bytes, 0};
        return result;
      }
    }
  }
  // No code of the map: as many bytes as its shortest has are passed over.
  const std::size_t step = std::min(static_cast<std::size_t>(shortest), text.size() - at);
  for (std::size_t i = 0; i < step; ++i) result.code = result.code << 8 | byte_at(text, at + i);
  result.bytes = static_cast<int>(step);
  at += std::max<std::size_t>(step, 1);
  return result;
}

CodeMap::Code CodeMap::next(std::string_view text, std::size_t& at) const {
  Code result;
  switch (kind_) {
    case Kind::identity:
      result.code = byte_at(text, at) << 8 | byte_at(text, at + 1);
      result.cid = result.code;
      result.bytes = 2;
      at += 2;
      return result;
    case Kind::utf16: {
      result.code = byte_at(text, at) << 8 | byte_at(text, at + 1);
      result.bytes = 2;
      at += 2;
      const std::uint32_t low = byte_at(text, at) << 8 | byte_at(text, at + 1);
      if (result.code >= 0xD800 && result.code < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
        result.code = 0x10000 + ((result.code - 0xD800) << 10) + (low - 0xDC00);
        result.bytes = 4;
        at += 2;
      }
      break;
    }
    case Kind::utf32:
      for (std::size_t i = 0; i < 4; ++i) result.code = result.code << 8 | byte_at(text, at + i);
      result.bytes = 4;
      at += 4;
      break;
    case Kind::utf8: {
      const std::size_t from = at;
      result.code = next_code_point(text, at);
      result.bytes = static_cast<int>(at - from);
      break;
    }
    case Kind::table:
    case Kind::embedded:
      return next_in_table(text, at);
  }
  if (result.code <= 0x10FFFF && (result.code < 0xD800 || result.code >= 0xE000)) result.character = result.code;
  result.cid = find_cid(table_->ranges, result.code).value_or(0);
  return result;
}

}  // namespace jiheng::reading::pdf
