#include "reading/formats/pdf/unicode_map.h"

#include <algorithm>

#include "reading/formats/pdf/cmap_parser.h"

namespace jiheng::reading::pdf {
namespace {

constexpr std::size_t most_entries = 200000;
constexpr std::size_t longest_text = 16;

}  // namespace

struct UnicodeMapReader : CMapSink {
  explicit UnicodeMapReader(UnicodeMap& to) : map(to) {}
  UnicodeMap& map;

  void unicode_range(int, std::uint32_t first, std::uint32_t last, std::string_view utf16) override {
    if (map.entries_.size() >= most_entries || utf16.empty()) return;
    const std::size_t from = map.texts_.size();
    if (utf16.size() == 1) map.texts_.push_back(static_cast<unsigned char>(utf16[0]));
    for (std::size_t at = 0; at + 1 < utf16.size() && map.texts_.size() - from < longest_text; at += 2) {
      const char32_t unit = static_cast<char32_t>(static_cast<unsigned char>(utf16[at])) << 8 | static_cast<unsigned char>(utf16[at + 1]);
      char32_t* before = map.texts_.size() > from ? &map.texts_.back() : nullptr;
      if (unit >= 0xDC00 && unit < 0xE000 && before != nullptr && *before >= 0xD800 && *before < 0xDC00)
        *before = 0x10000 + ((*before - 0xD800) << 10) + (unit - 0xDC00);
      else
        map.texts_.push_back(unit);
    }
    map.entries_.push_back({first, last, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(map.texts_.size() - from)});
  }
};

UnicodeMap::UnicodeMap(std::string_view text) {
  UnicodeMapReader reader(*this);
  parse_cmap(text, reader);
  const auto by_code = [](const Entry& a, const Entry& b) { return a.first < b.first; };
  if (!std::is_sorted(entries_.begin(), entries_.end(), by_code)) std::sort(entries_.begin(), entries_.end(), by_code);
}

bool UnicodeMap::find(std::uint32_t code, std::u32string& out) const {
  auto after =
      std::upper_bound(entries_.begin(), entries_.end(), code, [](std::uint32_t c, const Entry& entry) { return c < entry.first; });
  if (after == entries_.begin()) return false;
  const Entry& entry = *--after;
  if (code > entry.last) return false;
  const std::size_t from = out.size();
  out.append(texts_, entry.text, entry.length);
  if (out.size() > from) out.back() += code - entry.first;
  const bool useful = std::all_of(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(),
                                  [](char32_t c) { return c != 0 && c != 0xFFFD && c <= 0x10FFFF && (c < 0xD800 || c >= 0xE000); });
  if (!useful || out.size() == from) {
    out.resize(from);
    return false;
  }
  return true;
}

}  // namespace jiheng::reading::pdf
