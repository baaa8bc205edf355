#include "reading/column_plan.h"

#include <algorithm>

#include "base/text.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t most_groups = 2;  ///< mid-term and annual; a form with more is none

bool is_level(Column column) {
  return column == Column::level1 || column == Column::level2 || column == Column::level3;
}

/// One cell of the header with the columns it stands over.
struct HeaderCell {
  Column role = Column::none;
  std::string_view text;
  std::string_view above;  ///< the words of the cell over it, in a header of two rows
  std::uint32_t from = 0;
  std::uint32_t to = 0;  ///< behind the last
};

std::vector<HeaderCell> top_cells(const GridView& grid, std::uint32_t row) {
  std::vector<HeaderCell> cells;
  for (const Cell* cell : grid.filled(row)) {
    const std::string_view text = grid.text(*cell);
    cells.push_back({grid.column(*cell), text, {}, cell->column, cell->column + cell->column_span});
  }
  return cells;
}

/// The second row of a header: nothing but names of columns, under at least one wider cell.
std::vector<HeaderCell> sub_cells(const GridView& grid, std::uint32_t row, const std::vector<HeaderCell>& top) {
  std::vector<HeaderCell> cells;
  for (const Cell* cell : grid.filled(row)) {
    const std::string_view text = grid.text(*cell);
    const Column role = grid.column(*cell);
    if (role == Column::none) return {};
    HeaderCell found{role, text, {}, cell->column, cell->column + cell->column_span};
    for (const HeaderCell& over : top) {
      if (over.from <= found.from && found.from < over.to) found.above = over.text;
    }
    cells.push_back(found);
  }
  return cells;
}

/// The wider cells of the first row give way to those under them.
std::vector<HeaderCell> merged(const std::vector<HeaderCell>& top, const std::vector<HeaderCell>& sub) {
  std::vector<HeaderCell> cells = sub;
  for (const HeaderCell& cell : top) {
    const bool covered = std::any_of(sub.begin(), sub.end(), [&](const HeaderCell& s) { return s.from < cell.to && cell.from < s.to; });
    if (!covered) cells.push_back(cell);
  }
  std::sort(cells.begin(), cells.end(), [](const HeaderCell& a, const HeaderCell& b) { return a.from < b.from; });
  return cells;
}

int count(const std::vector<HeaderCell>& cells, Column role) {
  return static_cast<int>(std::count_if(cells.begin(), cells.end(), [&](const HeaderCell& cell) { return cell.role == role; }));
}

bool is_header(const std::vector<HeaderCell>& cells) {
  int known = 0;
  int unknown = 0;
  bool level = false;
  bool value = false;
  for (const HeaderCell& cell : cells) {
    if (cell.role == Column::none) {
      ++unknown;
      continue;
    }
    if (cell.role != Column::frame && cell.role != Column::number) ++known;
    level = level || is_level(cell.role);
    value = value || cell.role == Column::value || cell.role == Column::comparator || cell.role == Column::long_term_value ||
            cell.role == Column::actual;
  }
  if (!level || known < 2 || unknown > known) return false;
  return value || count(cells, Column::level1) + count(cells, Column::level2) + count(cells, Column::level3) >= 3;
}

bool names_long_term(std::string_view text) {
  for (const std::string_view word : {"中期", "长期", "实施期", "总体", "总目标"}) {
    if (contains(text, word)) return true;
  }
  return false;
}

/// What a single cell cannot know: the same word means one thing alone and another beside its neighbours.
void settle_roles(std::vector<HeaderCell>& cells) {
  const auto each = [&](Column role, auto act) {
    for (HeaderCell& cell : cells) {
      if (cell.role == role) act(cell);
    }
  };
  // 指标类型 beside 一级指标 is a remark, not a level.
  if (count(cells, Column::level1) > 1) {
    const bool printed = std::any_of(cells.begin(), cells.end(), [](const HeaderCell& c) { return starts_with(c.text, "一级"); });
    if (printed)
      each(Column::level1, [](HeaderCell& c) {
        if (!starts_with(c.text, "一级")) c.role = Column::other;
      });
  }
  // 绩效指标 at the left of the levels is the frame round them.
  const auto first_level =
      std::find_if(cells.begin(), cells.end(), [](const HeaderCell& c) { return c.role == Column::level1 || c.role == Column::level2; });
  if (first_level != cells.end()) {
    const std::uint32_t at = first_level->from;
    const bool several = count(cells, Column::level3) > 1;
    each(Column::level3, [&](HeaderCell& c) {
      if (several && c.from < at) c.role = Column::frame;
    });
  }
  // 指标内容 beside 三级指标 explains it.
  if (count(cells, Column::level3) > 1) {
    const bool printed = std::any_of(cells.begin(), cells.end(), [](const HeaderCell& c) { return starts_with(c.text, "三级"); });
    if (printed)
      each(Column::level3, [](HeaderCell& c) {
        if (!starts_with(c.text, "三级")) c.role = Column::explanation;
      });
  }
  // Two levels only: the second is the indicator's name.
  if (count(cells, Column::level3) == 0) {
    const Column last = count(cells, Column::level2) > 0 ? Column::level2 : Column::level1;
    if (last == Column::level2 || count(cells, Column::level1) > 1) each(last, [](HeaderCell& c) { c.role = Column::level3; });
  }
  each(Column::value, [](HeaderCell& c) {
    if (names_long_term(c.above)) c.role = Column::long_term_value;
  });
  // A second 偏差 column, or 原因 under 偏差原因分析, is a cause of its own.
  each(Column::none, [](HeaderCell& c) {
    if (!c.above.empty()) c.role = Column::other;
  });
}

void add(ColumnGroup& group, const HeaderCell& cell, Column role) {
  for (std::uint32_t column = cell.from; column < cell.to; ++column) group.of(role).push_back(column);
}

/// Where two 三级指标 stand apart, each opens a group; levels before the first belong to both unless the second has its own.
std::vector<ColumnGroup> split_groups(const std::vector<HeaderCell>& cells) {
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
      add(group, cells[i], alone ? Column::value : cells[i].role);
    }
    if (g > 0) {
      for (const Column level : {Column::level1, Column::level2}) {
        if (!group.has(level)) group.of(level) = groups[0].of(level);
      }
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

/// Quick: one of the first filled cells is a column's name. Most rows are no header.
bool may_be_header(const GridView& grid, std::uint32_t row) {
  int looked = 0;
  for (const Cell& cell : grid.row(row)) {
    if (grid.blank(cell)) continue;
    if (grid.column(cell) != Column::none) return true;
    if (++looked == 3) return false;
  }
  return false;
}

}  // namespace

std::optional<ColumnPlan> plan_columns(const GridView& grid, std::uint32_t row) {
  if (!may_be_header(grid, row)) return std::nullopt;
  std::vector<HeaderCell> cells = top_cells(grid, row);
  if (cells.size() < 2) return std::nullopt;
  // Most rows are no header; do not look at the row below for their sake.
  const bool promising = std::any_of(cells.begin(), cells.end(), [](const HeaderCell& c) { return is_level(c.role); });
  if (!promising) return std::nullopt;

  ColumnPlan plan;
  if (const auto sub = sub_cells(grid, row + 1, cells); !sub.empty()) {
    const auto both = merged(cells, sub);
    const bool under = std::any_of(sub.begin(), sub.end(), [](const HeaderCell& c) { return !c.above.empty(); });
    const bool repeated = is_header(cells) && is_header(sub);
    if (under && !repeated && is_header(both)) {
      cells = both;
      plan.header_rows = 2;
    }
  }
  if (!is_header(cells)) return std::nullopt;
  settle_roles(cells);

  plan.roles.assign(grid.columns(), Column::none);
  plan.names.resize(grid.columns());
  for (const HeaderCell& cell : cells) {
    for (std::uint32_t column = cell.from; column < cell.to; ++column) {
      plan.roles[column] = cell.role;
      plan.names[column] = cell.text;
    }
  }
  plan.groups = split_groups(cells);
  if (plan.groups.empty()) return std::nullopt;
  return plan;
}

}  // namespace jiheng::reading
