#include "reading/recognise.h"

#include <memory>
#include <optional>

#include "base/text.h"
#include "goals/tree.h"
#include "reading/column_plan.h"
#include "reading/head.h"
#include "reading/indicator_rows.h"
#include "reading/labels.h"
#include "reading/target.h"

namespace jiheng::reading {
namespace {

/// A table in the making.
struct Draft {
  explicit Draft(std::vector<Note>& notes) : head(table), rows(table, notes) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  enum class Part { head, indicators, after };

  GoalTable table;
  std::optional<TableKind> told;  ///< by its title
  Head head;
  IndicatorRows rows;
  Part part = Part::head;
  bool planned = false;       ///< a header of indicators was seen
  bool in_grid = false;       ///< a grid gave something
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
  bool single_cell_row(const GridView& grid, const std::vector<const Cell*>& cells);
  bool header_row(const GridView& grid, std::uint32_t& row);
  bool indicator_row(const GridView& grid, std::uint32_t row, const std::vector<const Cell*>& cells);
  bool opens_head(const GridView& grid, const std::vector<const Cell*>& cells) const;
  void note(std::string code, std::string message, const Source& source);
  bool begun() const { return draft_->part != Draft::Part::head; }

  Document& document_;
  std::vector<Note> notes_;  ///< the draft's
  std::unique_ptr<Draft> draft_;
};

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

void Recogniser::close() {
  Draft& draft = *draft_;
  draft.rows.finish();
  const bool is_table = draft.planned || (draft.told && draft.in_grid && draft.head.has_substance());
  if (is_table) {
    if (!draft.planned && draft.level_rows >= 2) {
      note("header-missing", "没有找到绩效指标的表头，表中的指标没有读入，请补上“一级指标、二级指标、三级指标、指标值”等表头。",
           draft.first_level_row);
    }
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
      if (table.kind != TableKind::overall) {
        if (table.kind == TableKind::project && !table.amount && table.budget) table.amount = table.budget->total;
        table.budget.reset();
      }
    }
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
  // A form's own title repeated on its next page, or a title over a title.
  if (begun() || draft_->in_grid) close();
  draft_->told = kind;
  draft_->table.title = normalise(text);
  draft_->table.year = year_of(text);
}

void Recogniser::paragraph(std::string_view raw) {
  const std::string_view text = without_marks(raw);
  if (text.empty()) return;
  if (const auto kind = title_kind(text)) return title(text, *kind);
  std::string_view rest;
  const std::string line = normalise(text);
  if (begun()) {
    // After the indicators only a line that opens the next form matters.
    if (!opens_form(inline_label_of(line, rest))) return;
    close();
  }
  draft_->head.line(text);
}

bool Recogniser::single_cell_row(const GridView& grid, const std::vector<const Cell*>& cells) {
  const Cell& cell = *cells.front();
  const std::string_view text = without_marks(grid.text(cell));
  if (const auto kind = title_kind(text)) {
    title(text, *kind);
    return true;
  }
  // The title and the lines under it in one cell.
  std::string_view lines = trim(cell.printed());
  std::size_t end = lines.find('\n');
  if (end == std::string_view::npos) return false;
  const auto kind = title_kind(lines.substr(0, end));
  if (!kind) return false;
  title(lines.substr(0, end), *kind);
  while (end != std::string_view::npos) {
    lines.remove_prefix(end + 1);
    end = lines.find('\n');
    draft_->head.line(lines.substr(0, end));
  }
  return true;
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
  const std::uint32_t header_rows = plan->header_rows;
  draft.rows.plan(std::move(*plan));
  draft.part = Draft::Part::indicators;
  draft.planned = true;
  draft.in_grid = true;
  draft.columns = grid.columns();
  draft.from_lines = grid.from_lines();
  row += header_rows - 1;
  return true;
}

bool Recogniser::indicator_row(const GridView& grid, std::uint32_t row, const std::vector<const Cell*>& cells) {
  const std::string_view first = grid.text(*cells.front());
  const Label label = grid.label(*cells.front());
  std::string_view rest;
  const bool wide = cells.size() == 1 && cells.front()->column_span * 2 > grid.columns();
  if (label == Label::total_score || (label == Label::budget_total && cells.front()->column == 0)) {
    // 总分 or 合计 under the indicators.
    for (const Cell* cell : cells) {
      if (const Text score = amount_of(grid.stored(*cell)); score && label == Label::total_score) draft_->table.total_score = score;
    }
    return true;
  }
  if ((label == Label::person && cells.front()->column == 0) || inline_label_of(first, rest) == Label::person || wide) {
    draft_->part = Draft::Part::after;
    return true;
  }
  draft_->rows.read(grid, row);
  return true;
}

void Recogniser::row(const GridView& grid, std::uint32_t& row) {
  const std::vector<const Cell*> cells = grid.filled(row);
  if (cells.empty()) return;
  if (cells.size() == 1 && single_cell_row(grid, cells)) return;
  if (header_row(grid, row)) return;
  if (begun() && opens_head(grid, cells)) close();
  if (draft_->part == Draft::Part::indicators) {
    indicator_row(grid, row, cells);
    return;
  }
  if (draft_->part == Draft::Part::after) return;
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
    if (!own && same) {
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
