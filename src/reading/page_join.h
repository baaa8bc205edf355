// Tables over page breaks: one again.
#pragma once

#include <vector>

#include "goals/goal_table.h"
#include "reading/page_table.h"

namespace jiheng::reading {

/// Appends `next`, which begins the page behind that on which `table` ended, where it is its continuation; false, and nothing is done,
/// where it is none. Its columns are matched to the table's, a header printed again is dropped, a row cut by the break is joined, and
/// merged cells go on. What was done is told in `notes`.
bool join_tables(PageTable& table, PageTable& next, std::vector<Note>& notes);

/// Whether `next` begins as `table` did, with the same label and another value: a form of its own.
bool begins_alike(const PageTable& table, const PageTable& next);

}  // namespace jiheng::reading
