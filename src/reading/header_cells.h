// The cells of a header of one to three rows, each with the columns it stands over and what it says.
#pragma once

#include <string_view>
#include <vector>

#include "reading/grid_view.h"
#include "reading/labels.h"

namespace jiheng::reading {

struct HeaderCell {
  Column role = Column::none;
  Label label = Label::none;  ///< of the head, where the word names a field of it
  std::string_view text;
  std::string_view above;  ///< the words of the cell over it, in a header of several rows
  std::uint32_t from = 0;
  std::uint32_t to = 0;  ///< behind the last
  bool place = false;    ///< the name of a town over its own value column
};

struct Header {
  std::vector<HeaderCell> cells;  ///< left to right, one over each column
  std::uint32_t rows = 1;
  bool names_target = false;  ///< its own rows do; else those of the row above have their say
};

/// The header that begins in the row; no cells where the row is none. Roles are those of the words alone.
Header header_at(const GridView& grid, std::uint32_t row);

/// Whether the row under a header that begins in `row` may belong to it.
bool goes_on_below(const GridView& grid, std::uint32_t row, const Header& header);

bool is_level(Column column);
int count(const std::vector<HeaderCell>& cells, Column role);

}  // namespace jiheng::reading
