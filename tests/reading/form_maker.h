// Forms in layouts put together by chance, with the tables they hold known by construction.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "goals/goal_table.h"

namespace jiheng::reading {

/// A cell of a made form. A span that is 0 is covered by the cell on its left or above.
struct MadeCell {
  std::string text;
  std::uint32_t row_span = 1;
  std::uint32_t column_span = 1;
  bool covered = false;
};

struct MadeForm {
  std::vector<std::string> lines;           ///< before the grid
  std::vector<std::vector<MadeCell>> rows;  ///< all of one width
  std::vector<GoalTable> truth;             ///< without sources
  std::string options;                      ///< what chance chose, for whoever looks at a failure
};

/// The same seed makes the same form.
MadeForm make_form(std::uint64_t seed);

}  // namespace jiheng::reading
