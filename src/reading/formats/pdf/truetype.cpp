#include "reading/formats/pdf/truetype.h"

#include <algorithm>

#include "reading/formats/pdf/glyph_names.h"

namespace jiheng::reading::pdf {
namespace {

/// Numbers are big-endian; beyond the end everything is zero.
std::uint32_t number(std::string_view text, std::size_t at, int bytes) {
  std::uint32_t result = 0;
  for (int i = 0; i < bytes; ++i, ++at) result = result << 8 | (at < text.size() ? static_cast<unsigned char>(text[at]) : 0U);
  return result;
}

std::string_view part(std::string_view text, std::size_t from, std::size_t length) {
  return from < text.size() ? text.substr(from, length) : std::string_view();
}

std::string_view table_of(std::string_view font, std::string_view tag) {
  const std::size_t start = font.starts_with("ttcf") ? number(font, 12, 4) : 0;
  const std::uint32_t count = number(font, start + 4, 2);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t entry = start + 12 + i * std::size_t{16};
    if (part(font, entry, 4) == tag) return part(font, number(font, entry + 8, 4), number(font, entry + 12, 4));
  }
  return {};
}

/// Calls `take(code, glyph)` for every code of a subtable. Formats 0, 4, 6 and 12.
template <class Take>
void each_code(std::string_view table, Take take) {
  switch (number(table, 0, 2)) {
    case 0:
      for (std::uint32_t code = 0; code < 256; ++code) take(code, number(table, 6 + code, 1));
      break;
    case 4: {
      const std::size_t segments = number(table, 6, 2) / 2;
      std::size_t left = 65536;  // overlapping segments of a hostile font end here
      for (std::size_t i = 0; i < segments && 14 + i * 2 < table.size(); ++i) {
        const std::uint32_t last = number(table, 14 + i * 2, 2);
        const std::uint32_t first = number(table, 16 + segments * 2 + i * 2, 2);
        const std::uint32_t delta = number(table, 16 + segments * 4 + i * 2, 2);
        const std::size_t at = 16 + segments * 6 + i * 2;
        const std::uint32_t offset = number(table, at, 2);
        for (std::uint32_t code = first; code <= last && code != 0xFFFF && left > 0; ++code, --left) {
          std::uint32_t glyph = offset == 0 ? code : number(table, at + offset + (code - first) * std::size_t{2}, 2);
          if (offset == 0 || glyph != 0) glyph = (glyph + delta) & 0xFFFF;
          take(code, glyph);
        }
      }
      break;
    }
    case 6: {
      const std::uint32_t first = number(table, 6, 2);
      const std::uint32_t count = number(table, 8, 2);
      for (std::uint32_t i = 0; i < count; ++i) take(first + i, number(table, 10 + i * std::size_t{2}, 2));
      break;
    }
    case 12: {
      const std::uint32_t groups = std::min<std::uint32_t>(number(table, 12, 4), 65536);
      std::size_t left = 131072;
      for (std::uint32_t i = 0; i < groups && 16 + i * std::size_t{12} < table.size(); ++i) {
        const std::uint32_t first = number(table, 16 + i * std::size_t{12}, 4);
        const std::uint32_t last = number(table, 20 + i * std::size_t{12}, 4);
        const std::uint32_t glyph = number(table, 24 + i * std::size_t{12}, 4);
        if (last > 0x10FFFF) continue;
        for (std::uint32_t code = first; code <= last && left > 0; ++code, --left) take(code, glyph + (code - first));
      }
      break;
    }
    default:
      break;
  }
}

}  // namespace

TrueTypeCharacters::TrueTypeCharacters(std::string_view font) {
  read_cmap(table_of(font, "cmap"));
  read_names(table_of(font, "post"));
}

void TrueTypeCharacters::note(std::uint32_t glyph, char32_t character) {
  if (glyph == 0 || glyph > 0xFFFF || character == 0) return;
  if (characters_.size() <= glyph) characters_.resize(glyph + 1);
  // The first one stays: plain ideographs come before those of the compatibility blocks.
  if (characters_[glyph] == 0) characters_[glyph] = character;
}

void TrueTypeCharacters::read_cmap(std::string_view table) {
  std::string_view unicode;
  std::string_view own;
  int rank = 0;
  const std::uint32_t count = std::min<std::uint32_t>(number(table, 2, 2), 64);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t entry = 4 + i * std::size_t{8};
    const std::uint32_t platform = number(table, entry, 2);
    const std::uint32_t encoding = number(table, entry + 2, 2);
    const std::string_view subtable = part(table, number(table, entry + 4, 4), table.size());
    int present = 0;
    if (platform == 3 && encoding == 10) present = 3;
    if (platform == 3 && encoding == 1) present = 2;
    if (platform == 0 && number(subtable, 0, 2) != 14) present = 1;
    if (present > rank) {
      rank = present;
      unicode = subtable;
    }
    if ((platform == 3 && encoding == 0) || (platform == 1 && own.empty())) own = subtable;
  }
  each_code(unicode, [&](std::uint32_t code, std::uint32_t glyph) { note(glyph, code); });
  if (own.empty()) return;
  own_codes_.resize(256);
  each_code(own, [&](std::uint32_t code, std::uint32_t glyph) {
    if (code < 256 || (code >= 0xF000 && code < 0xF100)) own_codes_[code & 0xFF] = static_cast<std::uint16_t>(glyph);
  });
}

void TrueTypeCharacters::read_names(std::string_view table) {
  // Version 2: an index for each glyph, then the names that are not the Macintosh's own 258.
  if (number(table, 0, 4) != 0x00020000) return;
  const std::uint32_t count = number(table, 32, 2);
  std::vector<std::string_view> names;
  for (std::size_t at = 34 + count * std::size_t{2}; at < table.size();) {
    const std::uint32_t length = number(table, at, 1);
    names.push_back(part(table, at + 1, length));
    at += 1 + length;
  }
  for (std::uint32_t glyph = 0; glyph < count; ++glyph) {
    const std::uint32_t index = number(table, 34 + glyph * std::size_t{2}, 2);
    if (index >= 258 && index - 258 < names.size()) note(glyph, glyph_name_unicode(names[index - 258]));
    // The Macintosh's order runs as ASCII does from its fourth glyph on.
    if (index >= 3 && index < 98) note(glyph, index + 29);
  }
}

}  // namespace jiheng::reading::pdf
