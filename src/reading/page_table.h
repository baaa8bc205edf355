// A table as one page prints it, on its way to a grid; and the table that it becomes with its continuation on the next pages.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "reading/page.h"

namespace jiheng::reading {

struct PageCell {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::uint32_t row_span = 1;
  std::uint32_t column_span = 1;
  std::string text;
  int page = 0;
  PageBox box;
  bool tall = false;      ///< it spans rows, or did before a blank one was dropped
  bool open_top = false;  ///< no rule between it and the page before
  bool open_bottom = false;
  float last_line = 0;            ///< how wide it is
  float baseline = 0;             ///< its y
  float wrapped_line = 0;         ///< the widest of those before it
  float room_below = 1e6F;        ///< from the last line's baseline to the cell's lower edge
  float size = 0;                 ///< of the font
  std::uint8_t confidence = 100;  ///< of its least sure glyph
};

/// Its text as texts are compared.
inline std::string key_of(const PageCell& cell) {
  return normalise(cell.text);
}

/// The last cells: what is told of a break is told by them, however long the table has grown.
template <class Cells>
auto tail_of(Cells& cells) {
  constexpr std::size_t enough = 4000;
  return std::span(cells).last(std::min(cells.size(), enough));
}

struct PageTable {
  std::vector<float> column_edges;
  std::vector<PageCell> cells;  ///< in row order, then column
  std::uint32_t rows = 0;
  int page = 0;           ///< the last one it stands on
  bool open_top = false;  ///< no rule above the first row
  bool open_bottom = false;
  bool nested = false;      ///< it stands in a cell of another
  bool from_lines = false;  ///< no rules: told by alignment

  std::uint32_t columns() const { return static_cast<std::uint32_t>(column_edges.size()) - 1; }
};

}  // namespace jiheng::reading
