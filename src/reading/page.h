// A page as it is printed: glyphs and ruling lines at their places. What pdf, ofd and scans yield before any grid is told.
//
// Coordinates are points (1/72 inch) from the upper left corner of the page as a person sees it, x to the right, y down: a turned page
// is turned upright by its carrier.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reading/scan/gray_picture.h"

namespace jiheng::reading {

struct PageBox {
  float left = 0;
  float top = 0;
  float right = 0;
  float bottom = 0;
  bool operator==(const PageBox&) const = default;
};

/// Whether the numbers are such as a page may have: neither NaN nor kilometres away.
inline bool is_sound(const PageBox& box) {
  const auto sound = [](float value) { return value > -1e6F && value < 1e6F; };
  return sound(box.left) && sound(box.top) && sound(box.right) && sound(box.bottom);
}

/// One character where it is printed. A ligature is several, side by side. Spaces that the carrier holds are glyphs too.
struct Glyph {
  char32_t code = 0;
  PageBox box;                    ///< from ascent to descent, as wide as the pen moves on
  float baseline = 0;             ///< y
  float size = 0;                 ///< of the font as printed, in points
  int run = 0;                    ///< glyphs of one text operation share it; tells the carrier's own order
  std::uint8_t confidence = 100;  ///< per cent; below 100 where it was recognised on a picture
};

inline bool is_sound(const Glyph& glyph) {
  return is_sound(glyph.box) && glyph.baseline > -1e6F && glyph.baseline < 1e6F && glyph.size > 0 && glyph.size < 1e6F;
}

/// A ruling line, from a stroke, a thin filled rectangle or one side of a stroked one: across or upright, never slanted.
struct Rule {
  PageBox box;  ///< as thick as it is printed; left == right or top == bottom for a hairline
  bool across() const { return box.right - box.left >= box.bottom - box.top; }
};

struct Page {
  int number = 0;  ///< from 1
  float width = 0;
  float height = 0;
  std::vector<Glyph> glyphs;  ///< in the carrier's order; without those that cannot be seen or are printed twice for a bold look
  std::vector<Rule> rules;    ///< those that can be seen
  bool text_cut = false;      ///< a line's end is not shown: it runs out of its clip
  bool has_picture = false;   ///< a picture covers most of it: with hardly a glyph it is a scan
  GrayPicture picture;        ///< of a recognised page: what was read, straightened, at scan_shown_dots an inch
  bool recognised = false;    ///< it was a scan; glyphs and rules were told from the picture
};

}  // namespace jiheng::reading
