#include "reading/indicator_rows.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "goals/tree.h"
#include "reading/row_alignment.h"
#include "reading/target.h"
#include "reading/ticks.h"
#include "reading/value_doubts.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t usual_indicators = 16;

views::Text filled(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return text;
}

/// A number as a decimal string, with its per cent sign or unit gone; any other text as printed. A number in another unit than the
/// indicator's stays as printed.
views::Text number_or_text(std::string_view text, TextPool& texts, const views::Text& unit = std::nullopt) {
  if (text.empty()) return std::nullopt;
  const auto amount = whole_amount(text, texts);
  // 13.02万剂次 of an indicator in 万剂次: whatever that unit is, it is the same.
  if (!amount && unit && ends_with(text, *unit)) return number_of(text.substr(0, text.size() - unit->size()), texts).value_or(text);
  if (!amount || amount->comparator || amount->upper) return text;
  if (!amount->unit || !unit || *amount->unit == *unit) return amount->value;
  if (*unit == "无" || *unit == "/" || *unit == "-" || *unit == "—") return amount->value;
  return text;
}

/// Patterns that the empty form prints where a name should stand: 指标1：, ……
bool is_pattern(std::string_view name) {
  for (const std::string_view word : {"…", "."}) {
    if (starts_with(name, word)) {
      while (starts_with(name, word)) name.remove_prefix(word.size());
      if (name.empty()) return true;
    }
  }
  if (!starts_with(name, "指标")) return false;
  name.remove_prefix(std::string_view("指标").size());
  if (name.empty()) return false;
  while (!name.empty() && name[0] >= '0' && name[0] <= '9') name.remove_prefix(1);
  return name.empty() || name == "：" || name == ":" || name == ".";
}

/// 年度目标1： 长期目标2: a goal that stands among the indicators and is none of them.
bool is_numbered_goal(std::string_view name) {
  for (const std::string_view colon : {"：", ":"}) {
    if (!ends_with(name, colon)) continue;
    name.remove_suffix(colon.size());
    while (!name.empty() && name.back() >= '0' && name.back() <= '9') name.remove_suffix(1);
    const Label label = label_of(name);
    return label == Label::annual_goal || label == Label::long_term_goal || label == Label::goal_frame;
  }
  return false;
}

}  // namespace

/// The cells of one row by column, after the shifts of plain text are mended.
class IndicatorRows::RowCells {
 public:
  /// `by_column`, `printed`: room for the row's cells, the caller's so that it is taken once a table.
  RowCells(const GridView& grid, std::uint32_t row, const ColumnPlan& plan, std::vector<const Cell*>& by_column,
           std::vector<std::string_view>& printed, TextPool& texts)
      : grid_(grid), row_(row), heads_(plan.names), by_column_(by_column), texts_(texts) {
    by_column_.resize(plan.roles.size());
    for (std::uint32_t column = 0; column < by_column_.size(); ++column) by_column_[column] = grid.at(row, column);
    if (grid.from_lines()) align(plan, printed);
  }

  bool shifted() const { return shifted_; }
  const GridView& grid() const { return grid_; }
  std::uint32_t row() const { return row_; }
  const Cell* at(std::uint32_t column) const { return column < by_column_.size() ? by_column_[column] : nullptr; }

  /// The first filled cell of the column kind, else its first cell at all.
  const Cell* cell(const ColumnGroup& group, Column kind) const {
    const Cell* first = nullptr;
    for (const std::uint32_t column : group.of(kind)) {
      const Cell* cell = at(column);
      if (cell == nullptr) continue;
      if (!grid_.blank(*cell)) return cell;
      if (first == nullptr) first = cell;
    }
    return first;
  }

  std::string_view comparator(const ColumnGroup& group) const;

  /// The texts of all the kind's cells, joined: a header over two columns parts what belongs together.
  std::string_view text(const ColumnGroup& group, Column kind, bool stored = false) const {
    const auto columns = group.of(kind);
    if (columns.empty()) return {};
    if (columns.size() == 1) {
      const Cell* cell = at(columns.front());
      return cell == nullptr ? std::string_view() : stored ? grid_.stored(*cell) : grid_.text(*cell);
    }
    return joined_text(columns, kind, stored);
  }

 private:
  std::string_view joined_text(std::span<const std::uint32_t> columns, Column kind, bool stored) const {
    std::string_view all;
    const Cell* last = nullptr;
    for (const std::uint32_t column : columns) {
      const Cell* cell = at(column);
      if (cell == nullptr || cell == last) continue;
      last = cell;
      const std::string_view text = stored ? grid_.stored(*cell) : grid_.text(*cell);
      // A number beside a level or a name, under one header, only counts the rows.
      const bool level = kind == Column::level1 || kind == Column::level2 || kind == Column::level3;
      if (level && is_number(text)) continue;
      if (all.empty()) {
        all = text;
      } else if (!text.empty()) {
        // 偏差原因 beside 改进措施: two columns' words stay apart.
        all = texts_.join({all, level || heads_[column] == heads_[columns.front()] ? "" : " ", text});
      }
    }
    return all;
  }

  void align(const ColumnPlan& plan, std::vector<std::string_view>& printed) {
    const auto filled = grid_.filled(row_);
    const auto stands_right = [&](const Cell* cell) {
      return cell->column < plan.roles.size() && may_stand_in(grid_, *cell, plan.roles[cell->column]);
    };
    if (std::all_of(filled.begin(), filled.end(), stands_right)) return;
    if (names_levels_of_another_tree(grid_, filled, plan.roles)) return;
    printed.assign(std::max<std::size_t>(grid_.columns(), plan.roles.size()), {});
    for (const Cell* cell : filled) printed[cell->column] = grid_.text(*cell);
    const AlignedRow aligned = align_row(printed, plan.roles);
    shifted_ = aligned.shifted;
    if (!shifted_) return;
    for (std::size_t column = 0; column < by_column_.size(); ++column) {
      const int index = aligned.cell_of[column];
      by_column_[column] = index == AlignedRow::none ? nullptr : grid_.at(row_, static_cast<std::uint32_t>(index));
    }
  }

  const GridView& grid_;
  std::uint32_t row_;
  const std::vector<std::string_view>& heads_;
  std::vector<const Cell*>& by_column_;
  TextPool& texts_;
  bool shifted_ = false;
};

void IndicatorRows::plan(ColumnPlan plan, bool first_is_long_term) {
  plan_ = std::move(plan);
  if (table_.indicators.empty()) table_.indicators.reserve(usual_indicators);
  levels_.resize(plan_.groups.size());
  const bool told = std::any_of(plan_.groups.begin(), plan_.groups.end(), [](const ColumnGroup& g) { return g.long_term; });
  if (plan_.groups.size() > 1 && !told && first_is_long_term) plan_.groups.front().long_term = true;
  long_term_block_ = false;
  frame_ = nullptr;
  for (std::size_t column = 0; column < plan_.roles.size(); ++column) {
    if (plan_.roles[column] == Column::frame && !plan_.names[column].empty()) long_term_block_ = names_long_term(plan_.names[column]);
  }
}

bool IndicatorRows::level_banner(std::string_view text) {
  const LevelNames names = level_names(text);
  if (!names.any()) return false;
  const bool has_second = std::any_of(levels_.begin(), levels_.end(), [](const Levels& levels) { return levels.level2.has_value(); });
  for (Levels& levels : levels_) {
    levels.first = levels.second = nullptr;
    // 成本指标 among the second levels of 产出指标, the older tree.
    const bool older = has_second && levels.level1 == "产出指标" && names.level2 == "成本指标";
    if (!names.level1.empty() && !older) {
      levels.level1 = names.level1;
      levels.level2.reset();
    } else {
      levels.level2 = names.level2;
    }
  }
  return true;
}

/// Mid-term indicators above the annual ones: the frame beside the rows, or over them, tells.
void IndicatorRows::read_horizon(const RowCells& cells) {
  const ColumnGroup& group = plan_.groups.front();
  if (!group.has(Column::frame)) return;
  const bool alone = group.of(Column::frame).size() == 1;
  const Cell* const cell = alone ? cells.at(group.of(Column::frame).front()) : nullptr;
  if (cell != nullptr && cell == frame_) return;
  frame_ = cell;
  const std::string_view frame = cells.text(group, Column::frame);
  if (!frame.empty()) long_term_block_ = names_long_term(frame);
}

void IndicatorRows::note(std::string_view code, std::string_view message, std::optional<int> indicator, const views::Source& source) {
  notes_.push_back({code, message, std::nullopt, indicator, source});
}

void IndicatorRows::read_levels(const RowCells& cells, const ColumnGroup& group, Levels& levels) {
  const Cell* first = cells.cell(group, Column::level1);
  const Cell* second = cells.cell(group, Column::level2);
  const bool one_column_each = group.of(Column::level1).size() <= 1 && group.of(Column::level2).size() <= 1;
  if (one_column_each && (first != nullptr || second != nullptr) && first == levels.first && second == levels.second) return;
  levels.first = first;
  levels.second = second;
  const std::string_view level1 = cells.text(group, Column::level1);
  std::string_view level2 = cells.text(group, Column::level2);
  const auto names_of = [&](const Cell* cell, std::string_view text) {
    const bool whole = cell != nullptr && cells.grid().text(*cell).data() == text.data() && cells.grid().text(*cell).size() == text.size();
    return whole ? cells.grid().levels(*cell) : level_names(text);
  };
  // One cell over both levels: there is no second.
  const bool one_cell = first != nullptr && first == second;
  if (one_cell) level2 = {};
  if (!level1.empty()) {
    const LevelNames names = names_of(first, level1);
    std::string_view canonical = names.level1;
    // A form whose only level is 数量指标, 质量指标 …; 可持续性 beside a second level is another tree's.
    if (canonical.empty() && (!group.has(Column::level2) || one_cell || starts_with(names.level2, level1))) canonical = names.level2;
    // With a target behind it and no name beside it, it is the indicator's own name that ran out of its column.
    const bool nameless = cells.text(group, Column::level3).empty() || cells.cell(group, Column::level3) == first;
    const bool name_astray = canonical.empty() && group.has(Column::level3) && nameless && !cells.text(group, Column::value).empty();
    if (name_astray) {
      levels.first = levels.second = nullptr;
      return;
    }
    const std::string_view name = canonical.empty() ? level1 : canonical;
    // A new cell with the same name is the level repeated row by row; its second level goes on, too.
    if (name != levels.level1 || one_cell) levels.level2.reset();
    levels.level1 = name;
  }
  if (!level2.empty()) {
    const std::string_view canonical = names_of(second, level2).level2;
    levels.level2 = canonical.empty() ? level2 : canonical;
  }
}

void IndicatorRows::read_group(const RowCells& cells, const ColumnGroup& group, Levels& levels) {
  read_levels(cells, group, levels);
  const Cell* name_cell = cells.cell(group, Column::level3);
  std::string_view name = cells.text(group, Column::level3);
  // One cell over name and level is the level alone.
  const Cell* second = cells.cell(group, Column::level2);
  const Cell* first = cells.cell(group, Column::level1);
  if (name_cell != nullptr && (name_cell == first || (name_cell == second && canonical_level2(name)))) name = {};
  // 监控结论 | a sentence over name, target and all that follows: no indicator.
  if (name_cell != nullptr && name_cell->column_span > 1 && name_cell == cells.cell(group, Column::value)) return;
  if (!name.empty() && is_nothing(name) && is_nothing(cells.text(group, Column::value))) return;
  if (is_pattern(name) && cells.text(group, Column::value).empty()) return;
  if (is_numbered_goal(name)) return;
  // ≥95% in the name's column is a target that lost its own.
  const auto target_in_name = cells.text(group, Column::value).empty() ? whole_amount(name, texts_) : std::nullopt;
  if (target_in_name && target_in_name->comparator) {
    note("row-skipped", "这一行有指标值而没有指标名称，没有读作指标，请核对原文。", std::nullopt, cells.grid().source(*name_cell));
    return;
  }
  if (name.empty()) {
    // A target without a name, unless one cell is name and level: a heading.
    const std::string_view value = cells.text(group, Column::value);
    const bool target = !cells.text(group, Column::comparator).empty() || whole_amount(value, texts_);
    const bool heading = name_cell != nullptr && cells.grid().is_level(*name_cell);
    if (!value.empty() && target && !heading) {
      note("row-skipped", "这一行有指标值而没有指标名称，没有读作指标，请核对原文。", std::nullopt, cells.grid().source(cells.row()));
    }
    return;
  }
  const bool blank1 = group.has(Column::level1) && cells.text(group, Column::level1).empty() && !levels.level1.empty();
  const bool blank2 = group.has(Column::level2) && cells.text(group, Column::level2).empty() && levels.level2;
  if (blank1 || blank2) {
    if (filled_down_++ == 0) first_filled_down_ = cells.grid().source(cells.row());
  }
  if (!plan_.per_place.empty()) return add_per_place(cells, group, levels, name);
  const bool long_term = !cells.text(group, Column::long_term_value).empty();
  // A target that stands only in the mid-term column has no annual one.
  const bool annual = !long_term || !cells.text(group, Column::value).empty();
  const bool long_term_first = long_term && annual && group.of(Column::long_term_value).front() < group.of(Column::value).front();
  if (long_term_first) add_indicator(cells, group, levels, name, Column::long_term_value);
  if (annual) add_indicator(cells, group, levels, name, Column::value);
  if (long_term && !long_term_first) add_indicator(cells, group, levels, name, Column::long_term_value);
}

/// One value column for each town: an indicator for each that is filled, the town in a note.
void IndicatorRows::add_per_place(const RowCells& cells, const ColumnGroup& group, const Levels& levels, std::string_view name) {
  ColumnGroup one = group;
  bool any = false;
  for (const std::uint32_t column : plan_.per_place) {
    const Cell* cell = cells.at(column);
    if (cell == nullptr || cells.grid().blank(*cell)) continue;
    one.set(Column::value, {&column, 1});
    any = true;
    const std::size_t index = table_.indicators.size();
    add_indicator(cells, one, levels, name, Column::value);
    notes_.push_back({"value-per-place", texts_.join({"“", name, "”的指标值分栏填写，这一条取自“", plan_.names[column], "”栏。"}),
                      std::nullopt, static_cast<int>(index), table_.indicators.back().source});
  }
  if (!any) add_indicator(cells, group, levels, name, Column::value);
}

/// The weight or score of this indicator; nullopt where the cell reaches over several indicators.
views::Text IndicatorRows::own_number(const RowCells& cells, const ColumnGroup& group, Column kind) {
  const Cell* cell = cells.cell(group, kind);
  if (cell == nullptr || cells.grid().blank(*cell)) return std::nullopt;
  const Cell* name = cells.cell(group, Column::level3);
  if (cell->row_span > 1 && name != nullptr && cell->row_span > name->row_span) {
    if (!shared_number_) {
      notes_.push_back({"number-shared",
                        texts_.join({"分值或得分“", cell->printed(), "”是几个指标合用的一格，没有读作单个指标的分值，请核对。"}),
                        std::nullopt, present_index(), cells.grid().source(*cell)});
    }
    shared_number_ = true;
    return std::nullopt;
  }
  return number_or_text(cells.text(group, kind, true), texts_);
}

/// The comparator's column; of two (指标性质: 定量, 计算符号: ≥) the one that compares.
std::string_view IndicatorRows::RowCells::comparator(const ColumnGroup& group) const {
  const Cell* first = nullptr;
  const Cell* qualitative = nullptr;
  for (const std::uint32_t column : group.of(Column::comparator)) {
    const Cell* cell = at(column);
    if (cell == nullptr || grid_.blank(*cell)) continue;
    if (first == nullptr) first = cell;
    const auto comparator = comparator_of(grid_.text(*cell));
    if (comparator && *comparator != Comparator::qualitative) return grid_.text(*cell);
    if (comparator && qualitative == nullptr) qualitative = cell;
  }
  if (qualitative != nullptr) return grid_.text(*qualitative);
  return first == nullptr ? std::string_view() : grid_.text(*first);
}

void IndicatorRows::add_indicator(const RowCells& cells, const ColumnGroup& group, const Levels& levels, std::string_view name,
                                  Column value_column) {
  views::Indicator& indicator = table_.indicators.emplace_back();
  indicator.level1 = levels.level1;
  indicator.level2 = levels.level2;
  indicator.level3 = name;
  indicator.long_term = group.long_term || long_term_block_ || value_column == Column::long_term_value;

  const Cell* value_cell = cells.cell(group, value_column);
  const std::string_view value = cells.text(group, value_column, true);
  const std::string_view comparator = cells.comparator(group);
  const std::string_view unit = cells.text(group, Column::unit);
  const Target target = read_target({value, comparator, unit, name, value_cell != nullptr && value_cell->percent}, texts_);
  target.write_to(indicator);
  indicator.explanation = filled(cells.text(group, Column::explanation));
  indicator.scoring_rule = filled(cells.text(group, Column::scoring_rule));
  indicator.note = filled(cells.text(group, Column::note));
  indicator.weight = own_number(cells, group, Column::weight);
  if (indicator.weight && !is_number(*indicator.weight)) indicator.weight.reset();
  const Cell* place = value_cell != nullptr ? value_cell : cells.cell(group, Column::level3);
  indicator.source = place != nullptr ? cells.grid().source(*place) : cells.grid().source(cells.row());
  read_results(cells, group, indicator);
  if (!target.note_code.empty()) note(target.note_code, target.note_message, present_index(), indicator.source);
  if (cells.shifted())
    note("column-shift-repaired", texts_.join({"“", name, "”这一行的单元格与表头错位，已按内容对回各列，请核对。"}), present_index(),
         indicator.source);
}

void IndicatorRows::read_results(const RowCells& cells, const ColumnGroup& group, views::Indicator& indicator) {
  indicator.actual = number_or_text(cells.text(group, Column::actual, true), texts_, indicator.unit);
  indicator.score = own_number(cells, group, Column::score);
  indicator.deviation = filled(cells.text(group, Column::deviation));
  indicator.forecast = number_or_text(cells.text(group, Column::forecast, true), texts_, indicator.unit);
  for (const Column kind : {Column::causes, Column::cause}) {
    const Cell* last = nullptr;
    for (const std::uint32_t column : group.of(kind)) {
      const Cell* cell = cells.at(column);
      if (cell == nullptr || cell == last || cells.grid().blank(*cell)) continue;
      last = cell;
      // Two columns of one name are one cause.
      const std::string_view text = cells.grid().text(*cell);
      const auto same =
          std::find_if(indicator.causes.begin(), indicator.causes.end(), [&](const auto& c) { return c.first == plan_.names[column]; });
      if (same == indicator.causes.end()) {
        indicator.causes.emplace_back(plan_.names[column], text);
      } else {
        same->second = texts_.join({same->second, " ", text});
      }
    }
  }
  read_likelihood(cells, group, indicator);
}

void IndicatorRows::read_likelihood(const RowCells& cells, const ColumnGroup& group, views::Indicator& indicator) {
  int ticks = 0;
  for (const std::uint32_t column : group.of(Column::likelihood_choice)) {
    const Cell* cell = cells.at(column);
    if (cell == nullptr || !is_tick(cells.grid().text(*cell))) continue;
    ++ticks;
    indicator.likelihood = plan_.names[column];
  }
  if (ticks > 1) {
    indicator.likelihood.reset();
    note("likelihood-ambiguous", texts_.join({"“", indicator.level3, "”的完成可能性勾了不止一项，没有读入，请核对。"}), present_index(),
         indicator.source);
  }
  // A tick alone, with the choices elsewhere, does not say which.
  const std::string_view likelihood = cells.text(group, Column::likelihood);
  if (ticks == 0 && !is_tick(likelihood)) indicator.likelihood = filled(ticked_choice(likelihood, texts_));
}

void IndicatorRows::read(const GridView& grid, std::uint32_t row) {
  const RowCells cells(grid, row, plan_, by_column_, printed_, texts_);
  read_horizon(cells);
  for (std::size_t g = 0; g < plan_.groups.size(); ++g) read_group(cells, plan_.groups[g], levels_[g]);
}

void IndicatorRows::finish() {
  if (!plan_.groups.empty()) note_doubtful_values(table_, plan_.groups.front().has(Column::comparator), notes_, texts_);
  if (filled_down_ == 0) return;
  notes_.push_back({"level-filled-down",
                    texts_.join({"有", std::to_string(filled_down_), "行的一级或二级指标单元格是空的，按上一行的级别填写。"}), std::nullopt,
                    std::nullopt, first_filled_down_});
}

}  // namespace jiheng::reading
