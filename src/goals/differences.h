// What two sets of goal tables say differently, value by value: the published and the one somebody holds in his hand, one revision and the
// next.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "goals/goal_table.h"

namespace jiheng {

struct Difference {
  enum class Kind { changed, missing, added };  ///< missing: only `before` has it; added: only `after`
  Kind kind = Kind::changed;
  std::string table;  ///< 部门整体支出绩效目标表, or the project's name
  std::string place;  ///< 产出指标 / 数量指标 / 培训人次; empty for the table's own fields
  std::string field;  ///< 指标值, 年度绩效目标 …; empty where a whole indicator or table is missing or added
  Text before;
  Text after;
  /// Where `after` was read: of an indicator its cell, of a table's own field (and of what is missing) the page it lies on. Nothing where
  /// nobody knows.
  std::optional<Source> at = std::nullopt;
  /// The table and indicator of `after`; -1 where it has none.
  int table_after = -1;
  int indicator_after = -1;
};

/// Tables are paired by kind and project, indicators by their names. What means the same is the same: 50 and 50.00, half-width and
/// full-width, other white space. Places in files do not count.
std::vector<Difference> differences(std::span<const GoalTable> before, std::span<const GoalTable> after);

/// "≥50" with its bounds and unit, as a person reads a target.
std::string shown_target(const Indicator& indicator);

}  // namespace jiheng
