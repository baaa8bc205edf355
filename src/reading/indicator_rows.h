// The rows under the indicator header → indicators.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "goals/views.h"
#include "reading/column_plan.h"

namespace jiheng::reading {

/// Reads row by row; remembers the levels that merged or blank cells leave out. One for each table.
class IndicatorRows {
 public:
  /// `notes` gets what was repaired or doubted, with the indicator's index; the table's index is the caller's to set.
  IndicatorRows(views::GoalTable& table, std::vector<views::Note>& notes, TextPool& texts) : table_(table), notes_(notes), texts_(texts) {}

  /// `first_is_long_term`: of two groups that do not say so themselves, the head set the mid-term goal on the left.
  void plan(ColumnPlan plan, bool first_is_long_term = false);
  const ColumnPlan& plan() const { return plan_; }

  /// One row of the grid. Adds an indicator for each group that names one.
  void read(const GridView& grid, std::uint32_t row);
  /// A row that is nothing but a first or second level's name ("一、产出指标" over the whole width). Whether it is one.
  bool level_banner(std::string_view text);
  /// To be called once the table is whole: the notes that stand once a table.
  void finish();

 private:
  struct Levels {
    std::string_view level1;
    views::Text level2;
    const Cell* first = nullptr;  ///< what they were read from: one cell beside many rows, mostly
    const Cell* second = nullptr;
  };
  class RowCells;

  void read_levels(const RowCells& cells, const ColumnGroup& group, Levels& levels);
  void read_group(const RowCells& cells, const ColumnGroup& group, Levels& levels);
  void read_horizon(const RowCells& cells);
  void add_indicator(const RowCells& cells, const ColumnGroup& group, const Levels& levels, std::string_view name, Column value_column);
  void add_per_place(const RowCells& cells, const ColumnGroup& group, const Levels& levels, std::string_view name);
  views::Text own_number(const RowCells& cells, const ColumnGroup& group, Column kind);
  void read_results(const RowCells& cells, const ColumnGroup& group, views::Indicator& indicator);
  void read_likelihood(const RowCells& cells, const ColumnGroup& group, views::Indicator& indicator);
  /// Of the indicator in the making, which is the last.
  int present_index() const { return static_cast<int>(table_.indicators.size()) - 1; }
  void note(std::string_view code, std::string_view message, std::optional<int> indicator, const views::Source& source);

  views::GoalTable& table_;
  std::vector<views::Note>& notes_;
  TextPool& texts_;  ///< for what is made here
  ColumnPlan plan_;
  std::vector<const Cell*> by_column_;     ///< of the present row
  std::vector<std::string_view> printed_;  ///< of the present row
  std::vector<Levels> levels_;             ///< beside plan_.groups
  const Cell* frame_ = nullptr;            ///< beside the rows
  bool long_term_block_ = false;           ///< it says 中期 or 长期
  bool shared_number_ = false;             ///< a weight or score over several indicators was met
  int filled_down_ = 0;
  views::Source first_filled_down_;
};

}  // namespace jiheng::reading
