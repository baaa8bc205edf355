// Grids → goal tables, by headers and meaning, not by position.
#pragma once

#include "goals/goal_table.h"
#include "reading/grid.h"

namespace jiheng::reading {

/// Fills tables and notes of `document`. A layout without a goal table yields none.
void recognise(const Layout& layout, Document& document);

}  // namespace jiheng::reading
