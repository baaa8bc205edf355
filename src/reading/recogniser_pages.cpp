// What goes on from one form, grid or page to the next: the title over several forms, the same title on the next page, a cut table.
#include "base/text.h"
#include "goals/tree.h"
#include "reading/amount.h"
#include "reading/recogniser.h"

namespace jiheng::reading {

void Recogniser::remember_title_block() {
  if (block_kept_) return;
  block_kept_ = true;
  const views::GoalTable& table = draft_->table;
  block_.year = table.year;
  block_.unit_name = table.unit_name;
  block_.department = table.department;
  block_.own_department = draft_->head.own_department();
  block_.money_unit = table.money_unit;
}

/// A form without a title of its own stands under the last one: several projects on one page, or in one table.
void Recogniser::carry_title_block() {
  Draft& draft = *draft_;
  views::GoalTable& table = draft.table;
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
         draft.table.indicators.empty() ? views::Source() : draft.table.indicators.front().source);
}

/// The same title printed again on the next page, over more rows of the same form: it names no project and no goal of its own.
bool Recogniser::continues_last() const {
  const Draft& draft = *draft_;
  if (document_.tables.empty() || !draft.planned || draft.head.has_substance() || draft.table.project_name) return false;
  const views::GoalTable& last = document_.tables.back();
  return draft.table.title && draft.table.title == last.title && draft.table.kind == last.kind && !draft.table.indicators.empty() &&
         !last.indicators.empty() && (!draft.table.unit_name || draft.table.unit_name == last.unit_name);
}

void Recogniser::append_to_last() {
  views::GoalTable& last = document_.tables.back();
  const int index = static_cast<int>(document_.tables.size()) - 1;
  const int before = static_cast<int>(last.indicators.size());
  note("table-continued", "同一标题在下一页重复，下面没有新的项目名称和绩效目标，已接到上一张表。",
       draft_->table.indicators.front().source);
  for (views::Note& note : notes_) {
    note.table = index;
    if (note.indicator) *note.indicator += before;
    document_.notes.push_back(std::move(note));
  }
  const std::string_view level1 = last.indicators.back().level1;
  const views::Text level2 = last.indicators.back().level2;
  bool above = true;  // no level printed yet on the new page
  for (views::Indicator& indicator : draft_->table.indicators) {
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
      const bool named = grid.is_level(*cell);
      level = level || named || comparator_of(text).has_value();
      foreign = foreign || ((role == Column::level1 || role == Column::level2) && !named);
    }
    if (level) return true;
    if (foreign && !grid.from_lines()) return false;
    if (!foreign && cells.size() > 1) return true;
  }
  return false;
}

}  // namespace jiheng::reading
