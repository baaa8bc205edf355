// Lists: a project a row, or the project's name in a column beside its indicators.
#include <algorithm>

#include "reading/recogniser.h"
#include "reading/wide_list.h"

namespace jiheng::reading {

/// Closes the present project of a list, if it is one, and opens the next under the same title.
void Recogniser::open_next_of_list() {
  const std::optional<TableKind> told = draft_->told;
  const views::Text title = draft_->table.title;
  // A row that names a unit or a project and no indicator holds no table.
  if (draft_->table.indicators.empty()) {
    notes_.clear();
    begin();
  } else {
    close();
  }
  draft_->told = told;
  draft_->in_grid = true;
  draft_->table.title = title;
  draft_->table.year = block_.year;
  draft_->table.unit_name = block_.unit_name;
  draft_->table.department = block_.department;
  draft_->head.set_own_department(block_.own_department);
  draft_->table.money_unit = block_.money_unit;
}

/// The same where the header goes on for the next.
void Recogniser::open_next_under_header() {
  ColumnPlan plan = draft_->rows.plan();
  const std::uint32_t columns = draft_->columns;
  const bool in_list = draft_->in_list;
  const bool from_lines = draft_->from_lines;
  open_next_of_list();
  draft_->rows.plan(std::move(plan));
  draft_->part = Draft::Part::indicators;
  draft_->planned = true;
  draft_->in_list = in_list;
  draft_->columns = columns;
  draft_->from_lines = from_lines;
}

namespace {

/// Whether the next row that is no banner holds an indicator: a level stands in a level's column.
bool heads_indicators(const GridView& grid, std::uint32_t row, const ColumnPlan& plan) {
  constexpr std::uint32_t most_banners = 4;
  for (std::uint32_t below = row + 1; below < std::min(grid.rows(), row + most_banners); ++below) {
    const auto cells = grid.filled(below);
    if (cells.size() < 2) continue;
    return std::any_of(cells.begin(), cells.end(), [&](const Cell* cell) {
      const Column role = cell->column < plan.roles.size() ? plan.roles[cell->column] : Column::none;
      return (role == Column::level1 || role == Column::level2) && grid.is_level(*cell);
    });
  }
  return false;
}

}  // namespace

/// 项目名称：甲 and 绩效目标：…, each alone in its row over the project's indicators, where one header stands over all projects.
bool Recogniser::project_banner(const GridView& grid, std::uint32_t row, std::span<const Cell* const> cells) {
  if (draft_->part != Draft::Part::indicators || cells.size() != 1 || draft_->in_list) return false;
  std::string_view rest;
  const Label label = grid.inline_label(*cells.front(), rest);
  const views::GoalTable& table = draft_->table;
  const bool project = label == Label::project_name && !rest.empty();
  const bool of_project = table.project_name && table.indicators.empty() && opens_form(label);
  if ((!project && !of_project) || !heads_indicators(grid, row, draft_->rows.plan())) return false;
  if (project && (table.project_name || !table.indicators.empty())) open_next_under_header();
  return draft_->head.row(grid, row);
}

namespace {

/// Behind the rows that the project's cell reaches over, or leaves blank below it.
std::uint32_t end_of_project(const GridView& grid, std::uint32_t row, std::uint32_t column) {
  const Cell* project = grid.at(row, column);
  std::uint32_t end = row + (project == nullptr ? 1 : project->row_span);
  for (; end < grid.rows(); ++end) {
    const Cell* below = grid.at(end, column);
    if (below != nullptr && !grid.blank(*below)) break;
    const auto cells = grid.filled(end);
    if (cells.empty() || cells.front()->column < column) break;
  }
  return end;
}

}  // namespace

/// One project a row, or one unit, the levels as columns. Reads all of its rows.
bool Recogniser::wide_list(const GridView& grid, std::uint32_t& row) {
  auto list = wide_list_at(grid, row, Label::project_name);
  const bool units = !list && draft_->told == TableKind::overall;
  if (units) list = wide_list_at(grid, row, Label::unit_name);
  if (!list) return false;
  remember_title_block();
  std::uint32_t at = row + list->header_rows;
  for (; at < grid.rows(); ++at) {
    const Cell* project = grid.at(at, list->project_column);
    if (project == nullptr || grid.blank(*project) || project->row != at) continue;
    if (grid.label(*project) != Label::none || title_kind(grid.text(*project))) continue;
    // 备注：… under the list, or a line of its own.
    std::string_view rest;
    if (grid.filled(at).size() < 2 || inline_label_of(grid.text(*project), rest) == Label::person) continue;
    open_next_of_list();
    for (const HeadColumn& head : list->heads) {
      const Cell* cell = grid.at(at, head.column);
      if (cell != nullptr && !grid.blank(*cell))
        draft_->head.list_value(head.label, head.printed, grid.text(*cell), grid.stored(*cell), units);
    }
    read_wide_row(grid, at, *list, draft_->table, notes_, texts_);
    if (list->parted) read_parted_rows(grid, at, end_of_project(grid, at, list->project_column), *list, draft_->table, notes_, texts_);
    draft_->planned = !draft_->table.indicators.empty();
  }
  draft_->part = Draft::Part::after;
  row = at - 1;
  return true;
}

namespace {

/// What a row of a list holds of the project in a column; nullptr where nothing, or where the text ran out of its own column: a level's
/// name is no project, and no text is a project's name and its amount alike.
const Cell* told_of_project(const GridView& grid, std::uint32_t row, const HeadColumn& head, const std::vector<HeadColumn>& heads) {
  const Cell* cell = grid.at(row, head.column);
  if (cell == nullptr || grid.blank(*cell) || grid.is_level(*cell)) return nullptr;
  const bool astray = std::any_of(heads.begin(), heads.end(), [&](const HeadColumn& other) {
    return other.label != head.label && other.column >= cell->column && other.column < cell->column + cell->column_span;
  });
  return astray ? nullptr : cell;
}

}  // namespace

/// A row of a list: another project's name opens the next table. Whether there is anything left to read in the row.
bool Recogniser::list_row(const GridView& grid, std::uint32_t row) {
  std::string_view project;
  std::string_view unit;
  for (const HeadColumn& head : draft_->rows.plan().heads) {
    if (head.label != Label::project_name && head.label != Label::unit_name) continue;
    const Cell* cell = told_of_project(grid, row, head, draft_->rows.plan().heads);
    if (cell == nullptr) continue;
    // 备注：… under the list is no project; 合计 over the projects is none.
    std::string_view rest;
    if (inline_label_of(grid.text(*cell), rest) == Label::person) {
      draft_->part = Draft::Part::after;
      return false;
    }
    const Label label = grid.label(*cell);
    if (label == Label::budget_total || label == Label::total_score) return false;
    (head.label == Label::project_name ? project : unit) = grid.text(*cell);
  }
  Draft* draft = draft_.get();
  const bool first = draft->list_project.empty() && draft->list_unit.empty();
  const bool other = (!project.empty() && project != draft->list_project) || (!unit.empty() && unit != draft->list_unit);
  if (other && !first) {
    const std::string_view unit_above = draft->list_unit;
    open_next_under_header();
    draft = draft_.get();
    // The unit's cell reaches over its projects, or is left blank below the first.
    if (unit.empty() && !unit_above.empty()) {
      draft->table.unit_name = unit_above;
      draft->list_unit = unit_above;
    }
  }
  if (!project.empty()) draft->list_project = project;
  if (!unit.empty()) draft->list_unit = unit;
  if (draft->list_project.empty() && draft->list_unit.empty()) return true;
  for (const HeadColumn& head : draft->rows.plan().heads) {
    const Cell* cell = told_of_project(grid, row, head, draft->rows.plan().heads);
    if (cell != nullptr) draft->head.list_value(head.label, head.printed, grid.text(*cell), grid.stored(*cell));
  }
  return true;
}

}  // namespace jiheng::reading
