#include "reading/indicator_rows.h"

#include <algorithm>

#include "base/text.h"
#include "goals/tree.h"
#include "reading/row_alignment.h"
#include "reading/target.h"

namespace jiheng::reading {
namespace {

Text filled(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

bool is_tick(std::string_view text) {
  for (const std::string_view tick : {"√", "✓", "✔", "☑", "■", "是", "1", "●", "☒", "×", "v", "V", "R"}) {
    if (text == tick) return true;
  }
  return false;
}

/// "确定能☑ 有可能□ 完全不可能□": the choice with the ticked box; a text without boxes is as it is.
std::string ticked(std::string_view text) {
  static constexpr std::string_view boxes[] = {"☑", "√", "✓", "✔", "■", "☒"};
  static constexpr std::string_view empty_boxes[] = {"□", "☐", "○"};
  for (const std::string_view box : boxes) {
    const std::size_t at = text.find(box);
    if (at == std::string_view::npos) continue;
    const auto is_edge = [](std::string_view rest) {
      for (const std::string_view edge : boxes)
        if (starts_with(rest, edge)) return true;
      for (const std::string_view edge : empty_boxes)
        if (starts_with(rest, edge)) return true;
      return starts_with(rest, " ") || starts_with(rest, "；") || starts_with(rest, "、");
    };
    // The word behind the box, or, where the boxes stand behind their words, the one before it.
    std::size_t end = at + box.size();
    while (end < text.size() && !is_edge(text.substr(end))) ++end;
    const std::string_view behind = trim(text.substr(at + box.size(), end - at - box.size()));
    std::size_t begin = 0;
    for (std::size_t i = 0; i < at; ++i) {
      if (!is_edge(text.substr(i))) continue;
      std::size_t next = i;
      next_code_point(text, next);
      begin = next;
    }
    const std::string_view before = trim(text.substr(begin, at - begin));
    const bool boxes_lead = std::any_of(std::begin(boxes), std::end(boxes), [&](auto b) { return starts_with(text, b); }) ||
                            std::any_of(std::begin(empty_boxes), std::end(empty_boxes), [&](auto b) { return starts_with(text, b); });
    return std::string(boxes_lead || before.empty() ? behind : before);
  }
  return std::string(text);
}

/// A number as a decimal string, with its per cent sign or the indicator's unit gone; any other text as printed.
Text number_or_text(std::string text, const Text& unit = std::nullopt) {
  if (text.empty()) return std::nullopt;
  if (Text number = amount_of(text)) return number;
  if (unit && ends_with(text, *unit)) {
    if (Text number = number_of(trim(std::string_view(text).substr(0, text.size() - unit->size())))) return number;
  }
  return text;
}

}  // namespace

/// The cells of one row by column, after the shifts of plain text are mended.
class IndicatorRows::RowCells {
 public:
  RowCells(const GridView& grid, std::uint32_t row, const ColumnPlan& plan)
      : grid_(grid), row_(row), by_column_(plan.roles.size(), nullptr) {
    for (std::uint32_t column = 0; column < by_column_.size(); ++column) by_column_[column] = grid.at(row, column);
    if (grid.from_lines()) align(plan);
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

  /// The texts of all the kind's cells, joined: a header over two columns parts what belongs together.
  std::string text(const ColumnGroup& group, Column kind, bool stored = false) const {
    std::string joined;
    const Cell* last = nullptr;
    for (const std::uint32_t column : group.of(kind)) {
      const Cell* cell = at(column);
      if (cell == nullptr || cell == last) continue;
      last = cell;
      joined += stored ? grid_.stored(*cell) : grid_.text(*cell);
    }
    return joined;
  }

 private:
  void align(const ColumnPlan& plan) {
    std::vector<std::string_view> texts;
    std::vector<const Cell*> cells;
    for (std::uint32_t column = 0; column < std::max<std::size_t>(grid_.columns(), plan.roles.size()); ++column) {
      const Cell* cell = grid_.at(row_, column);
      cells.push_back(cell);
      texts.push_back(cell == nullptr ? std::string_view() : grid_.text(*cell));
    }
    const AlignedRow aligned = align_row(texts, plan.roles);
    shifted_ = aligned.shifted;
    if (!shifted_) return;
    for (std::size_t column = 0; column < by_column_.size(); ++column) {
      const int index = aligned.cell_of[column];
      by_column_[column] = index == AlignedRow::none ? nullptr : cells[static_cast<std::size_t>(index)];
    }
  }

  const GridView& grid_;
  std::uint32_t row_;
  std::vector<const Cell*> by_column_;
  bool shifted_ = false;
};

void IndicatorRows::plan(ColumnPlan plan) {
  plan_ = std::move(plan);
  levels_.resize(plan_.groups.size());
}

void IndicatorRows::note(std::string code, std::string message, const Source& source) {
  notes_.push_back({std::move(code), std::move(message), std::nullopt, static_cast<int>(table_.indicators.size()), source});
}

void IndicatorRows::read_levels(const RowCells& cells, const ColumnGroup& group, Levels& levels) {
  const Cell* first = cells.cell(group, Column::level1);
  const Cell* second = cells.cell(group, Column::level2);
  const std::string level1 = cells.text(group, Column::level1);
  std::string level2 = cells.text(group, Column::level2);
  // One cell over both levels: there is no second.
  const bool one_cell = first != nullptr && first == second;
  if (one_cell) level2.clear();
  if (!level1.empty()) {
    const auto canonical = canonical_level1(level1);
    const std::string name = canonical ? std::string(*canonical) : level1;
    // A new cell with the same name is the level repeated row by row; its second level goes on, too.
    if (name != levels.level1 || one_cell) levels.level2.reset();
    levels.level1 = name;
  }
  if (!level2.empty()) {
    const auto canonical = canonical_level2(level2);
    levels.level2 = canonical ? std::string(*canonical) : level2;
  }
}

void IndicatorRows::read_group(const RowCells& cells, const ColumnGroup& group, Levels& levels) {
  read_levels(cells, group, levels);
  const Cell* name_cell = cells.cell(group, Column::level3);
  std::string name = cells.text(group, Column::level3);
  // One cell over name and level is the level alone.
  const Cell* second = cells.cell(group, Column::level2);
  const Cell* first = cells.cell(group, Column::level1);
  if (name_cell != nullptr && (name_cell == first || (name_cell == second && canonical_level2(name)))) name.clear();
  if (name.empty()) {
    if (!cells.text(group, Column::value).empty() && !cells.text(group, Column::comparator).empty()) {
      note("row-skipped", "这一行有指标值而没有指标名称，没有读作指标，请核对原文。", cells.grid().source(cells.row()));
      notes_.back().indicator.reset();
    }
    return;
  }
  const bool blank1 = group.has(Column::level1) && cells.text(group, Column::level1).empty() && !levels.level1.empty();
  const bool blank2 = group.has(Column::level2) && cells.text(group, Column::level2).empty() && levels.level2;
  if (blank1 || blank2) {
    if (filled_down_++ == 0) first_filled_down_ = cells.grid().source(cells.row());
  }
  add_indicator(cells, group, levels, name, Column::value);
  if (!cells.text(group, Column::long_term_value).empty()) add_indicator(cells, group, levels, name, Column::long_term_value);
}

void IndicatorRows::add_indicator(const RowCells& cells, const ColumnGroup& group, const Levels& levels, const std::string& name,
                                  Column value_column) {
  Indicator indicator;
  indicator.level1 = levels.level1;
  indicator.level2 = levels.level2;
  indicator.level3 = name;
  indicator.long_term = group.long_term || value_column == Column::long_term_value;

  const Cell* value_cell = cells.cell(group, value_column);
  const std::string value = cells.text(group, value_column, true);
  const std::string comparator = cells.text(group, Column::comparator);
  const std::string unit = cells.text(group, Column::unit);
  const Target target = read_target({value, comparator, unit, name, value_cell != nullptr && value_cell->percent});
  indicator.comparator = target.comparator;
  indicator.value = target.value;
  indicator.unit = target.unit;
  indicator.upper = target.upper;
  indicator.explanation = filled(cells.text(group, Column::explanation));
  indicator.scoring_rule = filled(cells.text(group, Column::scoring_rule));
  indicator.note = filled(cells.text(group, Column::note));
  indicator.weight = number_or_text(cells.text(group, Column::weight, true));
  read_results(cells, group, indicator);
  if (value_cell != nullptr) {
    indicator.source = cells.grid().source(*value_cell);
  } else {
    indicator.source = cells.grid().source(cells.row());
  }
  if (!target.note_code.empty()) note(target.note_code, target.note_message, indicator.source);
  if (cells.shifted())
    note("column-shift-repaired", "“" + name + "”这一行的单元格与表头错位，已按内容对回各列，请核对。", indicator.source);
  table_.indicators.push_back(std::move(indicator));
}

void IndicatorRows::read_results(const RowCells& cells, const ColumnGroup& group, Indicator& indicator) const {
  indicator.actual = number_or_text(cells.text(group, Column::actual, true), indicator.unit);
  indicator.score = number_or_text(cells.text(group, Column::score, true));
  indicator.deviation = filled(cells.text(group, Column::deviation));
  indicator.forecast = number_or_text(cells.text(group, Column::forecast, true), indicator.unit);
  for (const Column kind : {Column::causes, Column::cause}) {
    const Cell* last = nullptr;
    for (const std::uint32_t column : group.of(kind)) {
      const Cell* cell = cells.at(column);
      if (cell == nullptr || cell == last || cells.grid().blank(*cell)) continue;
      last = cell;
      indicator.causes.emplace_back(plan_.names[column], cells.grid().text(*cell));
    }
  }
  for (const std::uint32_t column : group.of(Column::likelihood_choice)) {
    const Cell* cell = cells.at(column);
    if (cell != nullptr && is_tick(cells.grid().text(*cell))) indicator.likelihood = plan_.names[column];
  }
  if (!indicator.likelihood) indicator.likelihood = filled(ticked(cells.text(group, Column::likelihood)));
}

void IndicatorRows::read(const GridView& grid, std::uint32_t row) {
  const RowCells cells(grid, row, plan_);
  for (std::size_t g = 0; g < plan_.groups.size(); ++g) read_group(cells, plan_.groups[g], levels_[g]);
}

void IndicatorRows::finish() {
  if (filled_down_ == 0) return;
  notes_.push_back({"level-filled-down", "有" + std::to_string(filled_down_) + "行的一级或二级指标单元格是空的，按上一行的级别填写。",
                    std::nullopt, std::nullopt, first_filled_down_});
}

}  // namespace jiheng::reading
