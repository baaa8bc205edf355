#include "reading/grid_view.h"

#include "base/text.h"

namespace jiheng::reading {

GridView::GridView(const Block& block, std::string place) : grid_(block.grid), from_lines_(block.from_lines), place_(std::move(place)) {
  known_.reserve(grid_.cells.size());
  filled_.reserve(grid_.cells.size());
  row_starts_.reserve(grid_.rows + 1);
  filled_starts_.reserve(grid_.rows + 1);
  std::string room;
  for (const Cell& cell : grid_.cells) {
    while (row_starts_.size() <= cell.row) start_row();
    if (cell.text.empty() && cell.shown.empty()) {
      known_.push_back({});
      continue;
    }
    const std::string_view normal = normalise(cell.printed(), room);
    known_.push_back({normal.data() == room.data() ? std::string_view(changed_.emplace_back(normal)) : normal});
    if (!normal.empty()) filled_.push_back(&cell);
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

Label GridView::label(const Cell& cell) const {
  std::uint8_t& known = known_[index(cell)].label;
  if (known == unknown) known = static_cast<std::uint8_t>(label_of(text(cell)));
  return static_cast<Label>(known);
}

Column GridView::column(const Cell& cell) const {
  std::uint8_t& known = known_[index(cell)].column;
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
