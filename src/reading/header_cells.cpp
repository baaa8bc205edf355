#include "reading/header_cells.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"
#include "reading/amount.h"

namespace jiheng::reading {
namespace {

constexpr std::uint32_t most_rows = 3;

HeaderCell header_cell(const GridView& grid, const Cell& cell) {
  HeaderCell found;
  found.role = grid.column(cell);
  found.label = grid.label(cell);
  found.text = grid.text(cell);
  found.from = cell.column;
  found.to = cell.column + cell.column_span;
  return found;
}

std::vector<HeaderCell> cells_of(const GridView& grid, std::uint32_t row) {
  const auto filled = grid.filled(row);
  std::vector<HeaderCell> cells;
  cells.reserve(filled.size());
  for (const Cell* cell : filled) cells.push_back(header_cell(grid, *cell));
  return cells;
}

/// Behind the last column that a cell of the header stands over. Plain text, and a sheet that has lost its merges, leave blank what a wide
/// cell covers.
std::uint32_t reach(const GridView& grid, const std::vector<HeaderCell>& cells, std::size_t index) {
  if (!grid.from_lines() && grid.merges_columns()) return cells[index].to;
  return index + 1 < cells.size() ? cells[index + 1].from : grid.columns();
}

/// The index of the first cell that begins behind the column; they stand left to right.
std::size_t first_behind(const std::vector<HeaderCell>& cells, std::uint32_t column) {
  const auto behind =
      std::upper_bound(cells.begin(), cells.end(), column, [](std::uint32_t value, const HeaderCell& c) { return value < c.from; });
  return static_cast<std::size_t>(behind - cells.begin());
}

/// Whether the cell shares a column with one of those, which stand left to right.
bool shares_column(const std::vector<HeaderCell>& cells, const HeaderCell& cell) {
  const std::size_t behind = first_behind(cells, cell.to - 1);
  return behind > 0 && cells[behind - 1].to > cell.from;
}

/// Whether a row under a header may belong to it: nothing but names of columns, or names of towns under one wide 指标值.
std::vector<HeaderCell> cells_under(const GridView& grid, std::uint32_t row, const std::vector<HeaderCell>& top) {
  std::vector<HeaderCell> cells;
  bool all_under_wide = true;
  bool unknown = false;
  for (const Cell* printed : grid.filled(row)) {
    HeaderCell& cell = cells.emplace_back(header_cell(grid, *printed));
    bool wide = false;
    const std::size_t behind = first_behind(top, cell.from);
    const std::uint32_t to = behind == 0 ? 0 : reach(grid, top, behind - 1);
    if (cell.from < to) {
      const HeaderCell& over = top[behind - 1];
      cell.above = over.text;
      wide = to - over.from > 1 && cell.to <= to;
      // A name of a town is no name of a column.
      const bool free = cell.label == Label::none || cell.label == Label::budget_total || cell.label == Label::total_score;
      // 全年绩效目标值 is no town.
      if (cell.role == Column::none && wide && over.role == Column::value) cell.role = guessed_column(cell.text);
      if (cell.role == Column::none && free && wide && over.role == Column::value) {
        cell.role = Column::value;
        cell.place = true;
        if (comparator_of(cell.text) || is_number(cell.text)) return {};
      }
    }
    all_under_wide = all_under_wide && wide;
    unknown = unknown || (cell.role == Column::none && cell.label == Label::none) || cell.place;
    if (unknown && !all_under_wide) return {};
  }
  if (std::any_of(cells.begin(), cells.end(), [](const HeaderCell& c) { return c.role == Column::none && c.label == Label::none; })) {
    // Under 偏差原因分析 and the like any words name a column.
    for (const HeaderCell& cell : cells) {
      if (cell.above.empty()) return {};
      if (is_number(cell.text) || comparator_of(cell.text)) return {};
    }
  }
  return cells;
}

/// The wider cells of the upper rows give way to those under them.
std::vector<HeaderCell> merged(const std::vector<HeaderCell>& top, const std::vector<HeaderCell>& sub) {
  std::vector<HeaderCell> cells = sub;
  for (const HeaderCell& cell : top) {
    if (!shares_column(sub, cell)) cells.push_back(cell);
  }
  std::sort(cells.begin(), cells.end(), [](const HeaderCell& a, const HeaderCell& b) { return a.from < b.from; });
  return cells;
}

bool is_header(const std::vector<HeaderCell>& cells) {
  int known = 0;
  int unknown = 0;
  bool level = false;
  bool value = false;
  for (const HeaderCell& cell : cells) {
    if (cell.role == Column::none) {
      unknown += cell.label == Label::none;
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

/// Words that the table of synonyms lacks, in a row that has a level's name already: what their parts say.
void guess_roles(std::vector<HeaderCell>& cells) {
  bool named = false;
  for (HeaderCell& cell : cells) {
    named = named || cell.role == Column::level3;
    if (cell.role != Column::none) continue;
    // 1-7月目标完成情况 right of the indicator's name is its own; elsewhere it tells of the form's goal.
    const bool own = named && cell.label == Label::goal_result && count(cells, Column::actual) == 0;
    if (cell.label == Label::none || own) cell.role = guessed_column(cell.text);
  }
}

bool names_target(const std::vector<HeaderCell>& cells) {
  return std::any_of(cells.begin(), cells.end(), [](const HeaderCell& c) {
    return c.role == Column::value || c.role == Column::comparator || c.role == Column::long_term_value || c.role == Column::actual;
  });
}

/// Of the row above a header, what stands over none of its cells.
std::vector<HeaderCell> cells_over_blanks(const GridView& grid, std::uint32_t row, const std::vector<HeaderCell>& cells) {
  std::vector<HeaderCell> above = cells_of(grid, row - 1);
  std::erase_if(above, [&](const HeaderCell& over) { return shares_column(cells, over); });
  return above;
}

/// 年度绩效指标 | 年初目标值 | 实际完成值 over 一级指标 | 二级指标 | 三级指标 alone: what stands above blank places names their columns.
void take_names_above(const GridView& grid, std::uint32_t row, std::vector<HeaderCell>& cells) {
  std::vector<HeaderCell> above = cells_over_blanks(grid, row, cells);
  guess_roles(above);
  std::erase_if(above, [](const HeaderCell& over) { return over.role == Column::none || over.role == Column::frame; });
  if (!names_target(above)) return;
  cells.insert(cells.end(), above.begin(), above.end());
  std::sort(cells.begin(), cells.end(), [](const HeaderCell& a, const HeaderCell& b) { return a.from < b.from; });
}

/// The same where nothing is merged: the names stand above blank places, and the project's own stands below them, so that it is a list.
std::vector<HeaderCell> names_over_blanks(const GridView& grid, std::uint32_t row, std::uint32_t rows,
                                          const std::vector<HeaderCell>& cells) {
  if (!grid.from_lines() && grid.merges_columns()) return {};
  std::vector<HeaderCell> above = cells_over_blanks(grid, row, cells);
  const bool list = std::any_of(above.begin(), above.end(), [&](const HeaderCell& over) {
    const Cell* below = grid.at(row + rows, over.from);
    return over.label == Label::project_name && below != nullptr && !grid.blank(*below) && !grid.is_level(*below) && !grid.is_label(*below);
  });
  return list ? above : std::vector<HeaderCell>();
}

/// 项目名称 | 绩效目标运行情况 over 一级指标 | 二级指标 …: a cell that reaches down beside the names of the levels, and no further, names
/// its column as they do. Whether any did.
bool take_names_beside(const GridView& grid, std::uint32_t row, std::uint32_t rows, std::vector<HeaderCell>& cells) {
  std::vector<HeaderCell> beside = names_over_blanks(grid, row, rows, cells);
  for (std::uint32_t column = 0; column < grid.columns();) {
    const Cell* cell = grid.at(row, column);
    column = cell == nullptr ? column + 1 : cell->column + cell->column_span;
    if (cell == nullptr || cell->row == row || cell->row + cell->row_span != row + rows || grid.blank(*cell)) continue;
    HeaderCell name = header_cell(grid, *cell);
    if (!shares_column(cells, name)) beside.push_back(name);
  }
  guess_roles(beside);
  std::erase_if(beside, [](const HeaderCell& c) { return c.role == Column::none && c.label == Label::none; });
  if (beside.empty()) return false;
  cells.insert(cells.end(), beside.begin(), beside.end());
  std::sort(cells.begin(), cells.end(), [](const HeaderCell& a, const HeaderCell& b) { return a.from < b.from; });
  return true;
}

constexpr std::array<std::string_view, 9> level_endings = {"标", "级", "称", "容", "型", "别", "类", "名", "）"};

/// A number below 64 for a character, by its last two bytes.
constexpr unsigned slot_of(std::string_view character) {
  return (static_cast<unsigned char>(character[1]) * 5U + static_cast<unsigned char>(character[2])) & 63U;
}

/// Whether a word ends as the names of levels do: 指标, 级, 名称, 内容, 类型, 类别, 分类, 名, or in a bracket.
bool ends_as_level(std::string_view text) {
  constexpr std::uint64_t slots = [] {
    std::uint64_t all = 0;
    for (const std::string_view ending : level_endings) all |= std::uint64_t{1} << slot_of(ending);
    return all;
  }();
  // 一级指标：
  if (text.back() == ':') text.remove_suffix(1);
  if (ends_with(text, "：")) text.remove_suffix(std::string_view("：").size());
  if (text.size() < 3) return false;
  if (text.back() == ')') return true;
  const std::string_view last = text.substr(text.size() - 3);
  if ((slots >> slot_of(last) & 1) == 0) return false;
  return std::find(level_endings.begin(), level_endings.end(), last) != level_endings.end();
}

/// Quick: a cell whose word may name a level's column, or a frame over several. Most rows are no header.
bool may_be_header(const GridView& grid, std::uint32_t row) {
  constexpr std::size_t longest = 48;  // bytes
  for (const Cell* cell : grid.filled(row)) {
    const std::string_view text = grid.text(*cell);
    if (text.size() > longest || !ends_as_level(text)) continue;
    const Column column = grid.column(*cell);
    if (is_level(column) || (column == Column::frame && (cell->column_span > 1 || !grid.merges_columns()))) return true;
  }
  return false;
}

}  // namespace

bool is_level(Column column) {
  return column == Column::level1 || column == Column::level2 || column == Column::level3;
}

int count(const std::vector<HeaderCell>& cells, Column role) {
  return static_cast<int>(std::count_if(cells.begin(), cells.end(), [&](const HeaderCell& cell) { return cell.role == role; }));
}

Header header_at(const GridView& grid, std::uint32_t row) {
  Header header;
  // The name of a level may stand in the second row, under 绩效指标 over all.
  const bool promising = may_be_header(grid, row);
  if (!promising) return header;
  std::vector<HeaderCell> cells = cells_of(grid, row);
  if (cells.size() < 2) return header;
  guess_roles(cells);
  // 年度绩效目标 | a sentence: a row with unknown words and no level is no upper part of a header.
  const bool level = std::any_of(cells.begin(), cells.end(), [](const HeaderCell& c) { return is_level(c.role); });
  const bool unknown =
      std::any_of(cells.begin(), cells.end(), [](const HeaderCell& c) { return c.role == Column::none && c.label == Label::none; });
  if (unknown && !level) return header;
  for (std::uint32_t below = 1; below < most_rows; ++below) {
    std::vector<HeaderCell> sub = cells_under(grid, row + below, cells);
    if (sub.empty()) break;
    guess_roles(sub);
    std::vector<HeaderCell> both = merged(cells, sub);
    const bool under = std::any_of(sub.begin(), sub.end(), [](const HeaderCell& c) { return !c.above.empty(); });
    // A wide 绩效指标 over names of columns parts them; the same names again below one another are a header printed twice.
    bool parted = false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::uint32_t from = cells[i].from;
      const std::uint32_t to = reach(grid, cells, i);
      if (to - from < 2) continue;
      const std::size_t before = from == 0 ? 0 : first_behind(sub, from - 1);
      parted = parted || first_behind(sub, to - 1) - before > 1;
    }
    const bool repeated = !parted && is_header(cells) && is_header(sub);
    if (!under || repeated || !is_header(both)) break;
    cells = std::move(both);
    header.rows = below + 1;
  }
  if (!is_header(cells)) return header;
  header.names_target = names_target(cells);
  if (row > 0 && !header.names_target) take_names_above(grid, row, cells);
  // What stands beside it above its rows is not printed again with them.
  if (row > 0 && take_names_beside(grid, row, header.rows, cells)) header.names_target = false;
  header.cells = std::move(cells);
  return header;
}

bool goes_on_below(const GridView& grid, std::uint32_t row, const Header& header) {
  return header.rows < most_rows && !cells_under(grid, row + header.rows, header.cells).empty();
}

}  // namespace jiheng::reading
