// What an embedded TrueType or OpenType font says of its glyphs' characters: by its cmap, else by the names in its post table.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace jiheng::reading::pdf {

class TrueTypeCharacters {
 public:
  TrueTypeCharacters() = default;
  /// Never fails: what is damaged is not there.
  explicit TrueTypeCharacters(std::string_view font);

  /// 0 where the font does not say.
  char32_t character(std::uint32_t glyph) const { return glyph < characters_.size() ? characters_[glyph] : 0; }
  /// The glyph of a one-byte code by the font's own symbol or Macintosh table; 0 where it has none.
  std::uint32_t glyph_of_code(unsigned char code) const { return own_codes_.empty() ? 0 : own_codes_[code]; }

 private:
  void read_cmap(std::string_view table);
  void read_names(std::string_view table);
  void note(std::uint32_t glyph, char32_t character);

  std::vector<char32_t> characters_;      ///< by glyph
  std::vector<std::uint16_t> own_codes_;  ///< 256 or none
};

}  // namespace jiheng::reading::pdf
