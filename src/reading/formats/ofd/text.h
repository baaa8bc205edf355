// TextCode → glyphs at their places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reading/formats/ofd/numbers.h"
#include "reading/page.h"

namespace jiheng::reading::ofd {

/// What a text object says of all its text codes.
struct TextStyle {
  Matrix matrix;  ///< from the object's own space, millimetres, to points on the page
  float size = 0;
  float stretch = 1;             ///< HScale
  int turned = 0;                ///< CharDirection: degrees clockwise
  std::string_view symbol_font;  ///< "Wingdings" and the like, whose characters mean something else
  int run = 0;
};

struct TextCode {
  float x = 0;
  float y = 0;
  std::string_view delta_x;  ///< "3.5 3.5", or "g 12 3.5" for twelve times the same
  std::string_view delta_y;
  std::string_view text;
};

void add_glyphs(const TextCode& code, const TextStyle& style, std::vector<Glyph>& glyphs);

}  // namespace jiheng::reading::ofd
