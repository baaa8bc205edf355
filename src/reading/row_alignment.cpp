#include "reading/row_alignment.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "goals/tree.h"
#include "reading/amount.h"
#include "reading/units.h"

namespace jiheng::reading {
namespace {

constexpr int impossible = -8;  ///< the content contradicts the column
constexpr int doubtful = -4;
constexpr int perfect = 5;
constexpr int shift_cost = 2;  ///< of every change of offset within a row
constexpr int never = -1000000;
constexpr int most_columns = 64;  ///< wider rows are no form's; matching them would take the cube of the width

enum class Content { comparator, number, share, unit, level1, level2, either_level, level_like, text };

/// First levels of other trees, which no 指标 or 目标 ends: those of scoring systems and of whole departments.
constexpr std::array<std::string_view, 12> foreign_levels = {"决策",     "过程",     "投入",     "管理",     "项目决策", "项目管理",
                                                             "履职效能", "管理效率", "运行成本", "社会效应", "可持续性", "能力建设"};

/// 定量, 反向指标: what a comparator's column says that compares nothing.
constexpr std::array<std::string_view, 6> kinds = {"定量", "定量指标", "正向", "反向", "正向指标", "反向指标"};

Content content_of(std::string_view text) {
  if (std::find(foreign_levels.begin(), foreign_levels.end(), text) != foreign_levels.end()) return Content::level_like;
  if (std::find(kinds.begin(), kinds.end(), text) != kinds.end()) return Content::comparator;
  if (text == "无" || text == "/") return Content::unit;
  const bool signed_or_digit = (text[0] >= '0' && text[0] <= '9') || text[0] == '-' || text[0] == '+';
  if (signed_or_digit) {
    if (is_number(text)) return Content::number;
    // 30%, 30分: a weight or a score as some print it.
    for (const std::string_view unit : {"%", "分"}) {
      if (ends_with(text, unit) && is_number(text.substr(0, text.size() - unit.size()))) return Content::share;
    }
  } else if (comparator_of(text)) {
    return Content::comparator;
  }
  const LevelNames names = level_names(text);
  const bool first = !names.level1.empty();
  const bool second = !names.level2.empty();
  if (first && second) return Content::either_level;
  if (first) return Content::level1;
  if (second) return Content::level2;
  if (is_measurement_unit(text)) return Content::unit;
  // A level outside the tree: 管理类指标, 影响力目标.
  constexpr std::size_t longest_level = 30;  // bytes
  if (text.size() <= longest_level && (ends_with(text, "指标") || ends_with(text, "目标") || ends_with(text, "类")))
    return Content::level_like;
  return Content::text;
}

/// How well a text fits a column.
int affinity(Content content, Column role) {
  const bool words = content != Content::comparator && content != Content::number;
  switch (role) {
    case Column::level1:
      if (content == Content::level1 || content == Content::either_level) return perfect;
      return content == Content::level_like ? 1 : impossible;
    case Column::level2:
      if (content == Content::level2 || content == Content::either_level) return perfect;
      if (content == Content::level_like) return 1;
      return content == Content::text || content == Content::share ? doubtful : impossible;
    case Column::level3:
      if (content == Content::text || content == Content::level_like || content == Content::share) return 2;
      return words ? 0 : impossible;
    case Column::comparator:
      return content == Content::comparator ? perfect : impossible;
    case Column::value:
    case Column::long_term_value:
    case Column::actual:
    case Column::forecast:
      if (content == Content::number) return 3;
      return content == Content::comparator ? impossible : content == Content::unit ? -2 : 1;
    case Column::unit:
      if (content == Content::unit) return 4;
      return content == Content::text || content == Content::level_like || content == Content::share ? doubtful : impossible;
    case Column::weight:
    case Column::score:
      return content == Content::number ? 3 : content == Content::share ? 2 : impossible;
    case Column::number:
      return content == Content::number ? 3 : impossible;
    case Column::explanation:
    case Column::scoring_rule:
    case Column::note:
    case Column::deviation:
      if (content == Content::comparator) return impossible;
      return content == Content::number ? doubtful : 1;
    case Column::frame:
      return content == Content::text || content == Content::level_like ? doubtful : impossible;
    default:
      return 0;
  }
}

}  // namespace

bool may_stand_in(const GridView& grid, const Cell& cell, Column role) {
  const std::string_view text = grid.text(cell);
  const bool digit = text[0] >= '0' && text[0] <= '9';
  switch (role) {
    case Column::frame:
    case Column::level1:
      return !grid.levels(cell).level1.empty();
    case Column::level2:
      return !grid.levels(cell).level2.empty();
    case Column::comparator:
      return comparator_of(text).has_value();
    case Column::unit:
    case Column::level3:
      if (digit && is_number(text)) return false;
      [[fallthrough]];
    case Column::value:
    case Column::explanation:
    case Column::scoring_rule:
    case Column::note:
      return text == "无" || !comparator_of(text);
    default:
      return false;
  }
}

bool names_levels_of_another_tree(const GridView& grid, std::span<const Cell* const> cells, const std::vector<Column>& roles) {
  bool named = false;
  bool target = false;
  for (const Cell* cell : cells) {
    if (cell->column >= roles.size()) return false;
    const std::string_view text = grid.text(*cell);
    std::string_view rest = text;
    const bool words = !(text[0] >= '0' && text[0] <= '9') && !take_comparator(rest);
    switch (const Column role = roles[cell->column]) {
      case Column::level1:
      case Column::level2:
        if (grid.is_level(*cell) ? !may_stand_in(grid, *cell, role) : !words) return false;
        break;
      case Column::level3:
        if (grid.is_level(*cell) || !words) return false;
        named = true;
        break;
      case Column::weight:
      case Column::score:
      case Column::number:
        if (!is_number(text)) return false;
        break;
      case Column::comparator:
      case Column::unit:
      case Column::explanation:
      case Column::scoring_rule:
      case Column::note:
        if (!may_stand_in(grid, *cell, role)) return false;
        break;
      case Column::value:
        if (!may_stand_in(grid, *cell, role)) return false;
        target = true;
        break;
      default:
        break;
    }
  }
  return named && target;
}

AlignedRow align_row(const std::vector<std::string_view>& texts, const std::vector<Column>& roles) {
  const int columns = static_cast<int>(roles.size());
  // A form's only level may be 数量指标, 质量指标 …
  const bool one_level = std::find(roles.begin(), roles.end(), Column::level2) == roles.end();
  const auto content = [&](std::string_view text) {
    const Content told = content_of(text);
    return one_level && told == Content::level2 ? Content::either_level : told;
  };
  AlignedRow row;
  row.cell_of.assign(roles.size(), AlignedRow::none);
  std::vector<int> cells;
  std::vector<Content> contents;
  int as_printed = 0;
  int worst = 0;
  for (int i = 0; i < static_cast<int>(texts.size()); ++i) {
    if (texts[static_cast<std::size_t>(i)].empty()) continue;
    cells.push_back(i);
    contents.push_back(content(texts[static_cast<std::size_t>(i)]));
    const int fit = i < columns ? affinity(contents.back(), roles[static_cast<std::size_t>(i)]) : impossible;
    as_printed += fit;
    worst = std::min(worst, fit);
    if (i < columns) row.cell_of[static_cast<std::size_t>(i)] = i;
  }
  if (columns > most_columns || worst > impossible || cells.empty() || static_cast<int>(cells.size()) > columns) return row;

  // best[k][c]: the best fit of the first k+1 filled cells with the last of them in column c.
  const std::size_t n = cells.size();
  std::vector<std::vector<int>> best(n, std::vector<int>(roles.size(), never));
  std::vector<std::vector<int>> from(n, std::vector<int>(roles.size(), -1));
  for (std::size_t k = 0; k < n; ++k) {
    for (int c = 0; c < columns; ++c) {
      const auto column = static_cast<std::size_t>(c);
      const int fit = affinity(contents[k], roles[column]);
      if (k == 0) {
        best[k][column] = fit - (c == cells[0] ? 0 : shift_cost);
        continue;
      }
      for (int p = 0; p < c; ++p) {
        const int before = best[k - 1][static_cast<std::size_t>(p)];
        if (before == never) continue;
        const bool same_offset = c - cells[k] == p - cells[k - 1];
        const int sum = before + fit - (same_offset ? 0 : shift_cost);
        if (sum > best[k][column]) {
          best[k][column] = sum;
          from[k][column] = p;
        }
      }
    }
  }
  const auto end = std::max_element(best[n - 1].begin(), best[n - 1].end());
  if (*end < as_printed + 3) return row;
  row.cell_of.assign(roles.size(), AlignedRow::none);
  int column = static_cast<int>(end - best[n - 1].begin());
  for (std::size_t k = n; k-- > 0;) {
    row.cell_of[static_cast<std::size_t>(column)] = cells[k];
    row.shifted = row.shifted || column != cells[k];
    column = from[k][static_cast<std::size_t>(column)];
  }
  return row;
}

}  // namespace jiheng::reading
