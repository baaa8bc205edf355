// What a simple font's codes and glyph names are in Unicode. The names are those of Latin letters, digits, punctuation and signs:
// Chinese glyphs carry none but uniXXXX.
#pragma once

#include <string_view>

namespace jiheng::reading::pdf {

enum class BaseEncoding { none, standard, win_ansi, mac_roman };

/// 0 where the encoding has none.
char32_t encoded_character(BaseEncoding encoding, unsigned char code);
/// "greaterequal", "uni2265", "u2265", "five.tab"; 0 for an unknown name.
char32_t glyph_name_unicode(std::string_view name);

}  // namespace jiheng::reading::pdf
