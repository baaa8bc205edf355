// Grids → goal tables, by headers and meaning, not by position.
#pragma once

#include "goals/views.h"
#include "reading/grid.h"

namespace jiheng::reading {

/// Fills tables and notes of `document` with views of the layout, and of what is kept in `texts`. A layout without a goal table yields
/// none.
void recognise(const Layout& layout, views::Document& document, TextPool& texts);

}  // namespace jiheng::reading
