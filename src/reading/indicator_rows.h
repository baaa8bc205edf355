// The rows under the indicator header → indicators.
#pragma once

#include <string>
#include <vector>

#include "goals/goal_table.h"
#include "reading/column_plan.h"

namespace jiheng::reading {

/// Reads row by row; remembers the levels that merged or blank cells leave out. One for each table.
class IndicatorRows {
 public:
  /// `notes` gets what was repaired or doubted, with the indicator's index; the table's index is the caller's to set.
  IndicatorRows(GoalTable& table, std::vector<Note>& notes) : table_(table), notes_(notes) {}

  void plan(ColumnPlan plan);
  const ColumnPlan& plan() const { return plan_; }

  /// One row of the grid. Adds an indicator for each group that names one.
  void read(const GridView& grid, std::uint32_t row);
  /// To be called once the table is whole: the notes that stand once a table.
  void finish();

 private:
  struct Levels {
    std::string level1;
    Text level2;
  };
  class RowCells;

  void read_levels(const RowCells& cells, const ColumnGroup& group, Levels& levels);
  void read_group(const RowCells& cells, const ColumnGroup& group, Levels& levels);
  void add_indicator(const RowCells& cells, const ColumnGroup& group, const Levels& levels, const std::string& name, Column value_column);
  void read_results(const RowCells& cells, const ColumnGroup& group, Indicator& indicator) const;
  void note(std::string code, std::string message, const Source& source);

  GoalTable& table_;
  std::vector<Note>& notes_;
  ColumnPlan plan_;
  std::vector<Levels> levels_;  ///< beside plan_.groups
  int filled_down_ = 0;
  Source first_filled_down_;
};

}  // namespace jiheng::reading
