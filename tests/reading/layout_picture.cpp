#include "layout_picture.h"

#include <algorithm>

namespace jiheng::reading {

std::string picture(const Grid& grid) {
  std::string out;
  for (std::uint32_t row = 0; row < grid.rows; ++row) {
    for (std::uint32_t column = 0; column < grid.columns; ++column) {
      out += column == 0 ? "| " : " | ";
      const Cell* cell = grid.at(row, column);
      if (cell == nullptr) {
        out += "·";
      } else if (grid.starts_at(*cell, row, column)) {
        std::string text(cell->text);
        std::replace(text.begin(), text.end(), '\n', '/');
        out += text;
        if (!cell->shown.empty()) out += " (" + std::string(cell->shown) + ")";
      } else {
        out += cell->row == row ? "<" : "^";
      }
    }
    out += " |\n";
  }
  return out;
}

std::string picture(const Layout& layout) {
  std::string out;
  for (const Block& block : layout.blocks) {
    if (block.kind == Block::Kind::paragraph) {
      out += "¶ " + std::string(block.text) + "\n";
      continue;
    }
    out += "▦";
    if (!block.place.empty()) out += " " + std::string(block.place);
    out += "\n" + picture(block.grid);
  }
  return out;
}

std::string picture(const Result<Layout>& layout) {
  return layout ? picture(*layout) : "code: " + layout.error().code;
}

std::string error_code(const Result<Layout>& layout) {
  return layout ? "" : layout.error().code;
}

}  // namespace jiheng::reading
