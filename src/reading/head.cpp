#include "reading/head.h"

#include <algorithm>

#include "base/text.h"
#include "reading/amount.h"

namespace jiheng::reading {
namespace {

/// Labels whose value may stand under them.
bool may_stand_above(Label label) {
  return is_goal_label(label) || is_amount_label(label);
}

bool heads_one_project(Label label) {
  return label == Label::project_name || label == Label::unit_name || label == Label::department || label == Label::project_category ||
         label == Label::period;
}

/// 项目名称 | 主管部门 | 实施单位 over the values of one project: labels alone, one row below them, and then the form goes on. A list has
/// more.
bool heads_one_row(const GridView& grid, const Cell& cell) {
  constexpr std::size_t least = 3;
  const auto labels = grid.filled(cell.row);
  if (labels.size() < least || !std::all_of(labels.begin(), labels.end(), [&](const Cell* c) { return grid.is_label(*c); })) return false;
  const Cell* below = grid.at(cell.row + cell.row_span, cell.column);
  if (below == nullptr || below->row != cell.row + cell.row_span || grid.blank(*below)) return false;
  const auto values = grid.filled(below->row);
  if (std::any_of(values.begin(), values.end(), [&](const Cell* c) { return grid.is_label(*c) || grid.is_level(*c); })) return false;
  const auto after = grid.filled(below->row + below->row_span);
  if (after.empty()) return false;
  std::string_view rest;
  const Cell& first = *after.front();
  return grid.is_label(first) || grid.inline_label(first, rest) != Label::none || grid.column(first) != Column::none;
}

/// 项目绩效总目标 | 名称 | 目标说明 over 长期绩效目标1 | …: the names of columns.
bool names_goals(std::string_view text) {
  return text == "名称" || text == "目标名称";
}

bool stands_beside_goal(const GridView& grid, const Cell& cell) {
  const auto cells = grid.filled(cell.row);
  return std::any_of(cells.begin(), cells.end(), [&](const Cell* other) { return other != &cell && is_goal_label(grid.label(*other)); });
}

bool is_amount_below(const GridView& grid, const Cell& cell) {
  const Cell* below = grid.at(cell.row + cell.row_span, cell.column);
  return below != nullptr && below->row == cell.row + cell.row_span && reads_as_amount(grid.stored(*below));
}

/// 一般公共预算 | 基本支出 under 按收入性质分 | 按支出性质分, and nothing under 资金总额: where no cell is merged the header has a second
/// row.
bool is_rest_of_header(const GridView& grid, std::uint32_t row, std::uint32_t column) {
  const Cell* own = grid.at(row, column);
  if (own != nullptr && (own->row != row || own->row_span > 1 || !grid.blank(*own))) return false;
  constexpr std::size_t least = 2;
  constexpr std::size_t most = 32;  // no budget is parted into more
  const auto cells = grid.filled(row);
  return cells.size() >= least && cells.size() <= most &&
         std::all_of(cells.begin(), cells.end(), [&](const Cell* c) { return is_budget_label(grid.label(*c)); });
}

/// A short frame with the money's unit in brackets.
bool names_money_unit(std::string_view text) {
  constexpr std::size_t longest = 48;  // bytes
  if (text.size() > longest || (!contains(text, "资金") && !contains(text, "预算") && !contains(text, "金额"))) return false;
  for (const std::string_view unit : {"（万元）", "(万元)", "（元）", "(元)", "单位：万元", "单位:万元", "单位：元"}) {
    if (contains(text, unit)) return true;
  }
  return false;
}

}  // namespace

namespace {

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find('\n'));
}

/// 填报单位：某市疾病预防控制 over 中心: the cell was too narrow for the name.
bool is_rest_of_name(std::string_view line, std::string_view next) {
  constexpr std::size_t longest = 60;  // bytes
  std::string_view name;
  const Label label = inline_label_of(line, name);
  if ((label != Label::unit_name && label != Label::department && label != Label::project_name) || trim(name).empty()) return false;
  const std::string rest = normalise(next);
  if (rest.empty() || rest.size() > longest || rest.find_first_of(":0123456789 ") != std::string::npos || contains(rest, "："))
    return false;
  return label_of(rest) == Label::none;
}

}  // namespace

const Cell* Head::value_of(const GridView& grid, const Cell& cell, Label label) const {
  std::uint32_t right = cell.column + cell.column_span;
  const Cell* next = grid.at(cell.row, right);
  // A column without any text of its own only sets the value apart.
  const bool nothing = next == nullptr || (grid.blank(*next) && next->column_span == 1);
  if (nothing && !grid.from_lines() && right < grid.columns() && grid.is_blank_column(right)) next = grid.at(cell.row, ++right);
  const bool leaves_blanks = grid.from_lines() || ((next == nullptr || grid.blank(*next)) && !grid.merges_columns());
  if (leaves_blanks) {
    // Merged cells of plain text, or of a sheet that has lost its merges, leave blank ones behind.
    for (std::uint32_t column = right; column < grid.columns() && (next == nullptr || grid.blank(*next)); ++column)
      next = grid.at(cell.row, column);
  }
  if (next != nullptr && !grid.blank(*next)) {
    // A level's name is no value, and a column's no goal: 年初目标值 | 实际完成值.
    const bool heads_column =
        grid.is_level(*next) || (is_goal_label(label) && (grid.column(*next) != Column::none || names_goals(grid.text(*next))));
    // 项目本年度预算 | 项目主要支出方向 over 300: an unknown name beside an amount's, and the amount below.
    const bool heads_amount = is_amount_label(label) && !holds_digit(grid.text(*next)) && is_amount_below(grid, cell);
    const bool heads_goal = is_goal_label(label) && label_beside(grid, *next) != Label::none;
    if (!grid.is_label(*next) && is_goal_label(label) && heads_texts(grid, cell, *next)) {
      const Cell* below = grid.at(cell.row + 1, cell.column);
      return cell.row_span > 1 || grid.column(*below) != Column::none ? nullptr : below;
    }
    if (!grid.is_label(*next) && !heads_amount && !heads_goal) return heads_column ? nullptr : next;
    // A project may be called 基本支出.
    const Label beside = grid.label(*next);
    if (label == Label::project_name && (is_budget_label(beside) || is_fund_column(beside)) && !grid.from_lines()) return next;
  } else if (next != nullptr && !is_budget_label(label) && !(leaves_blanks && is_goal_label(label))) {
    return nullptr;  // the place for the value is there, and empty; in plain text it may be the rest of a merged label
  }
  if (next != nullptr && grid.is_label(*next) && heads_one_project(label) && heads_one_row(grid, cell))
    return grid.at(cell.row + cell.row_span, cell.column);
  if (!may_stand_above(label)) return nullptr;
  // 责任科室 | 完成时限 | 完成情况: beside no goal it is the name of a column.
  if (label == Label::goal_result && !stands_beside_goal(grid, cell)) return nullptr;
  // Over several rows, or beside a goal with a text of its own, it is the frame round the labels beside it.
  if (is_goal_label(label) && next != nullptr) {
    const Cell* text = is_goal_label(grid.label(*next)) ? grid.at(next->row, next->column + next->column_span) : nullptr;
    const bool beside_goal =
        text != nullptr && text->row == next->row && !grid.blank(*text) && !grid.is_label(*text) && grid.column(*text) == Column::none;
    if (cell.row_span > 1 || beside_goal) return nullptr;
  }
  std::uint32_t row = cell.row + cell.row_span;
  if (is_budget_label(label) && is_rest_of_header(grid, row, cell.column)) ++row;
  const Cell* below = grid.at(row, cell.column);
  if (below == nullptr || below->row != row || grid.blank(*below) || grid.is_label(*below) || grid.column(*below) != Column::none)
    return nullptr;
  // Under its neighbour as well it is a line over the rows that follow.
  if (is_goal_label(label) && next != nullptr && !grid.from_lines() && below->column + below->column_span > next->column) return nullptr;
  if (is_budget_label(label) && !reads_as_amount(grid.stored(*below))) return nullptr;
  return below;
}

void Head::list_value(Label label, std::string_view printed, std::string_view text, std::string_view stored, bool of_unit) {
  if (text.empty()) return;
  const std::string_view bracket = label_of(printed) == Label::none ? std::string_view() : money_unit_in(printed);
  if (is_fund_column(label) || label == Label::amount) {
    const views::Text amount = amount_of(stored, texts_);
    set_fund(list_money_, label == Label::amount ? Label::fund_budget : label, amount);
  }
  switch (label) {
    case Label::unit_name:
      table_.unit_name = text;
      break;
    case Label::task_amount:
    case Label::fund_initial:
    case Label::fund_budget:
    case Label::budget_total:
      assign(of_unit ? label : Label::amount, printed, text, stored, bracket);
      break;
    default:
      assign(label, printed, text, stored, bracket);
  }
  substance_ = true;
}

/// What stands beside an amount: its unit, or the rest of a number that was set over two cells. False where it is no whole amount.
bool Head::settle_amount(const GridView& grid, const Cell& value) {
  std::uint32_t right = value.column + value.column_span;
  const Cell* beside = grid.at(value.row, right);
  while (grid.from_lines() && beside != nullptr && grid.blank(*beside)) beside = grid.at(value.row, ++right);
  if (beside == nullptr || grid.blank(*beside)) return true;
  const std::string_view text = grid.text(*beside);
  if (text == "万元" || text == "元") {
    if (!table_.money_unit) table_.money_unit = text;
    return true;
  }
  const bool rest =
      text.size() > 1 && (text[0] == '.' || text[0] == ',') && text.find_first_not_of("0123456789.,") == std::string_view::npos;
  if (!rest || !reads_as_amount(grid.stored(value))) return true;
  notes_.push_back({"value-unread", texts_.join({"金额“", grid.text(value), "”和“", text, "”分在两格里，没有读入，请核对原文。"}),
                    std::nullopt, std::nullopt, grid.source(value)});
  taken_.push_back(beside);
  return false;
}

bool Head::label_cell(const GridView& grid, const Cell& cell, Label label, std::string_view bracket) {
  if (label == Label::long_term_goal) long_term_column_ = cell.column;
  if (label == Label::annual_goal) annual_column_ = cell.column;
  if (label == Label::tasks) tasks_frame_ = &cell;
  if (label == Label::funds_frame) funds_frame_ = &cell;
  // 2024年预算 beside 2025年预算, 2024年目标 beside 2025年目标: another year's.
  if ((label == Label::amount || label == Label::goal_frame || label == Label::annual_goal) && table_.year) {
    if (const auto year = year_of(grid.text(cell)); year && *year != *table_.year) {
      if (const Cell* other = value_of(grid, cell, label)) taken_.push_back(other);
      return true;
    }
  }
  const Cell* value = value_of(grid, cell, label);
  // 预算资金（万元） | 320.00: the frame has no rows of its own, it is the amount's label.
  if (label == Label::funds_frame && cell.row_span == 1 && value != nullptr && reads_as_amount(grid.stored(*value))) label = Label::amount;
  // 年度预算申请 | 资金总额：1860: a frame round a label with its own amount.
  if (value != nullptr && (is_amount_label(label) || label == Label::funds_frame)) {
    std::string_view amount;
    if (const Label inner = inline_label_of(grid.text(*value), amount); inner != Label::none && inner != Label::person) value = nullptr;
  }
  if (value == nullptr) return assign(label, grid.text(cell), {}, {}, bracket);
  taken_.push_back(value);
  if (is_amount_label(label) && !settle_amount(grid, *value)) return true;
  const std::string_view text = is_goal_label(label) ? goal_of_rows(grid, cell, *value) : grid.text(*value);
  // Amounts alone are no evidence: every budget table has them.
  const bool tells = label == Label::project_name || is_goal_label(label);
  // A goal that is itself "label：text" in the frame's cell: 预期目标：…
  std::string_view rest;
  if (is_goal_label(label)) {
    if (const Label inner = inline_label_of(text, rest); is_goal_label(inner)) {
      substance_ = true;
      return assign(inner, text, rest, rest, bracket);
    }
  }
  // 自2025年1月 | 至2026年12月
  std::uint32_t right = value->column + value->column_span;
  const Cell* to = label == Label::period ? grid.at(value->row, right) : nullptr;
  while (grid.from_lines() && to != nullptr && grid.blank(*to)) to = grid.at(value->row, ++right);
  if (to != nullptr && to->row == value->row && starts_with(grid.text(*to), "至")) {
    taken_.push_back(to);
    return assign(label, grid.text(cell), texts_.join({text, grid.text(*to)}), {}, bracket);
  }
  const bool understood = assign(label, grid.text(cell), text, grid.stored(*value), bracket);
  substance_ = substance_ || (tells && understood);
  return understood;
}

namespace {

/// 2、资金结构：（1）基本支出: the first of a group's labels, behind the group's name.
Label budget_label_behind(std::string_view text) {
  constexpr std::size_t longest = 60;  // bytes
  if (text.size() > longest || !contains(text, "资金") || contains(text, "其中")) return Label::none;
  const std::size_t wide = text.rfind("：");
  const std::size_t plain = text.rfind(':');
  if (wide == std::string_view::npos && plain == std::string_view::npos) return Label::none;
  const bool is_wide = plain == std::string_view::npos || (wide != std::string_view::npos && wide > plain);
  const Label label = label_of(text.substr(is_wide ? wide + std::string_view("：").size() : plain + 1));
  return is_budget_label(label) ? label : Label::none;
}

}  // namespace

bool Head::row(const GridView& grid, std::uint32_t row) {
  std::erase_if(taken_, [&](const Cell* cell) { return cell->row < row; });
  if (open_tasks(grid, row) || open_funds(grid, row)) return true;
  if (!funds_.empty() && fund_row(grid, row)) return true;
  if (tasks_ && task_row(grid, row)) return true;
  bool understood = false;
  bool under_labels = false;
  std::vector<const Cell*> unread;
  const auto cells = grid.filled(row);
  const auto several_years = [&] {
    return std::count_if(cells.begin(), cells.end(), [&](const Cell* cell) { return is_year_line(grid.text(*cell)); }) > 1;
  };
  for (const Cell* cell : cells) {
    if (std::find(taken_.begin(), taken_.end(), cell) != taken_.end()) {
      understood = under_labels = true;
      continue;
    }
    const std::string_view text = grid.text(*cell);
    const Label label = label_beside(grid, *cell);
    if (label != Label::none) {
      understood = label_cell(grid, *cell, label, money_unit_in(text)) || understood;
      continue;
    }
    if (const Label behind = budget_label_behind(text); behind != Label::none) {
      understood = label_cell(grid, *cell, behind, money_unit_in(text)) || understood;
      continue;
    }
    if (numbered_goal(grid, *cell)) {
      understood = substance_ = true;
      continue;
    }
    // 2024年 beside 2025年 are columns of other years, not the form's.
    if (is_year_line(text) && several_years()) {
      understood = true;
      continue;
    }
    // Several labels in one cell stand in lines of their own.
    bool any = false;
    std::string_view raw = cell->printed();
    while (!raw.empty()) {
      const std::string_view first = first_line(raw);
      const std::string_view second = first_line(raw.substr(std::min(first.size() + 1, raw.size())));
      std::size_t end = first.size();
      if (grid.is_printed() && is_rest_of_name(first, second)) {
        end += 1 + second.size();
        any = line(texts_.join({first, second})) || any;
      } else {
        any = line(first) || any;
      }
      raw.remove_prefix(std::min(end + 1, raw.size()));
    }
    understood = understood || any;
    if (!any) unread.push_back(cell);
    // 项目资金申请（万元）: whatever the frame is called, it tells the money's unit.
    if (!any && !table_.money_unit && names_money_unit(text)) table_.money_unit = money_unit_of(text);
  }
  note_two_forms(grid, row);
  if (under_labels) {
    for (const Cell* cell : unread) note_unread(grid, *cell);
  }
  return understood;
}

/// 项目名称 | 甲 | 项目名称 | 乙: two forms side by side are no one project's.
void Head::note_two_forms(const GridView& grid, std::uint32_t row) {
  const Cell* first = nullptr;
  for (const Cell* cell : grid.filled(row)) {
    if (grid.label(*cell) != Label::project_name) continue;
    const Cell* value = grid.at(row, cell->column + cell->column_span);
    if (value == nullptr || grid.blank(*value) || grid.is_label(*value)) continue;
    if (first != nullptr && grid.text(*first) == grid.text(*cell)) {
      notes_.push_back(
          {"forms-side-by-side",
           texts_.join({"这一行有两个“", grid.text(*cell), "”，像是两张表左右并排，读出的指标可能混在一起，请把两张表上下分开后再上传。"}),
           std::nullopt, std::nullopt, grid.source(*value)});
      return;
    }
    if (first == nullptr) first = cell;
  }
}

/// A number among the values under a row of labels that has no label over it, or is no clean amount.
void Head::note_unread(const GridView& grid, const Cell& cell) {
  constexpr std::size_t longest_amount = 30;  // bytes
  const std::string_view text = grid.text(cell);
  if (text.size() > longest_amount || text.find_first_of("0123456789") == std::string_view::npos) return;
  notes_.push_back({"value-unread", texts_.join({"“", text, "”上方没有认得的栏名，或者不是一个金额，没有读入，请核对原文。"}), std::nullopt,
                    std::nullopt, grid.source(cell)});
}

void Head::leave_grid() {
  tasks_.reset();
  funds_.clear();
  tasks_frame_ = nullptr;
  funds_frame_ = nullptr;
  taken_.clear();
}

void Head::finish() {
  // A list of what each project spent: its money is a row of execution.
  if (list_money_.executed && table_.kind != TableKind::overall && table_.kind != TableKind::project && table_.execution.empty()) {
    table_.execution.push_back(list_money_);
    table_.amount.reset();
  }
  // "the 实施单位 where a 主管部门 stands beside it"
  if (implementing_ && table_.department && !own_department_) table_.unit_name = implementing_;
  // 部门：某局 over a form that names no unit is the unit that files it; a 主管部门 is not.
  if (!table_.unit_name && own_department_) std::swap(table_.unit_name, table_.department);
  if (!table_.project_category) table_.project_category = attribute_;
  if (!table_.period && (period_start_ || period_end_)) {
    table_.period = texts_.join({period_start_.value_or(""), "至", period_end_.value_or("")});
  }
  if (table_.kind == TableKind::overall) {
    if (!budget_.total && whole_amount_) {
      budget_.total = whole_amount_;
      any_budget_ = true;
    }
    if (any_budget_) table_.budget = budget_;
    table_.project_name.reset();
    return;
  }
  if (table_.kind == TableKind::project && !table_.amount) table_.amount = budget_.total;
}

}  // namespace jiheng::reading
