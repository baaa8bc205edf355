// TextCode → glyphs at their places.
#pragma once

#include <string>
#include <string_view>

#include "reading/canvas.h"
#include "reading/formats/ofd/numbers.h"

namespace jiheng::reading::ofd {

/// What a text object says of all its text codes.
struct TextStyle {
  Matrix matrix;  ///< from the object's own space, millimetres, to points on the page
  float size = 0;
  float stretch = 1;             ///< HScale
  int turned = 0;                ///< CharDirection: degrees clockwise
  int read = 0;                  ///< ReadDirection: where the pen goes, degrees clockwise
  std::string_view symbol_font;  ///< "Wingdings" and the like, whose characters mean something else
};

struct TextCode {
  float x = 0;
  float y = 0;
  std::string_view delta_x;  ///< "3.5 3.5", or "g 12 3.5" for twelve times the same
  std::string_view delta_y;
  std::string_view text;
};

/// Where the characters' line runs in an upright box of theirs.
float baseline_of(const PageBox& box);

/// How many quarters clockwise the characters are turned on the page.
int quarters(const TextStyle& style);

/// Paints the characters; how many there were. None where nobody could read them: too small, or slanted like a stamp's.
std::size_t add_glyphs(const TextCode& code, const TextStyle& style, const Brush& brush, Canvas& canvas);

}  // namespace jiheng::reading::ofd
