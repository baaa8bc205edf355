// A font of a PDF as far as reading goes: a string's bytes → characters and their widths.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reading/formats/pdf/code_map.h"
#include "reading/formats/pdf/file.h"
#include "reading/formats/pdf/glyph_names.h"
#include "reading/formats/pdf/truetype.h"
#include "reading/formats/pdf/unicode_map.h"

namespace jiheng::reading::pdf {

struct FontGlyph {
  char32_t character = 0;  ///< U+FFFD where nobody says, 0 where there is nothing to see
  float width = 0;         ///< of the pen's move, in units of the font size
  std::uint32_t more = 0;  ///< where a code stands for several characters: the others, in Font::more
  std::uint8_t more_count = 0;
  bool ready = false;
  bool word_space = false;  ///< the single byte 32, which word spacing widens
};

class Font {
 public:
  /// May throw what qpdf throws on damaged objects.
  Font(File& file, Object font);

  /// The glyph of the next code; moves `at`.
  const FontGlyph& next(std::string_view text, std::size_t& at) {
    if (!composite_) return simple_glyph(static_cast<unsigned char>(text[at++]));
    const CodeMap::Code code = codes_.next(text, at);
    FontGlyph& glyph = slot(code.code);
    if (!glyph.ready) prepare(code, glyph);
    return glyph;
  }
  std::u32string_view more(const FontGlyph& glyph) const { return std::u32string_view(more_).substr(glyph.more, glyph.more_count); }
  bool vertical() const { return composite_ && codes_.vertical(); }
  float vertical_advance() const { return vertical_advance_; }
  float vertical_origin() const { return vertical_origin_; }

 private:
  using Block = std::array<FontGlyph, 256>;
  struct Width {
    std::uint32_t first;
    std::uint32_t last;
    float width;
  };

  const FontGlyph& simple_glyph(unsigned char code) {
    FontGlyph& glyph = slot(code);
    if (!glyph.ready) prepare_simple(code, glyph);
    return glyph;
  }
  FontGlyph& slot(std::uint32_t code);
  void prepare(const CodeMap::Code& code, FontGlyph& glyph);
  void prepare_simple(unsigned char code, FontGlyph& glyph);
  void set_text(FontGlyph& glyph, std::u32string_view text);
  float width_of_cid(std::uint32_t cid) const;
  char32_t character_of_glyph(std::uint32_t glyph);

  void load_composite(Object font);
  void load_simple(Object font);
  void load_encoding();
  bool has_latin_letters();
  void load_widths(Object descendant);
  void load_embedded();

  File& file_;
  bool composite_ = false;
  bool type3_ = false;
  std::string symbol_name_;  ///< "Wingdings" where it is one of the symbol fonts
  UnicodeMap to_unicode_;
  std::array<std::unique_ptr<Block>, 256> blocks_;
  std::unordered_map<std::uint32_t, FontGlyph> far_;
  std::u32string more_;

  CodeMap codes_;
  bool gb1_ = false;
  std::vector<Width> widths_;
  float default_width_ = 1;
  float vertical_advance_ = -1;
  float vertical_origin_ = 0.88F;
  bool has_glyph_map_ = false;
  Bytes glyph_map_;  ///< /CIDToGIDMap

  float simple_widths_[256] = {};
  Object encoding_object_;  ///< looked into only where /ToUnicode does not say all
  bool encoding_loaded_ = false;
  BaseEncoding encoding_ = BaseEncoding::none;
  std::unordered_map<int, std::string> differences_;

  Object font_;  ///< its own dictionary, or the descendant's, which holds the descriptor
  bool embedded_loaded_ = false;
  TrueTypeCharacters embedded_;
};

}  // namespace jiheng::reading::pdf
