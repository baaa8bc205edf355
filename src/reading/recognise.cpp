#include "reading/recognise.h"

#include <algorithm>

#include "base/text.h"
#include "goals/tree.h"
#include "reading/amount.h"
#include "reading/recogniser.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t most_title_cells = 3;  ///< in a title's row

/// An empty form is filled with 无: that is no project's name and no goal.
void forget_nothing(views::GoalTable& table) {
  using views::GoalTable;
  for (views::Text GoalTable::* field : {&GoalTable::project_name, &GoalTable::annual_goal, &GoalTable::long_term_goal}) {
    views::Text& text = table.*field;
    if (text && (*text == "无" || *text == "/" || *text == "-" || *text == "—" || *text == "不涉及")) text.reset();
  }
}

TableKind kind_by_content(const views::GoalTable& table) {
  bool results = false;
  bool forecast = false;
  for (const views::Indicator& indicator : table.indicators) {
    results = results || indicator.actual || indicator.score;
    forecast = forecast || indicator.forecast || indicator.likelihood;
  }
  if (forecast) return TableKind::monitoring;
  if (results || table.goal_result) return TableKind::self_evaluation;
  if (table.project_name) return TableKind::project;
  if (table.budget || !table.tasks.empty()) return TableKind::overall;
  return TableKind::project;
}

}  // namespace

void Recogniser::begin() {
  draft_ = std::make_unique<Draft>(notes_, texts_);
}

void Recogniser::note(std::string_view code, std::string_view message, const views::Source& source) {
  notes_.push_back({code, message, std::nullopt, std::nullopt, source});
}

void Recogniser::close() {
  Draft& draft = *draft_;
  draft.rows.finish();
  const bool is_table =
      draft.planned || (draft.told && draft.in_grid && draft.head.has_substance() && !draft.prose_above && !draft.title_spent);
  if (is_table) {
    if (!draft.planned && draft.level_rows >= 2) {
      note("header-missing", "没有找到绩效指标的表头，表中的指标没有读入，请补上“一级指标、二级指标、三级指标、指标值”等表头。",
           draft.first_level_row);
    }
    if (draft.table.indicators.empty()) forget_nothing(draft.table);
    if (!draft.table.title) carry_title_block();
    if (draft.told) {
      draft.table.kind = *draft.told;
      draft.head.finish();
    } else {
      draft.table.kind = TableKind::overall;  // lets finish() keep the budget, by which the kind may be told
      views::GoalTable& table = draft.table;
      const views::Text project = table.project_name;
      draft.head.finish();
      table.project_name = project;
      table.kind = kind_by_content(table);
      // The title over all may know better than the columns that are filled.
      if (table.kind == TableKind::project && (block_.told == TableKind::self_evaluation || block_.told == TableKind::monitoring))
        table.kind = *block_.told;
      if (table.kind != TableKind::overall) {
        if (table.kind == TableKind::project && !table.amount && table.budget) table.amount = table.budget->total;
        table.budget.reset();
      }
    }
    // What a goal table prints beside its costs is no execution: last year's, or what the amount is made of.
    if (draft.table.kind == TableKind::project || draft.table.kind == TableKind::overall) draft.table.execution.clear();
    if (continues_last()) return append_to_last();
    const int index = static_cast<int>(document_.tables.size());
    for (views::Note& note : notes_) {
      note.table = index;
      document_.notes.push_back(std::move(note));
    }
    document_.tables.push_back(std::move(draft.table));
  }
  notes_.clear();
  begin();
}

bool Recogniser::opens_head(const GridView& grid, std::span<const Cell* const> cells) const {
  const Cell& first = *cells.front();
  std::string_view rest;
  Label label = grid.label(first);
  if (label == Label::none) label = grid.inline_label(first, rest);
  if (!opens_form(label)) return false;
  // Beside a level or a frame that reaches down into this row nothing begins: 决策指标 | 资金投入.
  const Cell* frame = first.column == 0 ? nullptr : grid.at(first.row, 0);
  if (frame != nullptr && frame->row < first.row && !grid.blank(*frame) && label != Label::project_name) return false;
  // A name of the level columns is none of the head's, whatever it is called.
  const auto& roles = draft_->rows.plan().roles;
  const Column role = first.column < roles.size() ? roles[first.column] : Column::none;
  // 完成时间 | 11月底前 in the columns of name and target is an indicator.
  if (role == Column::level3 && first.column > 0 && cells.size() == 2 && label != Label::project_name) {
    const Column beside = cells[1]->column < roles.size() ? roles[cells[1]->column] : Column::none;
    if (beside == Column::value || beside == Column::comparator) return false;
  }
  return !grid.is_level(first) && (role != Column::level3 || cells.size() <= 2 || first.column == 0);
}

namespace {

bool names_levels(const ColumnPlan& plan) {
  return std::any_of(plan.groups.begin(), plan.groups.end(),
                     [](const ColumnGroup& group) { return group.has(Column::level1) || group.has(Column::level2); });
}

/// 绩效指标 alone over the rows beside names of columns that nobody knows: the frame round the indicators, no column of theirs.
bool names_frame(const GridView& grid, std::uint32_t row, const ColumnPlan& plan) {
  if (plan.groups.empty() || !plan.groups.front().has(Column::level3)) return false;
  const Cell* name = grid.at(row, plan.groups.front().of(Column::level3).front());
  if (name == nullptr || name->row != row || name->row_span <= plan.header_rows) return false;
  const auto cells = grid.filled(row);
  return std::none_of(cells.begin(), cells.end(), [&](const Cell* cell) { return cell != name && cell->row_span >= name->row_span; });
}

/// 三级指标 | 指标解释 | 评分标准 | 得分: what an evaluation scores by, where nothing is aimed at and nothing achieved.
bool only_scores(const ColumnPlan& plan) {
  if (plan.groups.size() != 1) return false;  // two side by side, or a list of one project a row
  const ColumnGroup& group = plan.groups.front();
  const bool judges =
      group.has(Column::scoring_rule) || group.has(Column::score) || group.has(Column::weight) || group.has(Column::explanation);
  if (!judges) return false;
  for (const Column role : {Column::value, Column::comparator, Column::long_term_value, Column::actual, Column::forecast}) {
    if (group.has(role)) return false;
  }
  // A column that nobody knows may be the target's.
  return std::find(plan.roles.begin(), plan.roles.end(), Column::none) == plan.roles.end();
}

}  // namespace

bool Recogniser::header_row(const GridView& grid, std::uint32_t& row) {
  auto plan = headers_.plan(grid, row);
  if (!plan || names_frame(grid, row, *plan)) return false;
  // A unit that scores itself says so in the title. Any other 评价指标体系 stands in a report and is no form.
  const bool scores = only_scores(*plan);
  const bool another = begun() && scores && !only_scores(draft_->rows.plan());
  const bool evaluators = draft_->of_evaluators && plan->groups.front().has(Column::scoring_rule);
  if (another || evaluators || (scores && (!draft_->told || (draft_->title_spent && !begun())))) {
    pass_over_evaluation(grid.source(row));
    return false;
  }
  Draft& draft = *draft_;
  // 指标名称 | 目标值 | 完成值 alone may stand over any statistics: those below a form with levels are none of its own.
  if (!names_levels(*plan)) {
    if (begun() && names_levels(draft.rows.plan())) {
      close();
      return false;
    }
    const bool headed = draft.head.has_substance() && !draft.substance_above;
    if (!draft.planned && !headed && !(draft.told && !draft.prose_above && !draft.title_spent)) return false;
  }
  if (begun() && draft.planned) note("header-repeated", "表头在这里重复了一次，已跳过。", grid.source(row));
  remember_title_block();
  // What stands beside the rest of a header's cells is header, too, whatever its words: 优, 良, 中, 差 under 评价标准.
  std::uint32_t header_rows = plan->header_rows;
  if (!plan->groups.empty() && plan->groups.front().has(Column::level3)) {
    constexpr std::uint32_t most = 4;
    const Cell* name = grid.at(row, plan->groups.front().of(Column::level3).front());
    if (name != nullptr && name->row == row) header_rows = std::max(header_rows, std::min(name->row_span, most));
  }
  if (plan->per_place.size() > 1 && draft.table.year) plan->read_year(*draft.table.year);
  if (!plan->whole.empty()) {
    note("value-per-place", texts_.join({"指标值分栏填写，读作指标值的是“", plan->whole, "”栏，其他各栏没有读入。"}), grid.source(row));
  }
  draft.in_list = !plan->heads.empty();
  draft.rows.plan(std::move(*plan), draft.head.long_term_on_the_left());
  // 产出指标 over the whole width, and the header of its own indicators below.
  if (row > 0) {
    const auto above = grid.filled(row - 1);
    if (above.size() == 1 && (above.front()->column_span > 1 || grid.from_lines()) && grid.is_level(*above.front()))
      draft.rows.level_banner(grid.text(*above.front()));
  }
  draft.part = Draft::Part::indicators;
  draft.planned = true;
  draft.in_grid = true;
  draft.columns = grid.columns();
  draft.from_lines = grid.from_lines();
  row += header_rows - 1;
  return true;
}

/// A cell alone in its row that stands in no level's column: a level over the rows below.
bool Recogniser::stands_alone(const Cell& cell) const {
  const auto& roles = draft_->rows.plan().roles;
  const Column role = cell.column < roles.size() ? roles[cell.column] : Column::none;
  return role != Column::level1 && role != Column::level2;
}

/// 总分 or 合计 under the indicators: of its numbers only the one in the score's column is the total, or a single one that stands in no
/// column of numbers.
void Recogniser::read_total(const GridView& grid, std::span<const Cell* const> cells, bool sum) {
  const auto& roles = draft_->rows.plan().roles;
  const auto role_of = [&](const Cell& cell) { return cell.column < roles.size() ? roles[cell.column] : Column::none; };
  // Of several that score, the column the indicators' scores are read from.
  const auto& groups = draft_->rows.plan().groups;
  const auto scores = groups.empty() ? std::span<const std::uint32_t>() : groups.front().of(Column::score);
  views::Text total;
  views::Text alone;
  int numbers = 0;
  for (const Cell* cell : cells) {
    const views::Text number = amount_of(grid.stored(*cell), texts_);
    if (!number) continue;
    ++numbers;
    bool under_score = false;
    for (std::uint32_t column = cell->column; column < cell->column + cell->column_span; ++column)
      under_score = under_score || std::find(scores.begin(), scores.end(), column) != scores.end();
    const Column role = role_of(*cell);
    const bool numbers_stand = role == Column::weight || role == Column::score || role == Column::value || role == Column::actual ||
                               role == Column::forecast || role == Column::number;
    const bool apart = !numbers_stand;
    if (under_score) total = number;
    if (apart) alone = number;
  }
  // 总分 | 100 | 95 in the columns of names: one of them is the weights'.
  if (!total && numbers == 1) total = alone;
  if (total && (!sum || !draft_->table.total_score)) draft_->table.total_score = total;
  // Under the total only the form's foot follows.
  if (!sum && !draft_->table.indicators.empty()) draft_->part = Draft::Part::after;
}

namespace {

/// The columns' numbers under a header: 1, 2, 3 …
bool counts_columns(const GridView& grid, std::span<const Cell* const> cells) {
  constexpr std::size_t least = 4;
  if (cells.size() < least) return false;
  std::size_t number = 0;
  for (const Cell* cell : cells) {
    const std::string_view text = grid.text(*cell);
    if (text.size() > 2) return false;
    if (number == 0 && text == "2") number = 1;
    if (text != std::to_string(++number)) return false;
  }
  return true;
}

}  // namespace

namespace {

/// The label of a cell, or of what stands before its colon.
Label label_of_line(const GridView& grid, const Cell& cell) {
  std::string_view rest;
  const Label label = grid.label(cell);
  return label != Label::none ? label : grid.inline_label(cell, rest);
}

}  // namespace

bool Recogniser::indicator_row(const GridView& grid, std::uint32_t row, std::span<const Cell* const> cells) {
  if (counts_columns(grid, cells)) return true;
  const std::string_view first = grid.text(*cells.front());
  const bool wide = cells.size() == 1 && cells.front()->column_span * 2 > grid.columns();
  // 一、某局本级 over the projects of one unit.
  if (draft_->in_list && wide && label_of_line(grid, *cells.front()) == Label::none) return true;
  if (draft_->in_list && !list_row(grid, row)) return true;
  const Label label = grid.label(*cells.front());
  std::string_view rest;
  const bool sum = label == Label::budget_total && (cells.front()->column == 0 || first == "合计" || first == "小计");
  // Under a part of the indicators 小计 sums these alone.
  if (first == "小计" && cells.front()->column == 0) return true;
  // Under a list 合计 sums its projects' money.
  if (sum && draft_->in_list) return true;
  if (label == Label::total_score || sum) {
    read_total(grid, cells, sum);
    return true;
  }
  if (cells.size() == 1 && stands_alone(*cells.front()) && draft_->rows.level_banner(first)) return true;
  if ((label == Label::person && cells.front()->column == 0) || grid.inline_label(*cells.front(), rest) == Label::person || wide) {
    if (wide && draft_->rows.level_banner(first)) return true;
    draft_->part = Draft::Part::after;
    return true;
  }
  draft_->rows.read(grid, row);
  return true;
}

namespace {

/// A cell alone in its row and over most of the grid's width, or above all that has more than one cell.
bool heads_grid(const GridView& grid, const Cell& cell) {
  constexpr std::uint32_t most_above = 8;
  if (cell.column_span * 2 > grid.columns()) return true;
  if (cell.row > most_above) return false;
  for (std::uint32_t row = 0; row < cell.row; ++row) {
    if (grid.filled(row).size() > 1) return false;
  }
  return true;
}

}  // namespace

void Recogniser::row(const GridView& grid, std::uint32_t& row) {
  const auto cells = grid.filled(row);
  if (cells.empty()) return;
  const bool titled = cells.size() <= most_title_cells && title_row(grid, cells);
  line_above_ = cells.size() == 1 ? grid.text(*cells.front()) : std::string_view();
  if (titled) return;
  if (cells.size() == 1 && is_other_title(line_above_) && heads_grid(grid, *cells.front()))
    return other_title(names_evaluation(line_above_));
  own_year(line_above_);
  if (header_row(grid, row)) return;
  if (project_banner(grid, row, cells)) return;
  if (begun() && opens_head(grid, cells)) {
    // The mid-term indicators may stand above the annual goal: the same form goes on.
    const Label label = grid.label(*cells.front());
    const bool goes_on = draft_->planned && is_goal_label(label) && !draft_->head.has_goal(label);
    if (goes_on && draft_->head.row(grid, row)) return;
    close();
  }
  if (draft_->part == Draft::Part::indicators) {
    indicator_row(grid, row, cells);
    return;
  }
  if (draft_->part == Draft::Part::after) {
    // 其他需要说明的事项 may stand above the total.
    const bool total = grid.label(*cells.front()) == Label::total_score && !draft_->table.indicators.empty();
    if (total && !draft_->table.total_score) read_total(grid, cells, false);
    return;
  }
  const bool names_project =
      std::any_of(cells.begin(), cells.end(), [&](const Cell* cell) { return grid.label(*cell) == Label::project_name; });
  if (names_project || (draft_->told == TableKind::overall && cells.size() > 2 && grid.label(*cells.front()) == Label::unit_name)) {
    if (wide_list(grid, row)) return;
    if (names_project) remember_title_block();
  }
  if (draft_->head.row(grid, row)) {
    draft_->in_grid = true;
    return;
  }
  for (const Cell* cell : cells) {
    if (grid.levels(*cell).level2.empty()) continue;
    if (draft_->level_rows++ == 0) draft_->first_level_row = grid.source(row);
    break;
  }
}

void Recogniser::grid(const Block& block, int number) {
  const GridView view(block, block.place.empty() ? texts_.keep(std::to_string(number)) : block.place, known_, texts_);
  draft_->head.leave_grid();
  draft_->substance_above = draft_->head.has_substance();
  // 监控情况汇总表 spoke of the table under it, of which nothing was read, and not of the next one.
  constexpr std::uint32_t least = 3;
  const bool is_table = view.rows() >= least && view.columns() >= least;
  if (is_table && draft_->table_above && !draft_->substance_above && !begun()) draft_->title_spent = true;
  if (draft_->part == Draft::Part::indicators) {
    // The rest of a table that a page break or an empty line cut, unless this grid tells otherwise.
    std::uint32_t first = 0;
    while (first < view.rows() && view.filled(first).empty()) ++first;
    const auto cells = view.filled(first);
    const bool own = cells.empty() || headers_.plan(view, first) || opens_head(view, cells) ||
                     (cells.size() == 1 && title_kind(view.text(*cells.front())));
    const bool same = view.from_lines() == draft_->from_lines && (view.from_lines() || view.columns() == draft_->columns);
    if (!own && same && goes_on(view, first)) {
      note("table-continued", "表格在这里被分页或空行断开，已接到上一段。", view.source(first));
    } else if (!own) {
      draft_->part = Draft::Part::after;
    }
  }
  for (std::uint32_t at = 0; at < view.rows(); ++at) row(view, at);
  line_above_ = {};
  draft_->table_above = draft_->table_above || is_table;
}

void Recogniser::finish() {
  close();
}

void recognise(const Layout& layout, views::Document& document, TextPool& texts) {
  for (const Note& note : layout.notes) document.notes.push_back(views::view_of(note));
  Recogniser recogniser(document, texts);
  int number = 0;
  for (const Block& block : layout.blocks) {
    if (block.kind == Block::Kind::paragraph) {
      recogniser.paragraph(block.text);
    } else {
      recogniser.grid(block, ++number);
    }
  }
  recogniser.finish();
}

}  // namespace jiheng::reading
