#include "reading/grid.h"

#include <algorithm>
#include <cstring>

namespace jiheng::reading {

std::string_view TextPool::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > block_size / 4) return adopt(std::string(text));
  if (used_ + text.size() > block_size) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size));
    used_ = 0;
  }
  char* to = blocks_.back().get() + used_;
  std::memcpy(to, text.data(), text.size());
  used_ += text.size();
  return {to, text.size()};
}

std::string_view TextPool::adopt(std::string text) {
  return adopted_.emplace_back(std::move(text));
}

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
