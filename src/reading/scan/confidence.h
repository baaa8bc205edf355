// How far what was recognised on a scan can be trusted.
#pragma once

#include "goals/goal_table.h"
#include "reading/grid.h"

namespace jiheng::reading {

/// Whether anything of the layout was recognised on a picture.
bool has_recognised_cells(const Layout& layout);
/// Marks every value read off a picture with its confidence (note `ocr`), and says of each table with such values which identities
/// confirm them (`ocr-confirmed`: sums of the budget, the same indicator in another table) or speak against them (`ocr-doubted`).
/// A document without such values gets no note.
void mark_recognised(const Layout& layout, Document& document);
/// How certain the recognition was of the value that a note `ocr` speaks of, in per cent; nullopt for any other note.
std::optional<int> confidence_of(const Note& note);

}  // namespace jiheng::reading
