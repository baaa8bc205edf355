// Titles and the lines around them: what opens a form, what tells of it from above, and what has nothing to do with it.
#include <utility>

#include "base/text.h"
#include "reading/recogniser.h"

namespace jiheng::reading {
namespace {

/// "## 2026年部门整体支出绩效目标表" of a Markdown text.
std::string_view without_marks(std::string_view text) {
  text = trim(text);
  while (!text.empty() && (text.front() == '#' || text.front() == '*')) text = trim(text.substr(1));
  while (!text.empty() && text.back() == '*') text = trim(text.substr(0, text.size() - 1));
  return text;
}

/// A sentence, not a line of a form's head.
bool is_prose(std::string_view text) {
  constexpr std::size_t least = 90;  // bytes
  return text.size() > least || contains(text, "。");
}

}  // namespace

void Recogniser::title(std::string_view text, TableKind kind) {
  if (begun() && (contains(text, "续表") || contains(text, "（续") || contains(text, "(续"))) return;
  // A form's own title repeated on its next page, or a title over a title.
  if (begun() || draft_->in_grid) close();
  draft_->told = kind;
  draft_->of_evaluators = draft_->table_above = draft_->title_spent = false;
  draft_->table.title = texts_.normal(text);
  if (const std::string_view unit = money_unit_in(text); !unit.empty()) draft_->table.money_unit = unit;
  // A line above the title may have told the year, or be its first half: 2026年部门预算 / 项目支出绩效目标表.
  if (const auto year = year_of(text)) draft_->table.year = year;
  if (!draft_->table.year && heads_title(line_above_)) {
    draft_->table.year = year_of(line_above_);
    draft_->year_above = draft_->table.year.has_value();
  }
  block_ = {};
  block_.told = kind;
  block_kept_ = false;
}

/// Another table's title: the form above has ended, and no form's title is open.
void Recogniser::other_title(bool of_evaluators) {
  if (begun() || draft_->in_grid)
    close();
  else if (draft_->told || draft_->lined)
    drop_draft();
  block_ = {};
  block_kept_ = false;
  draft_->of_evaluators = of_evaluators;
}

/// Said once a document: a unit may print its own self-evaluation so. What the title spoke of goes on: its header may come again on the
/// next page.
void Recogniser::pass_over_evaluation(const views::Source& place) {
  other_title(draft_->of_evaluators);
  if (std::exchange(evaluation_noted_, true)) return;
  document_.notes.push_back(
      {"evaluation-not-read",
       "这里有一张评价打分用的指标表，没有当作绩效目标表或自评表读入。如果是本单位的自评表，请在标题里写明“自评”，再上传一次。",
       std::nullopt, std::nullopt, place});
}

void Recogniser::drop_draft() {
  notes_.clear();
  begin();
}

/// A sentence between lines of a head: what the lines above it say belongs to no form below. A title keeps its name, as it may have an
/// introduction, but it is no proof any more: a table of contents has titles, too.
void Recogniser::prose() {
  if (draft_->in_grid || (!draft_->lined && (!draft_->told || draft_->prose_above))) return;
  const std::optional<TableKind> told = draft_->told;
  const views::Text title = draft_->table.title;
  const std::optional<int> year = draft_->table.year;
  const bool year_above = draft_->year_above;
  drop_draft();
  if (!told) return;
  draft_->told = told;
  draft_->table.title = title;
  draft_->table.year = year;
  draft_->year_above = year_above;
  draft_->prose_above = true;
  if (const std::string_view unit = money_unit_in(*title); !unit.empty()) draft_->table.money_unit = unit;
}

/// （2025年度） below the title is the form's own year, whatever stands above it.
void Recogniser::own_year(std::string_view line) {
  if (!draft_->year_above || !is_year_line(line)) return;
  draft_->table.year.reset();
  draft_->year_above = false;
}

void Recogniser::paragraph(std::string_view raw) {
  const std::string_view text = without_marks(raw);
  if (text.empty()) return;
  const auto kind = title_kind(text);
  if (kind) title(text, *kind);
  line_above_ = text;
  if (kind) return;
  if (is_other_title(text)) return other_title(names_evaluation(text));
  std::string_view rest;
  const std::string_view line = texts_.normal(text);
  if (begun()) {
    // After the indicators only a line that opens the next form matters.
    if (!opens_form(inline_label_of(line, rest))) return;
    close();
  }
  own_year(text);
  if (draft_->head.line(text))
    draft_->lined = true;
  else if (is_prose(text))
    prose();
}

/// A title in a row of the grid: alone, or beside the number of the form and the money's unit.
bool Recogniser::title_row(const GridView& grid, std::span<const Cell* const> cells) {
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
  // The title and the lines under it in one cell.
  if (cells.size() != 1) return false;
  std::string_view lines = trim(cells.front()->printed());
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

}  // namespace jiheng::reading
