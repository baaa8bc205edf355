#include "reading/header_memory.h"

#include <utility>

namespace jiheng::reading {
HeaderMemory::Part HeaderMemory::part_of(const GridView& grid, const Cell& cell, std::uint32_t row) {
  return {grid.text(cell), cell.row - row, cell.column, cell.column_span};
}

bool HeaderMemory::stands_again(const GridView& grid, std::uint32_t row) const {
  const auto first = grid.filled(row);
  if (parts_.empty() || first.empty() || grid.text(*first.front()) != parts_.front().text) return false;
  if (grid.columns() != columns_ || grid.from_lines() != from_lines_) return false;
  auto part = parts_.begin();
  for (std::uint32_t below = 0; below < header_.rows; ++below) {
    for (const Cell* cell : grid.filled(row + below)) {
      if (part == parts_.end() || part_of(grid, *cell, row) != *part) return false;
      ++part;
    }
  }
  return part == parts_.end() && !goes_on_below(grid, row, header_);
}

void HeaderMemory::remember(const GridView& grid, std::uint32_t row, Header header, const ColumnPlan& plan) {
  parts_.clear();
  for (std::uint32_t below = 0; below < header.rows; ++below) {
    for (const Cell* cell : grid.filled(row + below)) parts_.push_back(part_of(grid, *cell, row));
  }
  columns_ = grid.columns();
  from_lines_ = grid.from_lines();
  header_ = std::move(header);
  plan_ = plan;
}

std::optional<ColumnPlan> HeaderMemory::plan(const GridView& grid, std::uint32_t row) {
  if (stands_again(grid, row)) return plan_;
  Header header = header_at(grid, row);
  if (header.cells.empty()) return std::nullopt;
  auto plan = plan_columns(grid, row, header);
  if (plan && header.names_target && plan->by_header_alone) remember(grid, row, std::move(header), *plan);
  return plan;
}

}  // namespace jiheng::reading
