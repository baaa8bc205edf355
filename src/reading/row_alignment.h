// Rows of plain text whose cells stand under the wrong header, because merged cells collapsed or a page break cut the table.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "reading/grid_view.h"

namespace jiheng::reading {

/// The row's texts, each under the column its content belongs to, in the order printed. `shifted` where that is not where it stood.
struct AlignedRow {
  static constexpr int none = -1;
  std::vector<int> cell_of;  ///< by column: index of the cell that stands there, or none
  bool shifted = false;
};

/// Cheap, and true of nearly every cell: whether the cell may be what the column asks for. A row of such cells needs no align_row().
bool may_stand_in(const GridView& grid, const Cell& cell, Column role);
/// Whether a row is as its columns want it but for levels outside the tree (履职, 部门管理): name and target stand in their columns.
bool names_levels_of_another_tree(const GridView& grid, std::span<const Cell* const> cells, const std::vector<Column>& roles);

/// `texts`: the row's cells from the left, blank ones too. `roles`: what the header says of each column. A cell is moved only where
/// it cannot be what its column asks for, and the whole row then fits better.
AlignedRow align_row(const std::vector<std::string_view>& texts, const std::vector<Column>& roles);

}  // namespace jiheng::reading
