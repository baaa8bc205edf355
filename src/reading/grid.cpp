#include "reading/grid.h"

#include <algorithm>

namespace jiheng::reading {

void Grid::settle() {
  rows = 0;
  columns = 0;
  for (const Cell& cell : cells) {
    rows = std::max(rows, cell.row + cell.row_span);
    columns = std::max(columns, cell.column + cell.column_span);
  }
  slots_.assign(static_cast<std::size_t>(rows) * columns, none);
  for (std::uint32_t index = 0; index < cells.size(); ++index) {
    Cell& cell = cells[index];
    if (cell.row_span == 1 && cell.column_span == 1) {
      std::uint32_t& slot = slots_[cell.row * columns + cell.column];
      if (slot == none) slot = index;
      continue;
    }
    // A span ends before the first slot that another cell already holds.
    std::uint32_t width = 0;
    while (width < cell.column_span && slots_[cell.row * columns + cell.column + width] == none) ++width;
    std::uint32_t height = width == 0 ? 0 : 1;
    const auto row_is_free = [&](std::uint32_t row) {
      for (std::uint32_t column = cell.column; column < cell.column + width; ++column) {
        if (slots_[row * columns + column] != none) return false;
      }
      return true;
    };
    while (height > 0 && height < cell.row_span && row_is_free(cell.row + height)) ++height;
    cell.column_span = std::max(width, 1U);
    cell.row_span = std::max(height, 1U);
    for (std::uint32_t row = cell.row; row < cell.row + height; ++row) {
      for (std::uint32_t column = cell.column; column < cell.column + width; ++column) slots_[row * columns + column] = index;
    }
  }
}

}  // namespace jiheng::reading
