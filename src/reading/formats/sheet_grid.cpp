#include "reading/formats/sheet_grid.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <tuple>

namespace jiheng::reading {
namespace {

bool before(const SheetCell& a, const SheetCell& b) {
  return std::tie(a.row, a.column) < std::tie(b.row, b.column);
}

/// By row and column; of cells that claim one address the first stands.
void put_in_order(std::vector<SheetCell>& cells) {
  const auto disorder = [](const SheetCell& a, const SheetCell& b) { return !before(a, b); };
  if (std::adjacent_find(cells.begin(), cells.end(), disorder) == cells.end()) return;
  std::vector<std::uint32_t> order(cells.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(cells[a].row, cells[a].column, a) < std::tie(cells[b].row, cells[b].column, b);
  });
  std::vector<SheetCell> sorted;
  sorted.reserve(cells.size());
  for (const std::uint32_t index : order) {
    if (sorted.empty() || before(sorted.back(), cells[index])) sorted.push_back(cells[index]);
  }
  cells = std::move(sorted);
}

/// The sheet's rows that the grid keeps, ascending.
std::vector<std::uint32_t> kept_rows(const std::vector<SheetCell>& cells) {
  std::vector<std::uint32_t> rows;
  for (const SheetCell& cell : cells) {
    if (!rows.empty() && rows.back() == cell.row) continue;
    if (!rows.empty()) {
      const std::uint32_t gap = std::min(cell.row - rows.back() - 1, SheetContent::kept_gap);
      for (std::uint32_t i = gap; i > 0; --i) rows.push_back(cell.row - i);
    }
    rows.push_back(cell.row);
  }
  return rows;
}

/// A merge in the grid's own rows and columns; false where nothing of it is left.
bool cut_to(SheetMerge& merge, const std::vector<std::uint32_t>& rows, std::uint32_t columns) {
  const auto first = std::lower_bound(rows.begin(), rows.end(), merge.first_row);
  const auto behind = std::upper_bound(rows.begin(), rows.end(), merge.last_row);
  if (first >= behind || *first != merge.first_row || merge.first_column >= columns) return false;
  merge.first_row = static_cast<std::uint32_t>(first - rows.begin());
  merge.last_row = static_cast<std::uint32_t>(behind - rows.begin()) - 1;
  merge.last_column = std::min(merge.last_column, columns - 1);
  return merge.first_row < merge.last_row || merge.first_column < merge.last_column;
}

/// Which merge covers a slot: 0 none, else its index + 1. Of merges that overlap the first stands.
class Coverage {
 public:
  Coverage(std::size_t rows, std::uint32_t columns) : columns_(columns), slots_(rows * columns, 0) {}

  /// Cuts the merge to what is free; false where not even its first slot is.
  bool take(SheetMerge& merge, std::uint32_t number) {
    if (at(merge.first_row, merge.first_column) != 0) return false;
    std::uint32_t column = merge.first_column;
    while (column < merge.last_column && at(merge.first_row, column + 1) == 0) ++column;
    merge.last_column = column;
    std::uint32_t row = merge.first_row;
    while (row < merge.last_row && is_free(row + 1, merge)) ++row;
    merge.last_row = row;
    for (row = merge.first_row; row <= merge.last_row; ++row) {
      for (column = merge.first_column; column <= merge.last_column; ++column) at(row, column) = number;
    }
    return true;
  }
  bool is_free(std::uint32_t row, const SheetMerge& merge) {
    for (std::uint32_t column = merge.first_column; column <= merge.last_column; ++column) {
      if (at(row, column) != 0) return false;
    }
    return true;
  }
  std::uint32_t& at(std::uint32_t row, std::uint32_t column) { return slots_[static_cast<std::size_t>(row) * columns_ + column]; }

 private:
  std::uint32_t columns_;
  std::vector<std::uint32_t> slots_;
};

}  // namespace

std::optional<Error> make_sheet_grid(SheetContent content, CellBudget& budget, Grid& grid) {
  std::vector<SheetCell>& cells = content.cells;
  if (cells.empty()) return std::nullopt;
  put_in_order(cells);
  const std::vector<std::uint32_t> rows = kept_rows(cells);
  std::uint32_t columns = 0;
  for (const SheetCell& cell : cells) columns = std::max(columns, cell.column + 1);
  if (auto error = budget.take(rows.size(), columns)) return error;

  Coverage coverage(rows.size(), columns);
  std::vector<SheetMerge> merges;
  for (SheetMerge merge : content.merges) {
    if (cut_to(merge, rows, columns) && coverage.take(merge, static_cast<std::uint32_t>(merges.size()) + 1)) merges.push_back(merge);
  }
  std::vector<bool> used(merges.size(), false);
  const auto add = [&](std::uint32_t row, std::uint32_t column) -> Cell* {
    Cell cell;
    cell.row = row;
    cell.column = column;
    if (const std::uint32_t number = coverage.at(row, column)) {
      const SheetMerge& merge = merges[number - 1];
      if (used[number - 1] || merge.first_row != row || merge.first_column != column) return nullptr;
      used[number - 1] = true;
      cell.row_span = merge.last_row - row + 1;
      cell.column_span = merge.last_column - column + 1;
    }
    return &grid.cells.emplace_back(cell);
  };
  grid.cells.reserve(cells.size() + merges.size());
  auto row = rows.begin();
  for (const SheetCell& cell : cells) {
    while (*row < cell.row) ++row;  // every cell's row is among them
    Cell* added = add(static_cast<std::uint32_t>(row - rows.begin()), cell.column);
    if (added == nullptr) continue;
    added->text = cell.text;
    added->shown = cell.shown;
    added->percent = cell.percent;
  }
  const auto filled = static_cast<std::ptrdiff_t>(grid.cells.size());
  for (std::size_t i = 0; i < merges.size(); ++i) {
    if (!used[i]) add(merges[i].first_row, merges[i].first_column);
  }
  const auto in_order = [](const Cell& a, const Cell& b) { return std::tie(a.row, a.column) < std::tie(b.row, b.column); };
  if (const auto behind = grid.cells.begin() + filled; behind != grid.cells.end()) {
    std::sort(behind, grid.cells.end(), in_order);  // few: those that are empty
    std::vector<Cell> merged;
    merged.reserve(grid.cells.size());
    std::merge(grid.cells.begin(), behind, behind, grid.cells.end(), std::back_inserter(merged), in_order);
    grid.cells = std::move(merged);
  }
  grid.row_numbers.reserve(rows.size());
  for (const std::uint32_t number : rows) grid.row_numbers.push_back(number + 1);
  grid.settle();
  return std::nullopt;
}

}  // namespace jiheng::reading
