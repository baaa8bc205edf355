#include "reading/grid_view.h"

#include "base/text.h"

namespace jiheng::reading {

GridView::GridView(const Block& block, std::string place) : grid_(block.grid), from_lines_(block.from_lines), place_(std::move(place)) {
  texts_.reserve(grid_.cells.size());
  row_starts_.assign(grid_.rows + 1, 0);
  for (const Cell& cell : grid_.cells) {
    texts_.push_back(normalise(cell.printed()));
    ++row_starts_[cell.row + 1];
  }
  labels_.assign(grid_.cells.size(), unknown);
  columns_.assign(grid_.cells.size(), unknown);
  for (std::uint32_t row = 0; row < grid_.rows; ++row) row_starts_[row + 1] += row_starts_[row];
}

std::span<const Cell> GridView::row(std::uint32_t row) const {
  if (row >= grid_.rows) return {};
  return {grid_.cells.data() + row_starts_[row], row_starts_[row + 1] - row_starts_[row]};
}

std::vector<const Cell*> GridView::filled(std::uint32_t row) const {
  std::vector<const Cell*> found;
  for (const Cell& cell : this->row(row)) {
    if (!blank(cell)) found.push_back(&cell);
  }
  return found;
}

Label GridView::label(const Cell& cell) const {
  std::uint8_t& known = labels_[index(cell)];
  if (known == unknown) known = static_cast<std::uint8_t>(label_of(text(cell)));
  return static_cast<Label>(known);
}

Column GridView::column(const Cell& cell) const {
  std::uint8_t& known = columns_[index(cell)];
  if (known == unknown) known = static_cast<std::uint8_t>(column_of(text(cell)));
  return static_cast<Column>(known);
}

int GridView::row_number(std::uint32_t row) const {
  return static_cast<int>(row < grid_.row_numbers.size() ? grid_.row_numbers[row] : row + 1);
}

std::string GridView::place_of(std::size_t cell) const {
  return cell < grid_.places.size() ? std::to_string(grid_.places[cell].page) : place_;
}

Source GridView::source(const Cell& cell) const {
  return {place_of(index(cell)), row_number(cell.row), static_cast<int>(cell.column) + 1, std::string(cell.printed())};
}

Source GridView::source(std::uint32_t row) const {
  return {place_of(row < grid_.rows ? row_starts_[row] : grid_.cells.size()), row_number(row), 0, {}};
}

}  // namespace jiheng::reading
