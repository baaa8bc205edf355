// Paths → ruling lines. Whatever is neither a straight line across or upright nor a thin box is none of a table's.
#pragma once

#include <string_view>
#include <vector>

#include "reading/formats/ofd/numbers.h"
#include "reading/page.h"

namespace jiheng::reading::ofd {

/// How a path is painted.
struct Paint {
  bool stroke = true;
  bool fill = false;
  float line_width = 0;  ///< points
};

/// Appends what AbbreviatedData ("M 0 0 L 10 0 …") draws, seen through `matrix`, which leads to points on the page.
void add_rules(std::string_view data, const Matrix& matrix, const Paint& paint, std::vector<Rule>& rules);

}  // namespace jiheng::reading::ofd
