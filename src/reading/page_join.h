// Tables over page breaks: one again.
#pragma once

#include <string_view>
#include <vector>

#include "goals/goal_table.h"
#include "reading/page_table.h"

namespace jiheng::reading {

/// Appends `next`, which begins the page behind that on which `table` ended, where it is its continuation; false, and nothing is done,
/// where it is none. Its columns are matched to the table's, a header printed again is dropped, a row cut by the break is joined, and
/// merged cells go on. What was done is told in `notes`.
bool join_tables(PageTable& table, PageTable& next, std::vector<Note>& notes);

/// A line outside a table that is the rest of a cell: browsers print what a break leaves of a merged cell's text below the table's last
/// rule, or above the first one of the next page.
struct StrayLine {
  std::string_view text;
  PageBox box;
  float baseline = 0;
};
/// The cell at the end of `table`, or nullptr where the line is one of its own.
PageCell* cell_cut_below(PageTable& table, const StrayLine& line);
PageCell* cell_cut_above(PageTable& table, const PageTable& next, const StrayLine& line);

/// Whether `next` begins as `table` did, with the same label and another value: a form of its own.
bool begins_alike(const PageTable& table, const PageTable& next);

}  // namespace jiheng::reading
