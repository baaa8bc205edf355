#include "reading/formats/sheet_grid.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace jiheng::reading {
namespace {

/// Row and column as one number, in the order of reading.
std::uint64_t place_of(std::uint32_t row, std::uint32_t column) {
  return std::uint64_t{row} << 32 | column;
}
std::uint64_t place_of(const SheetCell& cell) {
  return place_of(cell.row, cell.column);
}
std::uint64_t place_of(const SheetMerge& merge) {
  return place_of(merge.first_row, merge.first_column);
}

/// By row and column; of cells that claim one address the first stands.
void put_in_order(std::vector<SheetCell>& cells) {
  const auto disorder = [](const SheetCell& a, const SheetCell& b) { return place_of(a) >= place_of(b); };
  if (std::adjacent_find(cells.begin(), cells.end(), disorder) == cells.end()) return;
  std::vector<std::uint32_t> order(cells.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return std::pair(place_of(cells[a]), a) < std::pair(place_of(cells[b]), b); });
  std::vector<SheetCell> sorted;
  sorted.reserve(cells.size());
  for (const std::uint32_t index : order) {
    if (sorted.empty() || place_of(sorted.back()) < place_of(cells[index])) sorted.push_back(cells[index]);
  }
  cells = std::move(sorted);
}

/// The sheet's rows that the grid keeps, ascending.
class KeptRows {
 public:
  explicit KeptRows(const std::vector<SheetCell>& cells) {
    rows_.reserve(std::min<std::size_t>(cells.size(), cells.back().row - cells.front().row + std::size_t{1}));
    for (const SheetCell& cell : cells) {
      if (!rows_.empty() && rows_.back() == cell.row) continue;
      if (!rows_.empty()) {
        const std::uint32_t gap = std::min(cell.row - rows_.back() - 1, SheetContent::kept_gap);
        for (std::uint32_t i = gap; i > 0; --i) rows_.push_back(cell.row - i);
      }
      rows_.push_back(cell.row);
    }
    gapless_ = rows_.back() - rows_.front() + std::size_t{1} == rows_.size();
  }

  const std::vector<std::uint32_t>& all() const { return rows_; }
  /// How many stand before the sheet's row.
  std::uint32_t before(std::uint32_t row) const {
    if (row <= rows_.front()) return 0;
    if (row > rows_.back()) return static_cast<std::uint32_t>(rows_.size());
    if (gapless_) return row - rows_.front();
    return static_cast<std::uint32_t>(std::lower_bound(rows_.begin(), rows_.end(), row) - rows_.begin());
  }

 private:
  std::vector<std::uint32_t> rows_;
  bool gapless_ = false;  ///< most sheets
};

/// A merge in the grid's own rows and columns; false where nothing of it is left.
bool cut_to(SheetMerge& merge, const KeptRows& rows, std::uint32_t columns) {
  const std::uint32_t first = rows.before(merge.first_row);
  const std::uint32_t behind = rows.before(merge.last_row + 1);
  if (first >= behind || rows.all()[first] != merge.first_row || merge.first_column >= columns) return false;
  merge.first_row = first;
  merge.last_row = behind - 1;
  merge.last_column = std::min(merge.last_column, columns - 1);
  return merge.first_row < merge.last_row || merge.first_column < merge.last_column;
}

/// Which slots a merge covers. Of merges that overlap the first stands.
class Coverage {
 public:
  Coverage(std::size_t rows, std::uint32_t columns) : columns_(columns), slots_(rows * columns, 0) {}

  /// Cuts the merge to what is free; false where not even its first slot is.
  bool take(SheetMerge& merge) {
    if (covers(merge.first_row, merge.first_column)) return false;
    std::uint32_t column = merge.first_column;
    while (column < merge.last_column && !covers(merge.first_row, column + 1)) ++column;
    merge.last_column = column;
    std::uint32_t row = merge.first_row;
    while (row < merge.last_row && is_free(row + 1, merge)) ++row;
    merge.last_row = row;
    for (row = merge.first_row; row <= merge.last_row; ++row)
      std::fill_n(&slots_[slot(row, merge.first_column)], merge.last_column - merge.first_column + 1, char{1});
    return true;
  }
  bool covers(std::uint32_t row, std::uint32_t column) const { return slots_[slot(row, column)] != 0; }

 private:
  bool is_free(std::uint32_t row, const SheetMerge& merge) const {
    for (std::uint32_t column = merge.first_column; column <= merge.last_column; ++column) {
      if (covers(row, column)) return false;
    }
    return true;
  }
  std::size_t slot(std::uint32_t row, std::uint32_t column) const { return static_cast<std::size_t>(row) * columns_ + column; }

  std::uint32_t columns_;
  std::vector<char> slots_;
};

Cell& add_cell(Grid& grid, std::uint32_t row, std::uint32_t column) {
  Cell& cell = grid.cells.emplace_back();
  cell.row = row;
  cell.column = column;
  return cell;
}

Cell& add_cell(Grid& grid, const SheetMerge& merge) {
  Cell& cell = add_cell(grid, merge.first_row, merge.first_column);
  cell.row_span = merge.last_row - merge.first_row + 1;
  cell.column_span = merge.last_column - merge.first_column + 1;
  return cell;
}

}  // namespace

std::optional<Error> make_sheet_grid(SheetContent content, CellBudget& budget, Grid& grid) {
  std::vector<SheetCell>& cells = content.cells;
  if (cells.empty()) return std::nullopt;
  put_in_order(cells);
  const KeptRows kept(cells);
  const std::vector<std::uint32_t>& rows = kept.all();
  std::uint32_t columns = 0;
  for (const SheetCell& cell : cells) columns = std::max(columns, cell.column + 1);
  if (auto error = budget.take(rows.size(), columns)) return error;

  Coverage coverage(rows.size(), columns);
  std::vector<SheetMerge> merges;
  merges.reserve(content.merges.size());
  for (SheetMerge merge : content.merges) {
    if (cut_to(merge, kept, columns) && coverage.take(merge)) merges.push_back(merge);
  }
  const auto in_order = [](const SheetMerge& a, const SheetMerge& b) { return place_of(a) < place_of(b); };
  if (!std::is_sorted(merges.begin(), merges.end(), in_order)) std::sort(merges.begin(), merges.end(), in_order);
  grid.cells.reserve(cells.size() + merges.size());
  auto merge = merges.begin();
  std::uint32_t grid_row = 0;
  for (const SheetCell& cell : cells) {
    while (rows[grid_row] < cell.row) ++grid_row;  // every cell's row is among them
    const std::uint64_t place = place_of(grid_row, cell.column);
    while (merge != merges.end() && place_of(*merge) < place) add_cell(grid, *merge++);  // those that are empty
    const bool begins = merge != merges.end() && place_of(*merge) == place;
    if (!begins && coverage.covers(grid_row, cell.column)) continue;
    Cell& added = begins ? add_cell(grid, *merge++) : add_cell(grid, grid_row, cell.column);
    added.text = cell.text;
    added.shown = cell.shown;
    added.percent = cell.percent;
  }
  while (merge != merges.end()) add_cell(grid, *merge++);
  grid.row_numbers.reserve(rows.size());
  for (const std::uint32_t number : rows) grid.row_numbers.push_back(number + 1);
  grid.settle();
  return std::nullopt;
}

}  // namespace jiheng::reading
