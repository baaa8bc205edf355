// A list with one project a row and the levels of the indicators as its columns: 项目名称 | 金额 | 产出指标: 数量指标, 质量指标 | 效益指标
// …, or one unit a row in a list of whole units' goals. A level may be parted, too: 产出指标: 三级指标 | 指标值, a row for each indicator
// beside the project's merged cells.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "goals/views.h"
#include "reading/column_plan.h"
#include "reading/grid_view.h"

namespace jiheng::reading {

/// A column whose cells hold the indicators of one level, several in a cell; or one part of them.
struct LevelColumn {
  std::uint32_t column = 0;
  std::string_view level1;
  views::Text level2;
  Column part = Column::none;  ///< 三级指标, 指标值 … under the level's name
};

struct WideList {
  std::uint32_t header_rows = 1;
  std::uint32_t project_column = 0;  ///< or the unit's, in a list of units
  std::vector<HeadColumn> heads;
  std::vector<LevelColumn> levels;
  bool parted = false;  ///< 三级指标 and 指标值 stand in columns of their own
};

/// nullopt where no such header begins in the row. `key`: what stands a row each, projects or units.
std::optional<WideList> wide_list_at(const GridView& grid, std::uint32_t row, Label key);

/// The indicators of one project's row; `notes` gets what was doubtful, with the indicator's index.
void read_wide_row(const GridView& grid, std::uint32_t row, const WideList& list, views::GoalTable& table, std::vector<views::Note>& notes,
                   TextPool& texts);
/// The same of a parted list: the indicators in the rows from `row` up to `end`.
void read_parted_rows(const GridView& grid, std::uint32_t row, std::uint32_t end, const WideList& list, views::GoalTable& table,
                      std::vector<views::Note>& notes, TextPool& texts);

}  // namespace jiheng::reading
