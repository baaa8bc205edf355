#include "reading/grid_view.h"

#include <algorithm>
#include <string>

namespace jiheng::reading {

GridView::GridView(const Block& block, std::string_view place, CellTexts& known, TextPool& texts)
    : grid_(block.grid), from_lines_(block.from_lines), place_(place), texts_(texts) {
  known_.reserve(grid_.cells.size());
  filled_.reserve(grid_.cells.size());
  row_starts_.reserve(grid_.rows + 1);
  filled_starts_.reserve(grid_.rows + 1);
  for (const Cell& cell : grid_.cells) {
    while (row_starts_.size() <= cell.row) start_row();
    const CellText& text = known.of(cell.printed());
    known_.push_back(&text);
    if (!text.text().empty()) filled_.push_back(&cell);
  }
  while (row_starts_.size() <= grid_.rows) start_row();
}

/// The next row begins with the next cell.
void GridView::start_row() {
  row_starts_.push_back(static_cast<std::uint32_t>(known_.size()));
  filled_starts_.push_back(static_cast<std::uint32_t>(filled_.size()));
}

std::span<const Cell> GridView::row(std::uint32_t row) const {
  if (row >= grid_.rows) return {};
  return {grid_.cells.data() + row_starts_[row], row_starts_[row + 1] - row_starts_[row]};
}

std::span<const Cell* const> GridView::filled(std::uint32_t row) const {
  if (row >= grid_.rows) return {};
  return {filled_.data() + filled_starts_[row], filled_starts_[row + 1] - filled_starts_[row]};
}

bool GridView::merges_columns() const {
  constexpr std::uint32_t title_rows = 4;
  constexpr std::size_t most_in_title = 3;
  // A title, and the lines below it, are merged over the width by every program: their rows hold no label and no column's name.
  const auto counts = [&](const Cell& cell) {
    if (cell.column_span < 2) return false;
    const auto cells = filled(cell.row);
    return cell.row >= title_rows || cells.size() > most_in_title ||
           std::any_of(cells.begin(), cells.end(), [&](const Cell* own) { return is_label(*own) || column(*own) != Column::none; });
  };
  if (!merges_columns_) merges_columns_ = std::any_of(grid_.cells.begin(), grid_.cells.end(), counts);
  return *merges_columns_;
}

bool GridView::is_blank_column(std::uint32_t column) const {
  if (filled_columns_.empty()) {
    filled_columns_.resize(grid_.columns, false);
    for (const Cell* cell : filled_) filled_columns_[cell->column] = true;
  }
  return column < filled_columns_.size() && !filled_columns_[column];
}

int GridView::row_number(std::uint32_t row) const {
  return static_cast<int>(row < grid_.row_numbers.size() ? grid_.row_numbers[row] : row + 1);
}

std::string_view GridView::place_of(std::size_t cell) const {
  return cell < grid_.places.size() ? texts_.keep(std::to_string(grid_.places[cell].page)) : place_;
}

views::Source GridView::source(const Cell& cell) const {
  return {place_of(index(cell)), row_number(cell.row), static_cast<int>(cell.column) + 1, cell.printed()};
}

views::Source GridView::source(std::uint32_t row) const {
  return {place_of(row < grid_.rows ? row_starts_[row] : grid_.cells.size()), row_number(row), 0, {}};
}

}  // namespace jiheng::reading
