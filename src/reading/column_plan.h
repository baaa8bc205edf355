// The header of the indicator part → what each grid column holds.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "reading/grid_view.h"
#include "reading/labels.h"

namespace jiheng::reading {

inline constexpr std::size_t column_kinds = static_cast<std::size_t>(Column::other) + 1;

/// The columns of one indicator on a row; a form that sets mid-term and annual indicators side by side has two groups.
struct ColumnGroup {
  bool long_term = false;
  std::array<std::vector<std::uint32_t>, column_kinds> columns;

  const std::vector<std::uint32_t>& of(Column column) const { return columns[static_cast<std::size_t>(column)]; }
  std::vector<std::uint32_t>& of(Column column) { return columns[static_cast<std::size_t>(column)]; }
  bool has(Column column) const { return !of(column).empty(); }
};

/// A column of a list that holds a field of the head: the project's name beside each of its indicators.
struct HeadColumn {
  Label label = Label::none;
  std::uint32_t column = 0;
  std::string printed;  ///< the header's words, with its money unit in brackets
};

struct ColumnPlan {
  std::vector<Column> roles;             ///< by grid column
  std::vector<std::string> names;        ///< the header's words, by grid column
  std::vector<ColumnGroup> groups;       ///< one, or two
  std::vector<HeadColumn> heads;         ///< of a list of projects; empty in a form
  std::vector<std::uint32_t> per_place;  ///< value columns, one for each town, where no column sums them
  bool parted = false;                   ///< towns' columns stand beside that of their sum and are not read
  std::uint32_t header_rows = 1;         ///< 1 to 3
};

/// nullopt where the row is no header of indicators.
std::optional<ColumnPlan> plan_columns(const GridView& grid, std::uint32_t row);

/// 中期, 长期, 实施期 … in the words over a column or beside rows.
bool names_long_term(std::string_view text);

}  // namespace jiheng::reading
