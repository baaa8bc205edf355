#include "reading/column_plan.h"

#include <algorithm>

#include "base/text.h"
#include "goals/tree.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t most_groups = 2;  ///< mid-term and annual; a form with more is none

using Cells = std::vector<HeaderCell>;

template <class Act>
void each(Cells& cells, Column role, Act act) {
  for (HeaderCell& cell : cells) {
    if (cell.role == role) act(cell);
  }
}

bool any_starts_with(const Cells& cells, Column role, std::string_view word) {
  return std::any_of(cells.begin(), cells.end(), [&](const HeaderCell& c) { return c.role == role && starts_with(c.text, word); });
}

void settle_levels(Cells& cells) {
  // 指标类型 beside 一级指标 is a remark, not a level.
  if (count(cells, Column::level1) > 1 && any_starts_with(cells, Column::level1, "一级")) {
    each(cells, Column::level1, [](HeaderCell& c) {
      if (!starts_with(c.text, "一级")) c.role = Column::other;
    });
  }
  // 绩效指标 at the left of the levels is the frame round them.
  const auto first_level =
      std::find_if(cells.begin(), cells.end(), [](const HeaderCell& c) { return c.role == Column::level1 || c.role == Column::level2; });
  if (first_level != cells.end()) {
    const std::uint32_t at = first_level->from;
    const bool two_more = count(cells, Column::level1) + count(cells, Column::level2) > 1;
    const bool named =
        std::any_of(cells.begin(), cells.end(), [&](const HeaderCell& c) { return c.role == Column::level3 && c.from > at; });
    const bool several = count(cells, Column::level3) > 1;
    each(cells, Column::level3, [&](HeaderCell& c) {
      if (c.from < at && (named || ((two_more || several) && fold_label(c.text, true) == "绩效指标"))) c.role = Column::frame;
    });
    // 指标完成情况 | 一级指标: nothing was achieved before it is told of what. A frame, too.
    each(cells, Column::actual, [&](HeaderCell& c) {
      if (c.from < at) c.role = Column::frame;
    });
  }
  // Without any level, left of the indicator's name: the same.
  if (first_level == cells.end() && count(cells, Column::level3) > 1) {
    HeaderCell& first = *std::find_if(cells.begin(), cells.end(), [](const HeaderCell& c) { return c.role == Column::level3; });
    const std::string word = fold_label(first.text, true);
    if (word == "绩效指标" || word == "年度绩效指标" || word == "项目绩效指标") first.role = Column::frame;
  }
  // 指标内容 beside 三级指标 explains it.
  if (count(cells, Column::level3) > 1 && any_starts_with(cells, Column::level3, "三级")) {
    each(cells, Column::level3, [](HeaderCell& c) {
      if (!starts_with(c.text, "三级")) c.role = Column::explanation;
    });
  }
  // Two levels only: the second is the indicator's name.
  if (count(cells, Column::level3) == 0) {
    const Column last = count(cells, Column::level2) > 0 ? Column::level2 : Column::level1;
    if (last == Column::level2 || count(cells, Column::level1) > 1) each(cells, last, [](HeaderCell& c) { c.role = Column::level3; });
  }
}

/// 绩效目标 or 年度目标 beside 指标值 is no target's column: in a list it is the project's goal.
void settle_values(Cells& cells) {
  each(cells, Column::value, [](HeaderCell& c) {
    if (names_long_term(c.above)) c.role = Column::long_term_value;
  });
  // 近两年指标值 beside 预期当年实现值 tells what was, no target.
  const auto is_past = [](const HeaderCell& c) {
    for (const std::string_view word : {"近两年", "近三年", "近年", "上年", "前年", "上一年", "往年", "历史"}) {
      if (contains(c.text, word) || contains(c.above, word)) return true;
    }
    return false;
  };
  if (std::any_of(cells.begin(), cells.end(), [&](const HeaderCell& c) { return c.role == Column::value && !is_past(c); })) {
    each(cells, Column::value, [&](HeaderCell& c) {
      if (is_past(c)) c.role = Column::other;
    });
  }
  // 预期完成值 | 实际完成值, and no other target: it is the target, not what is expected by the year's end.
  const bool aimed = count(cells, Column::value) + count(cells, Column::long_term_value) + count(cells, Column::comparator) > 0;
  if (!aimed && count(cells, Column::actual) == 1 && count(cells, Column::forecast) == 1)
    each(cells, Column::forecast, [](HeaderCell& c) { c.role = Column::value; });
  // 2023年完成值 beside 2024年完成值: of results of several years the last is the form's.
  if (count(cells, Column::actual) > 1) {
    std::optional<int> last;
    each(cells, Column::actual, [&](HeaderCell& c) { last = std::max(last, year_of(c.text)); });
    each(cells, Column::actual, [&](HeaderCell& c) {
      if (const auto year = year_of(c.text); year && *year < *last) c.role = Column::other;
    });
  }
  // 半年指标值 beside 全年指标值, 指标值内容 beside 指标值.
  if (count(cells, Column::value) > 1) {
    each(cells, Column::value, [&](HeaderCell& c) {
      if (c.place || count(cells, Column::value) < 2) return;
      if (contains(c.text, "半年") || contains(c.text, "季度")) c.role = Column::other;
      if (contains(c.text, "内容") || contains(c.text, "说明")) c.role = Column::explanation;
    });
  }
  // 绩效目标 | 绩效指标: left of the indicator's name it is the goal of what the row tells of.
  const auto name = std::find_if(cells.begin(), cells.end(), [](const HeaderCell& c) { return c.role == Column::level3; });
  const auto is_goal_word = [](const HeaderCell& c) { return !contains(c.text, "值") && contains(c.text, "目标"); };
  const bool printed = std::any_of(cells.begin(), cells.end(), [&](const HeaderCell& c) {
    return (c.role == Column::value || c.role == Column::actual) && !is_goal_word(c);
  });
  for (HeaderCell& cell : cells) {
    const bool before = name != cells.end() && cell.role == Column::value && cell.from < name->from;
    if ((printed || before) && (cell.role == Column::value || cell.role == Column::long_term_value || cell.role == Column::frame) &&
        is_goal_word(cell) && (cell.label == Label::annual_goal || cell.label == Label::long_term_goal || cell.label == Label::goal_frame))
      cell.role = Column::none;
  }
}

/// A weight beside a level is the level's; the indicator's own stands behind its name, else anywhere.
void settle_weights(Cells& cells, Column role) {
  if (count(cells, role) < 2) return;
  bool named = false;
  bool behind = false;
  for (const HeaderCell& cell : cells) {
    named = named || cell.role == Column::level3;
    behind = behind || (named && cell.role == role);
  }
  named = false;
  for (HeaderCell& cell : cells) {
    named = named || cell.role == Column::level3;
    if (cell.role == role && behind && !named) cell.role = Column::other;
  }
}

/// Of the columns that a cell of the header heads. Plain text leaves blank what a wide cell covers.
std::uint32_t width(const GridView& grid, const Cells& cells, Cells::const_iterator cell) {
  if (!grid.from_lines()) return cell->to - cell->from;
  return (cell + 1 != cells.end() ? cell[1].from : grid.columns()) - cell->from;
}

constexpr std::uint32_t level_rows = 6;  ///< looked at for a name of the second level

/// Whether one of the first rows has a second level's name in the column.
bool names_second_level(const GridView& grid, std::uint32_t row, std::uint32_t column) {
  for (std::uint32_t below = row; below < std::min(grid.rows(), row + level_rows); ++below) {
    const Cell* cell = grid.at(below, column);
    if (cell != nullptr && cell->column == column && !grid.levels(*cell).level2.empty()) return true;
  }
  return false;
}

/// 指标类型 | 指标类别 | 指标名称 over 产出指标 | 数量指标 | …: two words for the first level side by side are the two levels.
bool take_second_level(const GridView& grid, std::uint32_t row, Cells& cells) {
  const auto first = std::find_if(cells.begin(), cells.end(), [](const HeaderCell& c) { return c.role == Column::level1; });
  const auto second = first + 1;
  if (second == cells.end() || second->role != Column::level1 || second->to - second->from != 1) return false;
  if (names_second_level(grid, row, second->from)) second->role = Column::level2;
  return true;
}

/// 指标类别 over two columns, 产出指标 | 数量 below: it heads both levels. Whether it looked below.
bool part_levels(const GridView& grid, std::uint32_t row, Cells& cells) {
  const int firsts = count(cells, Column::level1);
  if (firsts < 1 || firsts > 2 || count(cells, Column::level2) > 0) return false;
  if (firsts == 2) return take_second_level(grid, row, cells);
  const auto level = std::find_if(cells.begin(), cells.end(), [](const HeaderCell& c) { return c.role == Column::level1; });
  if (width(grid, cells, level) != 2) return false;
  const std::uint32_t to = level->from + 2;
  const std::uint32_t second = level->from + 1;
  if (names_second_level(grid, row, second)) {
    HeaderCell part = *level;
    part.role = Column::level2;
    part.from = second;
    part.to = to;
    level->to = second;
    cells.insert(level + 1, part);
  }
  return true;
}

/// What a single cell cannot know: the same word means one thing alone and another beside its neighbours.
void settle_roles(Cells& cells) {
  settle_levels(cells);
  settle_values(cells);
  settle_weights(cells, Column::weight);
  settle_weights(cells, Column::score);
  // 评价标准 | 得分 | 扣分说明: behind the score it says why points were lost.
  if (count(cells, Column::scoring_rule) > 1) {
    bool scored = false;
    for (HeaderCell& cell : cells) {
      scored = scored || cell.role == Column::score;
      if (scored && cell.role == Column::scoring_rule && contains(cell.text, "说明")) cell.role = Column::deviation;
    }
  }
  // A second 偏差 column, or 原因 under 偏差原因分析, is a cause of its own.
  for (HeaderCell& cell : cells) {
    if (cell.above.empty() || cell.role != Column::none || cell.label != Label::none) continue;
    cell.role = contains(cell.above, "原因") ? Column::cause : Column::other;
  }
}

/// What a header's cell over two columns heads in the second: 产出指标 | 数量指标 below it. nullopt where that names no second level.
std::optional<HeaderCell> second_level_of(const GridView& grid, std::uint32_t row, const HeaderCell& over) {
  const Cell* cell = grid.at(row, over.from + 1);
  if (cell == nullptr || cell->column != over.from + 1 || cell->column_span > 1 || grid.levels(*cell).level2.empty()) return std::nullopt;
  HeaderCell part = over;
  part.role = Column::level2;
  part.from = over.from + 1;
  part.to = part.from + 1;
  return part;
}

/// 绩效指标 | 指标名称 over 产出 | …: the frame's column names the levels. Whether it looked below.
bool take_level_of_frame(const GridView& grid, std::uint32_t row, Cells& cells) {
  if (count(cells, Column::level1) > 0) return false;
  const bool two_names = count(cells, Column::level3) > 1;
  const auto frame = std::find_if(cells.begin(), cells.end(),
                                  [&](const HeaderCell& c) { return c.role == Column::frame || (two_names && c.role == Column::level3); });
  if (frame == cells.end()) return false;
  if (row >= grid.rows()) return true;
  const Cell* cell = grid.at(row, frame->from);
  if (cell == nullptr || cell->row != row || cell->column != frame->from || !grid.is_level(*cell)) return frame->to - frame->from == 1;
  const bool whole = cell->column_span == frame->to - frame->from;
  const auto part = cell->column_span == 1 && width(grid, cells, frame) == 2 ? second_level_of(grid, row, *frame) : std::nullopt;
  if (!whole && !part) return true;
  frame->role = Column::level1;
  if (part) {
    frame->to = part->from;
    cells.insert(frame + 1, *part);
    return true;
  }
  // 指标内容 over 数量指标 | 送戏下乡: it heads the second level and the name.
  const auto name = std::find_if(cells.begin(), cells.end(), [](const HeaderCell& c) { return c.role == Column::level3; });
  if (name == cells.end() || count(cells, Column::level2) > 0 || width(grid, cells, name) != 2) return true;
  const Cell* second = grid.at(row, name->from);
  if (second == nullptr || second->column_span > 1 || grid.levels(*second).level2.empty()) return true;
  HeaderCell level2 = *name;
  level2.role = Column::level2;
  level2.to = level2.from + 1;
  name->from = level2.to;
  name->to = name->from + 1;
  cells.insert(name, level2);
  return true;
}

/// 指标名称 | 指标内容 beside one another: the second explains the first, unless that holds levels. Whether it looked below.
bool part_names(const GridView& grid, std::uint32_t row, Cells& cells) {
  if (count(cells, Column::level3) != 2 || count(cells, Column::level1) + count(cells, Column::level2) == 0) return false;
  const auto name = std::find_if(cells.begin(), cells.end(), [](const HeaderCell& c) { return c.role == Column::level3; });
  const auto content = name + 1;
  if (content == cells.end() || content->role != Column::level3 || !contains(content->text, "内容")) return false;
  const Cell* below = grid.at(row, name->from);
  if (below == nullptr || grid.blank(*below)) return true;
  if (!grid.is_level(*below))
    content->role = Column::explanation;
  else if (count(cells, Column::level2) == 0)
    name->role = Column::level2;
  return true;
}

/// 三级指标 | 四级指标: where the fourth level is filled, it names the indicator. Whether it looked below.
bool take_fourth_level(const GridView& grid, std::uint32_t row, Cells& cells) {
  constexpr std::uint32_t looked_at = 3;
  const auto fourth = std::find_if(cells.begin(), cells.end(), [](const HeaderCell& c) { return starts_with(c.text, "四级指标"); });
  if (fourth == cells.end() || count(cells, Column::level3) != 1 || fourth->role == Column::level3) return false;
  if (row >= grid.rows()) return true;
  for (std::uint32_t below = row; below < std::min(grid.rows(), row + looked_at); ++below) {
    const Cell* cell = grid.at(below, fourth->from);
    if (cell == nullptr || grid.blank(*cell)) return true;
  }
  each(cells, Column::level3, [](HeaderCell& c) { c.role = Column::other; });
  fourth->role = Column::level3;
  return true;
}

/// Of columns that part the target by towns or by time, the one that holds all of it.
bool names_whole(std::string_view text) {
  for (const std::string_view word : {"合计", "总计", "小计", "全年", "全年合计", "年度", "本年度", "全年值", "全年目标"}) {
    if (text == word) return true;
  }
  return false;
}

/// Whether a list of projects: a column for the project's or the unit's name beside the levels.
bool is_list(const Cells& cells) {
  return std::any_of(cells.begin(), cells.end(), [](const HeaderCell& c) {
    return (c.role == Column::none || c.role == Column::other) && (c.label == Label::project_name || c.label == Label::unit_name);
  });
}

/// The columns of a list that tell of the project. Their roles become Column::other, so that no indicator takes them.
std::vector<HeadColumn> head_columns(Cells& cells) {
  const bool own_unit = count(cells, Column::unit) > 1;
  for (HeaderCell& cell : cells) {
    // 单位 left of 度量单位 is the budget unit.
    if (own_unit && cell.role == Column::unit && cell.label == Label::unit_name) cell.role = Column::none;
  }
  if (!is_list(cells)) return {};
  std::vector<HeadColumn> heads;
  for (HeaderCell& cell : cells) {
    if (cell.role != Column::none && cell.role != Column::other && cell.role != Column::frame) continue;
    if (cell.label == Label::none || cell.label == Label::indicators_frame) continue;
    heads.push_back({cell.label, cell.from, cell.text});
    cell.role = Column::other;
  }
  return heads;
}

void add(ColumnGroup& group, const HeaderCell& cell, Column role) {
  for (std::uint32_t column = cell.from; column < cell.to; ++column) group.add(role, column);
}

/// Whether one cell of the header is all that a group takes of the role: a second 指标解释 would run into the first.
bool is_single(Column role) {
  switch (role) {
    case Column::value:
    case Column::long_term_value:
    case Column::actual:
    case Column::score:
    case Column::weight:
    case Column::unit:
    case Column::forecast:
    case Column::level1:
    case Column::level2:
    case Column::level3:
      return true;
    default:
      return false;
  }
}

/// Where two 三级指标 stand apart, each opens a group; levels before the first belong to both unless the second has its own.
std::vector<ColumnGroup> split_groups(const Cells& cells) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].role != Column::level3 || starts.size() == most_groups) continue;
    std::size_t from = i;
    while (from > 0 && !starts.empty() && (cells[from - 1].role == Column::level2 || cells[from - 1].role == Column::level1)) --from;
    starts.push_back(starts.empty() ? 0 : from);
  }
  std::vector<ColumnGroup> groups;
  for (std::size_t g = 0; g < starts.size(); ++g) {
    const std::size_t end = g + 1 < starts.size() ? starts[g + 1] : cells.size();
    ColumnGroup group;
    for (std::size_t i = starts[g]; i < end; ++i) {
      // Under a frame of its own the mid-term value is that group's value.
      const bool alone = starts.size() > 1 && cells[i].role == Column::long_term_value;
      if (alone || (cells[i].role == Column::level3 && names_long_term(cells[i].above))) group.long_term = true;
      const Column role = alone ? Column::value : cells[i].role;
      if (is_single(role) && group.has(role)) continue;
      add(group, cells[i], role);
    }
    if (g > 0) {
      for (const Column level : {Column::level1, Column::level2}) {
        if (!group.has(level)) group.set(level, groups[0].of(level));
      }
      group.set(Column::frame, groups[0].of(Column::frame));
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

void ColumnGroup::add(Column kind, std::uint32_t column) {
  const std::size_t index = static_cast<std::size_t>(kind);
  columns_.insert(columns_.begin() + starts_[index + 1], column);
  for (std::size_t behind = index + 1; behind < starts_.size(); ++behind) ++starts_[behind];
}

void ColumnGroup::set(Column kind, std::span<const std::uint32_t> columns) {
  const std::size_t index = static_cast<std::size_t>(kind);
  const std::uint32_t had = starts_[index + 1] - starts_[index];
  columns_.erase(columns_.begin() + starts_[index], columns_.begin() + starts_[index + 1]);
  columns_.insert(columns_.begin() + starts_[index], columns.begin(), columns.end());
  for (std::size_t behind = index + 1; behind < starts_.size(); ++behind)
    starts_[behind] += static_cast<std::uint32_t>(columns.size()) - had;
}

bool names_long_term(std::string_view text) {
  for (const std::string_view word : {"中期", "长期", "实施期", "总目标"}) {
    if (contains(text, word)) return true;
  }
  return contains(text, "总体") && !contains(text, "年度") && !contains(text, "本年") && !contains(text, "当年");
}

std::optional<ColumnPlan> plan_columns(const GridView& grid, std::uint32_t row, const Header& header) {
  Cells cells = header.cells;
  const std::uint32_t below = row + header.rows;
  bool alone = !part_levels(grid, below, cells);
  settle_roles(cells);
  alone = !take_level_of_frame(grid, below, cells) && alone;
  alone = !part_names(grid, below, cells) && alone;
  alone = !take_fourth_level(grid, below, cells) && alone;

  ColumnPlan plan;
  plan.header_rows = header.rows;
  plan.by_header_alone = alone;
  plan.heads = head_columns(cells);
  plan.roles.assign(grid.columns(), Column::none);
  plan.names.resize(grid.columns());
  bool place = false;
  for (const HeaderCell& cell : cells) {
    for (std::uint32_t column = cell.from; column < cell.to; ++column) {
      plan.roles[column] = cell.role;
      plan.names[column] = cell.text;
    }
    if (cell.place && cell.role == Column::value) {
      plan.per_place.push_back(cell.from);
      place = true;
    }
  }
  if (!place || plan.per_place.size() < 2) plan.per_place.clear();
  plan.groups = split_groups(cells);
  if (plan.groups.empty()) return std::nullopt;
  // The column of the sum, where there is one, is the target; those of the towns only part it.
  for (const std::uint32_t column : plan.per_place) {
    if (!names_whole(plan.names[column])) continue;
    plan.read_only(column);
    break;
  }
  return plan;
}

void ColumnPlan::read_only(std::uint32_t column) {
  groups.front().set(Column::value, {&column, 1});
  per_place.clear();
  whole = names[column];
}

bool ColumnPlan::read_year(int year) {
  std::optional<std::uint32_t> found;
  for (const std::uint32_t column : per_place) {
    const auto named = year_of(names[column]);
    if (!named || (*named == year && found)) return false;
    if (*named == year) found = column;
  }
  if (found) read_only(*found);
  return found.has_value();
}

}  // namespace jiheng::reading
