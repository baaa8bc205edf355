// What only the whole column of targets can tell: a value that lacks what all its neighbours have.
#pragma once

#include <vector>

#include "goals/views.h"
#include "reading/text_pool.h"

namespace jiheng::reading {

/// Adds notes to numbers whose ≥ was likely read as a digit (2280次 among ≥16座, ≥95%), and to a column of scores in the place of targets.
/// Values stay as printed.
void note_doubtful_values(const views::GoalTable& table, bool has_comparator_column, std::vector<views::Note>& notes, TextPool& texts);

}  // namespace jiheng::reading
