#include "reading/formats/pdf/font.h"

#include <algorithm>

#include "base/text.h"
#include "reading/formats/docx_symbols.h"
#include "reading/formats/pdf/fold_ideographs.h"
#include "reading/formats/pdf/standard_widths.h"

namespace jiheng::reading::pdf {
namespace {

constexpr char32_t unknown = 0xFFFD;
constexpr std::size_t most_widths = 70000;
constexpr int symbolic_flag = 4;

/// "ABCDEF+Wingdings-Regular" → "Wingdings"; "" for fonts of plain characters.
std::string symbol_font(std::string_view name) {
  if (const std::size_t plus = name.find('+'); plus == 6) name.remove_prefix(7);
  if (name.starts_with("Wingdings2") || name.starts_with("Wingdings 2") || name.starts_with("Wingdings-2")) return "Wingdings 2";
  if (name.starts_with("Wingdings3") || name.starts_with("Wingdings 3")) return "Wingdings 3";
  if (name.starts_with("Wingdings")) return "Wingdings";
  return name == "Symbol" || name == "SymbolMT" ? "Symbol" : "";
}

char32_t symbol_character(const std::string& font, std::uint32_t code) {
  static constexpr char digits[] = "0123456789ABCDEF";
  const char hex[] = {digits[code >> 4 & 15], digits[code & 15]};
  std::string buffer;
  const std::string_view text = symbol_text(font, {hex, 2}, buffer);
  std::size_t at = 0;
  return text.empty() ? 0 : next_code_point(text, at);
}

/// What fonts keep for themselves.
bool is_private(char32_t c) {
  return (c >= 0xE000 && c < 0xF900) || c >= 0xF0000;
}

/// One kind of blank for all; what has no width and no shape is 0; shapes of ideographs are the ideographs.
char32_t plain(char32_t c) {
  if (c < ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F) return ' ';
  if ((c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || (c >= 0x7F && c < 0xA0)) return 0;
  return fold_ideograph(c);
}

/// Ghostscript numbers the glyphs of a font that it makes of another's, and writes the number where it knows no character: signs as wide as
/// a Chinese character are no Latin letters.
bool is_made_up(char32_t c, float width) {
  constexpr float off = 0.01F;
  if (c >= 0x7F && c < 0xA0) return true;
  return c > ' ' && c < 0x250 && c != 'W' && c != 'M' && c != '@' && c != '%' && width > 1 - off && width < 1 + off;
}

int flags_of(Object descriptor) {
  if (!descriptor.is_dictionary()) return 0;
  Object flags = descriptor.key("Flags");
  return flags.is_integer() ? flags.integer() : 0;
}

}  // namespace

Font::Font(File& file, Object font) : file_(file), encoding_object_(Object()), font_(Object()) {
  constexpr std::size_t cost = 200;
  file_.charge(cost);
  if (!font.is_dictionary()) return;
  symbol_name_ = symbol_font(font.key("BaseFont").name());
  Object to_unicode = font.key("ToUnicode");
  if (to_unicode.is_stream()) {
    Bytes text;
    if (file_.read_stream(to_unicode, text)) to_unicode_ = UnicodeMap(text.view());
  }
  composite_ = font.key("Subtype").name() == "Type0";
  if (composite_)
    load_composite(font);
  else
    load_simple(font);
}

FontGlyph& Font::slot(std::uint32_t code) {
  if (code > 0xFFFF) {
    if (far_.size() > 200000) far_.clear();
    return far_[code];
  }
  auto& block = blocks_[code >> 8];
  if (block == nullptr) block = std::make_unique<Block>();
  return (*block)[code & 0xFF];
}

void Font::set_text(FontGlyph& glyph, std::u32string_view text) {
  glyph.character = text.empty() ? unknown : plain(text[0]);
  if (text.size() < 2) return;
  glyph.more = static_cast<std::uint32_t>(more_.size());
  glyph.more_count = static_cast<std::uint8_t>(text.size() - 1);
  for (const char32_t c : text.substr(1)) more_.push_back(plain(c));
}

// Composite fonts

void Font::load_composite(Object font) {
  Object encoding = font.key("Encoding");
  bool encoding_known = true;
  if (encoding.is_name()) {
    auto map = CodeMap::predefined(encoding.name());
    encoding_known = map.has_value();
    if (map) codes_ = std::move(*map);
  } else if (encoding.is_stream()) {
    Bytes text;
    if (file_.read_stream(encoding, text)) codes_ = CodeMap::embedded(text.view(), encoding.key("UseCMap").name());
  }
  Object descendants = font.key("DescendantFonts");
  Object descendant = descendants.is_array() && descendants.size() > 0 ? descendants.item(0) : descendants;
  if (!descendant.is_dictionary()) return;
  Object system = descendant.key("CIDSystemInfo");
  if (system.is_dictionary() && encoding_known) {
    Object ordering = system.key("Ordering");
    gb1_ = codes_.is_gb1() || (ordering.is_string() && ordering.string() == "GB1");
  }
  load_widths(descendant);
  Object glyph_map = descendant.key("CIDToGIDMap");
  if (glyph_map.is_stream()) has_glyph_map_ = file_.read_stream(glyph_map, glyph_map_);
  font_ = descendant;
}

void Font::load_widths(Object descendant) {
  default_width_ = descendant.key("DW").number(1000) / 1000;
  Object vertical = descendant.key("DW2");
  if (vertical.is_array() && vertical.size() == 2) {
    vertical_origin_ = vertical.item(0).number(880) / 1000;
    vertical_advance_ = vertical.item(1).number(-1000) / 1000;
  }
  Object widths = descendant.key("W");
  if (!widths.is_array()) return;
  const auto items = widths.items();
  for (std::size_t i = 0; i + 1 < items.size() && widths_.size() < most_widths;) {
    const auto first = static_cast<std::uint32_t>(std::clamp(items[i].number(0), 0.F, 65535.F));
    Object second = items[i + 1];
    if (second.is_array()) {
      std::uint32_t cid = first;
      for (const Object& width : second.items()) {
        if (widths_.size() >= most_widths) break;
        widths_.push_back({cid, cid, width.number(1000) / 1000});
        ++cid;
      }
      i += 2;
    } else {
      if (i + 2 >= items.size()) break;
      const auto last = static_cast<std::uint32_t>(std::clamp(second.number(0), 0.F, 65535.F));
      widths_.push_back({first, std::max(first, last), items[i + 2].number(1000) / 1000});
      i += 3;
    }
  }
  file_.charge(widths_.size());
  std::sort(widths_.begin(), widths_.end(), [](const Width& a, const Width& b) { return a.first < b.first; });
}

float Font::width_of_cid(std::uint32_t cid) const {
  auto after = std::upper_bound(widths_.begin(), widths_.end(), cid, [](std::uint32_t c, const Width& width) { return c < width.first; });
  if (after == widths_.begin()) return default_width_;
  const Width& width = *--after;
  return cid <= width.last ? width.width : default_width_;
}

void Font::prepare(const CodeMap::Code& code, FontGlyph& glyph) {
  glyph.ready = true;
  glyph.width = width_of_cid(code.cid);
  glyph.word_space = code.bytes == 1 && code.code == 32;
  std::u32string text;
  if (to_unicode_.find(code.code, text) && !(text.size() == 1 && is_private(text[0]))) return set_text(glyph, text);
  char32_t character = 0;
  if (!symbol_name_.empty() && text.size() == 1) character = symbol_character(symbol_name_, text[0]);
  if (character == 0) character = code.character;
  if (character == 0 && gb1_) character = gb1_unicode(code.cid);
  if (character == 0 && !gb1_) character = character_of_glyph(code.cid);
  if (character == 0 && !text.empty()) character = text[0];
  set_text(glyph, character == 0 ? std::u32string_view() : std::u32string_view(&character, 1));
}

char32_t Font::character_of_glyph(std::uint32_t cid) {
  std::uint32_t glyph = cid;
  if (has_glyph_map_) {
    const std::string_view map = glyph_map_.view();
    const std::size_t at = static_cast<std::size_t>(cid) * 2;
    if (at + 1 >= map.size()) return 0;
    glyph = static_cast<std::uint32_t>(static_cast<unsigned char>(map[at])) << 8 | static_cast<unsigned char>(map[at + 1]);
  }
  load_embedded();
  return embedded_.character(glyph);
}

void Font::load_embedded() {
  if (embedded_loaded_ || !font_.is_dictionary()) return;
  embedded_loaded_ = true;
  Object descriptor = font_.key("FontDescriptor");
  if (!descriptor.is_dictionary()) return;
  Object font = descriptor.key("FontFile2");
  if (!font.is_stream()) font = descriptor.key("FontFile3");
  if (!font.is_stream()) return;
  Bytes bytes;
  if (file_.read_stream(font, bytes)) embedded_ = TrueTypeCharacters(bytes.view());
}

// Simple fonts

void Font::load_simple(Object font) {
  font_ = font;
  encoding_object_ = font.key("Encoding");
  float scale = 0.001F;
  type3_ = font.key("Subtype").name() == "Type3";
  if (type3_) {
    Object matrix = font.key("FontMatrix");
    if (matrix.is_array() && matrix.size() == 6) scale = matrix.item(0).number(0.001F);
  }
  Object widths = font.key("Widths");
  if (!widths.is_array()) return standard_widths(font.key("BaseFont").name(), simple_widths_);
  const auto items = widths.items();
  const auto first = static_cast<std::size_t>(std::clamp(font.key("FirstChar").number(0), 0.F, 255.F));
  const std::size_t count = std::min(items.size(), 256 - first);
  if (first > 0 || count < 256) {
    Object descriptor = font.key("FontDescriptor");
    const float missing = descriptor.is_dictionary() ? descriptor.key("MissingWidth").number(0) * scale : 0;
    std::fill(std::begin(simple_widths_), std::end(simple_widths_), missing);
  }
  for (std::size_t i = 0; i < count; ++i) simple_widths_[first + i] = items[i].number(0) * scale;
}

/// A font that is not symbolic, or not in the file, has the standard Latin letters where it does not say otherwise.
bool Font::has_latin_letters() {
  if (!symbol_name_.empty()) return false;
  Object descriptor = font_.is_dictionary() ? font_.key("FontDescriptor") : Object();
  if (!descriptor.is_dictionary() || (flags_of(descriptor) & symbolic_flag) == 0) return true;
  return !descriptor.has_key("FontFile") && !descriptor.has_key("FontFile2") && !descriptor.has_key("FontFile3");
}

void Font::load_encoding() {
  if (encoding_loaded_) return;
  encoding_loaded_ = true;
  Object encoding = encoding_object_;
  const auto named = [&](const std::string& name) {
    if (name == "WinAnsiEncoding") encoding_ = BaseEncoding::win_ansi;
    if (name == "MacRomanEncoding") encoding_ = BaseEncoding::mac_roman;
    if (name == "StandardEncoding") encoding_ = BaseEncoding::standard;
  };
  if (has_latin_letters()) encoding_ = BaseEncoding::standard;
  if (encoding.is_name()) named(encoding.name());
  if (!encoding.is_dictionary()) return;
  named(encoding.key("BaseEncoding").name());
  Object differences = encoding.key("Differences");
  if (!differences.is_array()) return;
  file_.charge(static_cast<std::size_t>(differences.size()));
  int code = 0;
  for (Object& item : differences.items()) {
    if (item.is_number()) {
      code = static_cast<int>(std::clamp(item.number(0), 0.F, 256.F));
    } else if (item.is_name() && code < 256) {
      differences_[code++] = item.name();
    }
  }
}

void Font::prepare_simple(unsigned char code, FontGlyph& glyph) {
  glyph.ready = true;
  glyph.width = simple_widths_[code];
  glyph.word_space = code == 32;
  std::u32string text;
  const bool told = to_unicode_.find(code, text);
  if (told && type3_ && text.size() == 1 && is_made_up(text[0], glyph.width)) return set_text(glyph, {});
  if (told && !(text.size() == 1 && is_private(text[0]))) return set_text(glyph, text);
  load_encoding();
  char32_t character = 0;
  if (!symbol_name_.empty()) character = symbol_character(symbol_name_, text.size() == 1 ? text[0] : code);
  const auto difference = differences_.find(code);
  const bool renamed = difference != differences_.end() && difference->second != ".notdef";
  if (character == 0 && renamed) character = glyph_name_unicode(difference->second);
  if (character == 0 && !renamed) character = encoded_character(encoding_, code);
  if (character == 0 && symbol_name_.empty()) {
    load_embedded();
    character = embedded_.character(embedded_.glyph_of_code(code));
  }
  if (character == 0 && !text.empty()) character = text[0];
  set_text(glyph, character == 0 ? std::u32string_view() : std::u32string_view(&character, 1));
}

}  // namespace jiheng::reading::pdf
