#include "reading/recognise.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/text.h"
#include "goals/tree.h"
#include "reading/column_plan.h"
#include "reading/head.h"
#include "reading/indicator_rows.h"
#include "reading/labels.h"
#include "reading/target.h"
#include "reading/wide_list.h"

namespace jiheng::reading {
namespace {

/// What a title, and the lines between it and the first project, say for every form that follows without a title of its own.
struct TitleBlock {
  std::optional<TableKind> told;
  std::optional<int> year;
  Text unit_name;
  Text department;
  Text money_unit;
  bool own_department = false;
};

/// A table in the making.
struct Draft {
  explicit Draft(std::vector<Note>& notes) : head(table, notes), rows(table, notes) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  enum class Part { head, indicators, after };

  GoalTable table;
  std::optional<TableKind> told;  ///< by its title
  Head head;
  IndicatorRows rows;
  Part part = Part::head;
  bool planned = false;      ///< a header of indicators was seen
  bool in_grid = false;      ///< a grid gave something
  bool in_list = false;      ///< one of a list: its project stands in columns beside the indicators
  std::string list_project;  ///< as the list prints them
  std::string list_unit;
  std::uint32_t columns = 0;  ///< of the grid the header stood in
  bool from_lines = false;
  int level_rows = 0;  ///< rows that look like indicators, before any header
  Source first_level_row;
};

class Recogniser {
 public:
  explicit Recogniser(Document& document) : document_(document) { begin(); }

  void paragraph(std::string_view text);
  void grid(const Block& block, int number);
  void finish();

 private:
  void begin();
  void close();
  void title(std::string_view text, TableKind kind);
  void row(const GridView& grid, std::uint32_t& row);
  bool title_row(const GridView& grid, const std::vector<const Cell*>& cells);
  bool header_row(const GridView& grid, std::uint32_t& row);
  bool indicator_row(const GridView& grid, std::uint32_t row, const std::vector<const Cell*>& cells);
  bool opens_head(const GridView& grid, const std::vector<const Cell*>& cells) const;
  bool stands_alone(const Cell& cell) const;
  void read_total(const GridView& grid, const std::vector<const Cell*>& cells, bool sum);
  bool list_row(const GridView& grid, std::uint32_t row);
  bool wide_list(const GridView& grid, std::uint32_t& row);
  void open_next_of_list();
  bool continues_last() const;
  void append_to_last();
  bool goes_on(const GridView& grid, std::uint32_t row) const;
  void remember_title_block();
  void carry_title_block();
  void note(std::string code, std::string message, const Source& source);
  bool begun() const { return draft_->part != Draft::Part::head; }

  Document& document_;
  std::vector<Note> notes_;  ///< the draft's
  std::unique_ptr<Draft> draft_;
  TitleBlock block_;
  std::string_view line_above_;  ///< the last paragraph
  bool block_kept_ = false;      ///< what follows is one project's own
};

constexpr std::size_t most_title_cells = 3;  ///< in a title's row

/// "## 2026年部门整体支出绩效目标表" of a Markdown text.
std::string_view without_marks(std::string_view text) {
  text = trim(text);
  while (!text.empty() && (text.front() == '#' || text.front() == '*')) text = trim(text.substr(1));
  while (!text.empty() && text.back() == '*') text = trim(text.substr(0, text.size() - 1));
  return text;
}

/// A label that begins a form, not one of its foot (填报人, 其他需要说明的问题).
bool opens_form(Label label) {
  return is_head_label(label) && label != Label::person && label != Label::total_score && label != Label::indicators_frame &&
         label != Label::funds_frame;
}

/// The first line of a title in two lines.
bool heads_title(std::string_view line) {
  constexpr std::size_t longest = 90;  // bytes
  if (line.size() > longest) return false;
  for (const std::string_view end : {"预算", "决算", "年度", "年", "预算公开", "决算公开"}) {
    if (ends_with(line, end)) return true;
  }
  return false;
}

bool is_goal_label(Label label) {
  return label == Label::annual_goal || label == Label::long_term_goal || label == Label::goal_frame || label == Label::goal_result;
}

TableKind kind_by_content(const GoalTable& table) {
  bool results = false;
  bool forecast = false;
  for (const Indicator& indicator : table.indicators) {
    results = results || indicator.actual || indicator.score;
    forecast = forecast || indicator.forecast || indicator.likelihood;
  }
  if (forecast) return TableKind::monitoring;
  if (results || table.goal_result) return TableKind::self_evaluation;
  if (table.project_name) return TableKind::project;
  if (table.budget || !table.tasks.empty()) return TableKind::overall;
  return TableKind::project;
}

void Recogniser::begin() {
  draft_ = std::make_unique<Draft>(notes_);
}

void Recogniser::note(std::string code, std::string message, const Source& source) {
  notes_.push_back({std::move(code), std::move(message), std::nullopt, std::nullopt, source});
}

void Recogniser::remember_title_block() {
  if (block_kept_) return;
  block_kept_ = true;
  const GoalTable& table = draft_->table;
  block_.year = table.year;
  block_.unit_name = table.unit_name;
  block_.department = table.department;
  block_.own_department = draft_->head.own_department();
  block_.money_unit = table.money_unit;
}

/// A form without a title of its own stands under the last one: several projects on one page, or in one table.
void Recogniser::carry_title_block() {
  Draft& draft = *draft_;
  GoalTable& table = draft.table;
  bool carried = false;
  const auto carry = [&](auto& field, const auto& from) {
    if (field || !from) return;
    field = from;
    carried = true;
  };
  carry(table.year, block_.year);
  carry(table.money_unit, block_.money_unit);
  if (!table.department) carry(table.unit_name, block_.unit_name);
  if (!table.unit_name) carry(table.department, block_.department);
  if (carried && block_.own_department) draft.head.set_own_department(true);
  if (carried && !draft.in_list)
    note("head-carried-over", "这张表没有自己的标题行，年度、单位等按前面的标题读，请核对。",
         draft.table.indicators.empty() ? Source() : draft.table.indicators.front().source);
}

/// The same title printed again on the next page, over more rows of the same form: it names no project and no goal of its own.
bool Recogniser::continues_last() const {
  const Draft& draft = *draft_;
  if (document_.tables.empty() || !draft.planned || draft.head.has_substance() || draft.table.project_name) return false;
  const GoalTable& last = document_.tables.back();
  return draft.table.title && draft.table.title == last.title && draft.table.kind == last.kind && !draft.table.indicators.empty() &&
         !last.indicators.empty() && (!draft.table.unit_name || draft.table.unit_name == last.unit_name);
}

void Recogniser::append_to_last() {
  GoalTable& last = document_.tables.back();
  const int index = static_cast<int>(document_.tables.size()) - 1;
  const int before = static_cast<int>(last.indicators.size());
  note("table-continued", "同一标题在下一页重复，下面没有新的项目名称和绩效目标，已接到上一张表。",
       draft_->table.indicators.front().source);
  for (Note& note : notes_) {
    note.table = index;
    if (note.indicator) *note.indicator += before;
    document_.notes.push_back(std::move(note));
  }
  const std::string level1 = last.indicators.back().level1;
  const Text level2 = last.indicators.back().level2;
  bool above = true;  // no level printed yet on the new page
  for (Indicator& indicator : draft_->table.indicators) {
    above = above && indicator.level1.empty();
    if (above) {
      indicator.level1 = level1;
      above = !indicator.level2;
      if (above) indicator.level2 = level2;
    } else if (indicator.level1.empty()) {
      indicator.level1 = level1;
    }
    last.indicators.push_back(std::move(indicator));
  }
  if (!last.total_score) last.total_score = draft_->table.total_score;
  notes_.clear();
  begin();
}

void Recogniser::close() {
  Draft& draft = *draft_;
  draft.rows.finish();
  const bool is_table = draft.planned || (draft.told && draft.in_grid && draft.head.has_substance());
  if (is_table) {
    if (!draft.planned && draft.level_rows >= 2) {
      note("header-missing", "没有找到绩效指标的表头，表中的指标没有读入，请补上“一级指标、二级指标、三级指标、指标值”等表头。",
           draft.first_level_row);
    }
    if (!draft.table.title) carry_title_block();
    if (draft.told) {
      draft.table.kind = *draft.told;
      draft.head.finish();
    } else {
      draft.table.kind = TableKind::overall;  // lets finish() keep the budget, by which the kind may be told
      GoalTable& table = draft.table;
      const Text project = table.project_name;
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
    if (continues_last()) return append_to_last();
    const int index = static_cast<int>(document_.tables.size());
    for (Note& note : notes_) {
      note.table = index;
      document_.notes.push_back(std::move(note));
    }
    document_.tables.push_back(std::move(draft.table));
  }
  notes_.clear();
  begin();
}

void Recogniser::title(std::string_view text, TableKind kind) {
  if (begun() && (contains(text, "续表") || contains(text, "（续") || contains(text, "(续"))) return;
  // A form's own title repeated on its next page, or a title over a title.
  if (begun() || draft_->in_grid) close();
  draft_->told = kind;
  draft_->table.title = normalise(text);
  // A line above the title may have told the year.
  if (const auto year = year_of(text)) draft_->table.year = year;
  block_ = {};
  block_.told = kind;
  block_kept_ = false;
}

void Recogniser::paragraph(std::string_view raw) {
  const std::string_view text = without_marks(raw);
  if (text.empty()) return;
  const std::string_view above = line_above_;
  line_above_ = text;
  if (const auto kind = title_kind(text)) {
    title(text, *kind);
    // A title in two lines: 2026年部门预算 / 项目支出绩效目标表.
    if (!draft_->table.year && heads_title(above)) draft_->table.year = year_of(above);
    return;
  }
  std::string_view rest;
  const std::string line = normalise(text);
  if (begun()) {
    // After the indicators only a line that opens the next form matters.
    if (!opens_form(inline_label_of(line, rest))) return;
    close();
  }
  draft_->head.line(text);
}

/// A title in a row of the grid: alone, or beside the number of the form and the money's unit.
bool Recogniser::title_row(const GridView& grid, const std::vector<const Cell*>& cells) {
  for (const Cell* cell : cells) {
    const std::string_view text = without_marks(grid.text(*cell));
    const auto kind = title_kind(text);
    if (!kind) continue;
    title(text, *kind);
    for (const Cell* other : cells) {
      if (other != cell) draft_->head.line(grid.text(*other));
    }
    return true;
  }
  return false;
}

bool Recogniser::opens_head(const GridView& grid, const std::vector<const Cell*>& cells) const {
  const Cell& first = *cells.front();
  const std::string_view text = grid.text(first);
  std::string_view rest;
  Label label = grid.label(first);
  if (label == Label::none) label = inline_label_of(text, rest);
  if (!opens_form(label)) return false;
  // A name of the level columns is none of the head's, whatever it is called.
  const auto& roles = draft_->rows.plan().roles;
  const Column role = first.column < roles.size() ? roles[first.column] : Column::none;
  return !canonical_level1(text) && !canonical_level2(text) && (role != Column::level3 || cells.size() <= 2 || first.column == 0);
}

bool Recogniser::header_row(const GridView& grid, std::uint32_t& row) {
  auto plan = plan_columns(grid, row);
  if (!plan) return false;
  Draft& draft = *draft_;
  if (begun() && draft.planned) note("header-repeated", "表头在这里重复了一次，已跳过。", grid.source(row));
  remember_title_block();
  const std::uint32_t header_rows = plan->header_rows;
  if (plan->parted) note("value-per-place", "指标值按地区分栏填写，读作指标值的是合计栏，各地区的栏没有读入。", grid.source(row));
  draft.in_list = !plan->heads.empty();
  draft.rows.plan(std::move(*plan), draft.head.long_term_on_the_left());
  draft.part = Draft::Part::indicators;
  draft.planned = true;
  draft.in_grid = true;
  draft.columns = grid.columns();
  draft.from_lines = grid.from_lines();
  row += header_rows - 1;
  return true;
}

/// Closes the present project of a list, if it is one, and opens the next under the same title.
void Recogniser::open_next_of_list() {
  const std::optional<TableKind> told = draft_->told;
  Text title = draft_->table.title;
  // A row that names a unit or a project and no indicator holds no table.
  if (draft_->table.indicators.empty()) {
    notes_.clear();
    begin();
  } else {
    close();
  }
  draft_->told = told;
  draft_->in_grid = true;
  draft_->table.title = std::move(title);
  draft_->table.year = block_.year;
  draft_->table.unit_name = block_.unit_name;
  draft_->table.department = block_.department;
  draft_->head.set_own_department(block_.own_department);
  draft_->table.money_unit = block_.money_unit;
}

/// One project a row, the levels as columns. Reads all of its rows.
bool Recogniser::wide_list(const GridView& grid, std::uint32_t& row) {
  const auto list = wide_list_at(grid, row);
  if (!list) return false;
  remember_title_block();
  std::uint32_t at = row + list->header_rows;
  for (; at < grid.rows(); ++at) {
    const Cell* project = grid.at(at, list->project_column);
    if (project == nullptr || grid.blank(*project) || project->row != at) continue;
    if (grid.label(*project) != Label::none || title_kind(grid.text(*project))) continue;
    open_next_of_list();
    for (const HeadColumn& head : list->heads) {
      const Cell* cell = grid.at(at, head.column);
      if (cell != nullptr && !grid.blank(*cell)) draft_->head.list_value(head.label, head.printed, grid.text(*cell), grid.stored(*cell));
    }
    read_wide_row(grid, at, *list, draft_->table, notes_);
    draft_->planned = !draft_->table.indicators.empty();
  }
  draft_->part = Draft::Part::after;
  row = at - 1;
  return true;
}

/// A row of a list: another project's name opens the next table. Whether there is anything left to read in the row.
bool Recogniser::list_row(const GridView& grid, std::uint32_t row) {
  std::string_view project;
  std::string_view unit;
  for (const HeadColumn& head : draft_->rows.plan().heads) {
    if (head.label != Label::project_name && head.label != Label::unit_name) continue;
    const Cell* cell = grid.at(row, head.column);
    if (cell == nullptr || grid.blank(*cell)) continue;
    // 合计 over the projects is none.
    const Label label = grid.label(*cell);
    if (label == Label::budget_total || label == Label::total_score) return false;
    (head.label == Label::project_name ? project : unit) = grid.text(*cell);
  }
  Draft* draft = draft_.get();
  const bool first = draft->list_project.empty() && draft->list_unit.empty();
  const bool other = (!project.empty() && project != draft->list_project) || (!unit.empty() && unit != draft->list_unit);
  if (other && !first) {
    ColumnPlan plan = draft->rows.plan();
    const std::uint32_t columns = draft->columns;
    std::string unit_above = draft->list_unit;
    open_next_of_list();
    draft = draft_.get();
    draft->rows.plan(std::move(plan));
    draft->part = Draft::Part::indicators;
    draft->planned = draft->in_list = true;
    draft->columns = columns;
    draft->from_lines = grid.from_lines();
    // The unit's cell reaches over its projects, or is left blank below the first.
    if (unit.empty() && !unit_above.empty()) {
      draft->table.unit_name = unit_above;
      draft->list_unit = std::move(unit_above);
    }
  }
  if (!project.empty()) draft->list_project = project;
  if (!unit.empty()) draft->list_unit = unit;
  if (draft->list_project.empty() && draft->list_unit.empty()) return true;
  for (const HeadColumn& head : draft->rows.plan().heads) {
    const Cell* cell = grid.at(row, head.column);
    if (cell != nullptr && !grid.blank(*cell)) draft->head.list_value(head.label, head.printed, grid.text(*cell), grid.stored(*cell));
  }
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
void Recogniser::read_total(const GridView& grid, const std::vector<const Cell*>& cells, bool sum) {
  const auto& roles = draft_->rows.plan().roles;
  const auto role_of = [&](const Cell& cell) { return cell.column < roles.size() ? roles[cell.column] : Column::none; };
  Text total;
  int numbers = 0;
  for (const Cell* cell : cells) {
    const Text number = amount_of(grid.stored(*cell));
    if (!number) continue;
    ++numbers;
    bool under_score = false;
    for (std::uint32_t column = cell->column; column < cell->column + cell->column_span && column < roles.size(); ++column)
      under_score = under_score || roles[column] == Column::score;
    const Column role = role_of(*cell);
    const bool apart = role == Column::level1 || role == Column::level2 || role == Column::level3;
    if (under_score || (apart && numbers == 1 && !total)) total = number;
  }
  if (total && (!sum || !draft_->table.total_score)) draft_->table.total_score = total;
  // Under the total only the form's foot follows.
  if (!sum && !draft_->table.indicators.empty()) draft_->part = Draft::Part::after;
}

bool Recogniser::indicator_row(const GridView& grid, std::uint32_t row, const std::vector<const Cell*>& cells) {
  if (draft_->in_list && !list_row(grid, row)) return true;
  const std::string_view first = grid.text(*cells.front());
  const Label label = grid.label(*cells.front());
  std::string_view rest;
  const bool wide = cells.size() == 1 && cells.front()->column_span * 2 > grid.columns();
  const bool sum = label == Label::budget_total && (cells.front()->column == 0 || first == "合计" || first == "小计");
  if (label == Label::total_score || sum) {
    read_total(grid, cells, sum);
    return true;
  }
  if (cells.size() == 1 && stands_alone(*cells.front()) && draft_->rows.level_banner(first)) return true;
  if ((label == Label::person && cells.front()->column == 0) || inline_label_of(first, rest) == Label::person || wide) {
    if (wide && draft_->rows.level_banner(first)) return true;
    draft_->part = Draft::Part::after;
    return true;
  }
  draft_->rows.read(grid, row);
  return true;
}

void Recogniser::row(const GridView& grid, std::uint32_t& row) {
  const std::vector<const Cell*> cells = grid.filled(row);
  if (cells.empty()) return;
  if (cells.size() <= most_title_cells && title_row(grid, cells)) return;
  if (header_row(grid, row)) return;
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
  if (draft_->part == Draft::Part::after) return;
  const bool names_project =
      std::any_of(cells.begin(), cells.end(), [&](const Cell* cell) { return grid.label(*cell) == Label::project_name; });
  if (names_project) {
    if (wide_list(grid, row)) return;
    remember_title_block();
  }
  if (draft_->head.row(grid, row)) {
    draft_->in_grid = true;
    return;
  }
  for (const Cell* cell : cells) {
    if (!canonical_level2(grid.text(*cell))) continue;
    if (draft_->level_rows++ == 0) draft_->first_level_row = grid.source(row);
    break;
  }
}

/// Whether the rows are more of the same indicators: levels where levels stand, or blank there. Another table that happens to have as many
/// columns is none of ours.
bool Recogniser::goes_on(const GridView& grid, std::uint32_t row) const {
  constexpr int enough = 4;
  const auto& roles = draft_->rows.plan().roles;
  int looked = 0;
  for (; row < grid.rows() && looked < enough; ++row) {
    const auto cells = grid.filled(row);
    if (cells.empty()) continue;
    ++looked;
    bool level = false;
    bool foreign = false;
    for (const Cell* cell : cells) {
      const Column role = cell->column < roles.size() ? roles[cell->column] : Column::none;
      const std::string_view text = grid.text(*cell);
      const bool named = canonical_level1(text) || canonical_level2(text);
      level = level || named || comparator_of(text).has_value();
      foreign = foreign || ((role == Column::level1 || role == Column::level2) && !named);
    }
    if (level) return true;
    if (foreign && !grid.from_lines()) return false;
    if (!foreign && cells.size() > 1) return true;
  }
  return false;
}

void Recogniser::grid(const Block& block, int number) {
  const GridView view(block, block.place.empty() ? std::to_string(number) : std::string(block.place));
  draft_->head.leave_grid();
  if (draft_->part == Draft::Part::indicators) {
    // The rest of a table that a page break or an empty line cut, unless this grid tells otherwise.
    std::uint32_t first = 0;
    while (first < view.rows() && view.filled(first).empty()) ++first;
    const auto cells = view.filled(first);
    const bool own = cells.empty() || plan_columns(view, first) || opens_head(view, cells) ||
                     (cells.size() == 1 && title_kind(view.text(*cells.front())));
    const bool same = view.from_lines() == draft_->from_lines && (view.from_lines() || view.columns() == draft_->columns);
    if (!own && same && goes_on(view, first)) {
      note("table-continued", "表格在这里被分页或空行断开，已接到上一段。", view.source(first));
    } else if (!own) {
      draft_->part = Draft::Part::after;
    }
  }
  for (std::uint32_t at = 0; at < view.rows(); ++at) row(view, at);
}

void Recogniser::finish() {
  close();
}

}  // namespace

void recognise(const Layout& layout, Document& document) {
  document.notes.insert(document.notes.end(), layout.notes.begin(), layout.notes.end());
  Recogniser recogniser(document);
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
