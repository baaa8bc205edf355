// Draws pages by hand: text as glyphs, tables as rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reading/page.h"

namespace jiheng::reading {

/// How a table is drawn.
struct Drawing {
  bool left = true;  ///< borders
  bool top = true;
  bool right = true;
  bool bottom = true;
  float thickness = 0.5F;
  float size = 10;      ///< of the font
  float line_gap = 12;  ///< from line to line
};

class PageMaker {
 public:
  explicit PageMaker(int number = 1, float width = 595, float height = 842);

  /// Chinese characters as wide as they are high, others half as wide.
  PageMaker& text(float x, float baseline, std::string_view text, float size = 10);
  PageMaker& across(float y, float from, float to, float thickness = 0.5F);
  PageMaker& upright(float x, float from, float to, float thickness = 0.5F);
  /// `picture` as layout_picture.h shows a grid; "<" and "^" are slots that are merged. Each cell's text begins in its upper left corner.
  PageMaker& table(const std::vector<float>& columns, const std::vector<float>& rows, std::string_view picture,
                   const Drawing& drawing = {});

  const Page& page() const { return page_; }
  Page& page() { return page_; }

 private:
  Page page_;
  int run_ = 0;
};

}  // namespace jiheng::reading
