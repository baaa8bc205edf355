// The header of the indicator part → what each grid column holds.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "reading/grid_view.h"
#include "reading/header_cells.h"
#include "reading/labels.h"

namespace jiheng::reading {

inline constexpr std::size_t column_kinds = static_cast<std::size_t>(Column::other) + 1;

/// The columns of one indicator on a row; a form that sets mid-term and annual indicators side by side has two groups.
class ColumnGroup {
 public:
  bool long_term = false;

  std::span<const std::uint32_t> of(Column kind) const {
    const std::size_t index = static_cast<std::size_t>(kind);
    return std::span(columns_).subspan(starts_[index], starts_[index + 1] - starts_[index]);
  }
  bool has(Column kind) const { return !of(kind).empty(); }
  void add(Column kind, std::uint32_t column);
  /// These and no others.
  void set(Column kind, std::span<const std::uint32_t> columns);

 private:
  std::vector<std::uint32_t> columns_;                    ///< by kind, then as they were added
  std::array<std::uint32_t, column_kinds + 1> starts_{};  ///< of each kind's in columns_; one more at the end
};

/// A column of a list that holds a field of the head: the project's name beside each of its indicators.
struct HeadColumn {
  Label label = Label::none;
  std::uint32_t column = 0;
  std::string_view printed;  ///< the header's words, with its money unit in brackets
};

struct ColumnPlan {
  std::vector<Column> roles;             ///< by grid column
  std::vector<std::string_view> names;   ///< the header's words, by grid column
  std::vector<ColumnGroup> groups;       ///< one, or two
  std::vector<HeadColumn> heads;         ///< of a list of projects; empty in a form
  std::vector<std::uint32_t> per_place;  ///< value columns, one for each town, where no column sums them
  std::string_view whole;                ///< name of the column that is read of those that part the target by towns or by time

  /// Of the columns that part the target, this one is it.
  void read_only(std::uint32_t column);
  /// Columns that part the target by years: that of the budget year is it. Whether there is one.
  bool read_year(int year);
  std::uint32_t header_rows = 1;  ///< 1 to 3
  bool by_header_alone = true;    ///< the rows under the header had no say
};

/// `header` begins in `row`. nullopt where it is none of indicators.
std::optional<ColumnPlan> plan_columns(const GridView& grid, std::uint32_t row, const Header& header);

/// 中期, 长期, 实施期 … in the words over a column or beside rows.
bool names_long_term(std::string_view text);

}  // namespace jiheng::reading
