// How far what was recognised on a scan can be trusted.
#pragma once

#include "goals/goal_table.h"
#include "reading/grid.h"

namespace jiheng::reading {

/// Marks every value read off a picture with its confidence (note `ocr`), and says of each table with such values which identities
/// confirm them (`ocr-confirmed`: sums of the budget, the same indicator in another table) or speak against them (`ocr-doubted`).
/// A document without such values gets no note.
/// Whether anything of the layout was recognised on a picture.
bool has_recognised_cells(const Layout& layout);
void mark_recognised(const Layout& layout, Document& document);

}  // namespace jiheng::reading
