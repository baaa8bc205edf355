// The small tables in a form's head: tasks with their amounts, money rows with their columns.
#include <algorithm>

#include "base/text.h"
#include "reading/amount.h"
#include "reading/head.h"

namespace jiheng::reading {
namespace {

views::Text filled(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return text;
}

/// 三、部门整体支出绩效指标: the heading of a part of the form.
bool is_heading(std::string_view text) {
  for (const std::string_view number : {"一、", "二、", "三、", "四、", "五、", "六、"}) {
    if (starts_with(text, number)) return contains(text, "指标") || contains(text, "目标") || contains(text, "预算");
  }
  return false;
}

/// 预算数, 年初预算安排, 截至12月底执行数 beside columns of money that are known.
Label guessed_fund(const GridView& grid, const Cell& cell) {
  constexpr std::size_t longest = 45;  // bytes
  const Label label = grid.label(cell);
  if ((label != Label::none && label != Label::amount) || grid.text(cell).size() > longest) return Label::none;
  const std::string word = fold_label(grid.text(cell), true);
  const auto ends = [&](std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return ends_with(word, part); });
  };
  for (const std::string_view other : {"上年", "去年", "结转", "到位", "下达", "差"}) {
    if (contains(word, other)) return Label::none;
  }
  if (ends({"执行数", "执行金额", "支出数", "支出金额", "支付数", "支付金额", "累计支出", "全年支出", "资金支出", "使用数"}))
    return contains(word, "预计") ? Label::fund_forecast : Label::fund_executed;
  if (ends({"执行率", "执行进度", "支出进度", "支出率", "支付率", "支付进度", "使用率"})) return Label::fund_rate;
  const bool budget = label == Label::amount || ends({"预算数", "预算安排", "预算金额", "预算额"});
  return !budget ? Label::none : contains(word, "年初") ? Label::fund_initial : Label::fund_budget;
}

}  // namespace

void set_fund(views::Execution& money, Label column, const views::Text& amount) {
  switch (column) {
    case Label::fund_initial:
      money.initial = amount;
      break;
    case Label::fund_budget:
      money.budget = amount;
      break;
    case Label::fund_executed:
      money.executed = amount;
      break;
    case Label::fund_forecast:
      money.forecast = amount;
      break;
    case Label::fund_rate:
      money.rate = amount;
      break;
    case Label::weight:
      money.weight = amount;
      break;
    case Label::score:
      money.score = amount;
      break;
    default:
      break;
  }
}

bool Head::open_tasks(const GridView& grid, std::uint32_t row) {
  TaskColumns columns;
  for (const Cell* cell : grid.filled(row)) {
    const int column = static_cast<int>(cell->column);
    switch (grid.label(*cell)) {
      case Label::tasks:
        // 年度重点工作任务 | 名称 | 主要实施内容
        if (const Cell* beside = grid.at(row, cell->column + cell->column_span); beside != nullptr && grid.text(*beside) == "名称")
          columns.name = static_cast<int>(beside->column);
        // 主要任务 as the frame, or as the name's column where the frame is 年度主要任务.
        if (tasks_frame_ != nullptr && tasks_frame_ != cell && columns.name < 0)
          columns.name = column;
        else
          tasks_frame_ = cell;
        break;
      case Label::task_name:
        columns.name = column;
        break;
      case Label::task_content:
        columns.content = column;
        break;
      case Label::task_amount:
      case Label::amount:
        columns.amount = column;
        break;
      case Label::task_goal:
        columns.goal = column;
        break;
      default:
        break;
    }
  }
  if (columns.name < 0 && columns.content > 0 && columns.amount >= 0) {
    // 部门职能职责 | 主要内容 | 预算申报金额: whatever the tasks are called, they stand left of what they consist of.
    const Cell* beside = grid.at(row, static_cast<std::uint32_t>(columns.content) - 1);
    const bool heads = beside != nullptr && beside->row == row && !grid.blank(*beside) && beside != tasks_frame_;
    if (heads && grid.column(*beside) != Column::number) columns.name = static_cast<int>(beside->column);
  }
  if (columns.name < 0 && columns.content < 0) return false;
  if (columns.name < 0 && columns.amount < 0 && columns.goal < 0) return false;
  if (columns.amount >= 0 && !table_.money_unit) {
    const std::string_view unit = money_unit_in(grid.text(*grid.at(row, static_cast<std::uint32_t>(columns.amount))));
    if (!unit.empty()) table_.money_unit = unit;
  }
  // 全年预算数（万元） over 总额, 财政拨款, 其他资金
  for (const Cell* cell : grid.filled(row)) {
    if (table_.money_unit) break;
    const Label label = grid.label(*cell);
    if (!is_fund_column(label) && label != Label::amount) continue;
    if (const std::string_view unit = money_unit_in(grid.text(*cell)); !unit.empty()) table_.money_unit = unit;
  }
  tasks_ = columns;
  return true;
}

bool Head::task_row(const GridView& grid, std::uint32_t row) {
  const auto cells = grid.filled(row);
  if (cells.empty()) return true;
  const int first =
      std::max(0, std::min(tasks_->name < 0 ? tasks_->content : tasks_->name, tasks_->content < 0 ? tasks_->name : tasks_->content));
  const bool frame_ended =
      static_cast<int>(cells.front()->column) < first && cells.front() != tasks_frame_ && !is_number(grid.text(*cells.front()));
  const bool sum = grid.text(*cells.front()) == "合计" || grid.text(*cells.front()) == "总计" || grid.text(*cells.front()) == "金额合计";
  if (sum) return true;  // the sum of the tasks is none
  // 总额, 财政拨款, 其他资金 under 预算情况: the header's second row, and the amount's column in it.
  if (tasks_->amount < 0 && static_cast<int>(cells.front()->column) > std::max(tasks_->name, tasks_->content) &&
      grid.label(*cells.front()) == Label::budget_total &&
      std::all_of(cells.begin(), cells.end(), [&](const Cell* cell) { return grid.is_label(*cell); })) {
    tasks_->amount = static_cast<int>(cells.front()->column);
    return true;
  }
  // The same under 预算金额.
  if (tasks_->amount >= 0 && static_cast<int>(cells.front()->column) >= tasks_->amount &&
      std::all_of(cells.begin(), cells.end(), [&](const Cell* cell) { return is_amount_label(grid.label(*cell)); }))
    return true;
  // 三、绩效指标 over the name and the content alike heads what follows.
  const Cell& front = *cells.front();
  const bool over_both = tasks_->name >= 0 && tasks_->content >= 0 &&
                         static_cast<int>(front.column) <= std::min(tasks_->name, tasks_->content) &&
                         static_cast<int>(front.column + front.column_span) > std::max(tasks_->name, tasks_->content);
  const bool heading = cells.size() == 1 && (over_both || (grid.from_lines() && front.column == 0 && is_heading(grid.text(front))));
  // A task may be called 项目经费: beside the tasks' frame it is one.
  const Cell* content = tasks_->content < 0 ? nullptr : grid.at(row, static_cast<std::uint32_t>(tasks_->content));
  const bool beside_frame = tasks_frame_ != nullptr && (grid.from_lines() || tasks_frame_->row + tasks_frame_->row_span > row);
  const bool framed = beside_frame && front.column > 0 && static_cast<int>(front.column) == tasks_->name &&
                      is_budget_label(grid.label(front)) && content != nullptr && !grid.blank(*content) &&
                      !reads_as_amount(grid.stored(*content));
  if (frame_ended || heading || (grid.is_label(front) && !framed)) {
    tasks_.reset();
    return false;
  }
  const auto text = [&](int column) -> views::Text {
    if (column < 0) return std::nullopt;
    const Cell* cell = grid.at(row, static_cast<std::uint32_t>(column));
    return cell == nullptr ? std::nullopt : filled(grid.text(*cell));
  };
  views::Task task{text(tasks_->name), text(tasks_->content), text(tasks_->amount), text(tasks_->goal)};
  if (task.amount) {
    const Cell* cell = grid.at(row, static_cast<std::uint32_t>(tasks_->amount));
    if (const views::Text amount = amount_of(grid.stored(*cell), texts_)) task.amount = amount;
  }
  if (!task.name && !task.content) return true;
  // 合计 under the tasks sums them; it is none.
  if (task.name && !task.content && (*task.name == "合计" || *task.name == "总计")) return true;
  substance_ = true;
  table_.tasks.push_back(task);
  return true;
}

/// Adds the columns of a money header that are told by how their names end. How many.
int Head::guess_funds(const GridView& grid, std::uint32_t row, std::vector<FundColumn>& columns) {
  int guesses = 0;
  const std::uint32_t rows = grid.at(row, columns.front().column)->row_span;
  for (const Cell* cell : grid.filled(row)) {
    const Label guessed = guessed_fund(grid, *cell);
    const auto same = [&](const FundColumn& column) { return column.label == guessed; };
    if (guessed == Label::none || std::any_of(columns.begin(), columns.end(), same)) continue;
    // 年度资金（万元） left of the rows is the frame round them.
    const Cell* below = grid.at(row + cell->row_span, cell->column);
    if (cell->row_span > rows || (cell->column == 0 && (below == nullptr || !reads_as_amount(grid.stored(*below))))) continue;
    columns.push_back({guessed, cell->column});
    ++guesses;
  }
  std::sort(columns.begin(), columns.end(), [](const FundColumn& a, const FundColumn& b) { return a.column < b.column; });
  return guesses;
}

bool Head::open_funds(const GridView& grid, std::uint32_t row) {
  std::vector<FundColumn> columns;
  int kinds = 0;
  for (const Cell* cell : grid.filled(row)) {
    const Label label = grid.label(*cell);
    // A list of projects with what each spent: no sources of one project's money.
    const Cell* beside = grid.at(row, cell->column + cell->column_span);
    if (label == Label::project_name && beside != nullptr && grid.is_label(*beside)) return false;
    if (label == Label::funds_frame) funds_frame_ = cell;
    if (!is_fund_column(label)) continue;
    columns.push_back({label, cell->column});
    if (label != Label::weight && label != Label::score) ++kinds;
  }
  if (columns.empty()) return false;
  if (kinds >= 2 && fund_pairs(grid, row)) return true;
  kinds += guess_funds(grid, row, columns);
  if (kinds < 2) return false;
  // 全年预算数 over the rows' names as well: the columns were not told right.
  const Cell* first = grid.at(row, columns.front().column);
  if (first->column == 0 && first->column_span > 2) return false;
  funds_ = std::move(columns);
  for (const Cell* cell : grid.filled(row)) {
    const bool tells = grid.is_label(*cell) || contains(grid.text(*cell), "预算") || contains(grid.text(*cell), "资金");
    if (table_.money_unit || !tells) continue;
    if (const std::string_view unit = money_unit_in(grid.text(*cell)); !unit.empty()) table_.money_unit = unit;
  }
  return true;
}

/// 年初预算数 | 45 | 全年预算数 | 45 | 全年执行数 | 44.1: each label has its amount beside it.
bool Head::fund_pairs(const GridView& grid, std::uint32_t row) {
  views::Execution money;
  const Cell* last = nullptr;
  for (const Cell* cell : grid.filled(row)) {
    const Label label = grid.label(*cell);
    if (!is_fund_column(label) && label != Label::amount) continue;
    const Cell* value = grid.at(row, cell->column + cell->column_span);
    if (value == nullptr || value->row != row) return false;
    const views::Text amount = amount_of(grid.stored(*value), texts_);
    if (!amount) return false;
    last = value;
    set_fund(money, label == Label::amount ? Label::fund_budget : label, amount);
  }
  if (last == nullptr) return false;
  for (const Cell* cell : grid.filled(row)) {
    if (!table_.money_unit && grid.is_label(*cell)) {
      if (const std::string_view unit = money_unit_in(grid.text(*cell)); !unit.empty()) table_.money_unit = unit;
    }
  }
  table_.execution.push_back(money);
  substance_ = true;
  return true;
}

bool Head::fund_row(const GridView& grid, std::uint32_t row) {
  const auto cells = grid.filled(row);
  if (cells.empty()) return true;
  // 其中：财政拨款 | 180 in the columns of the amounts: nobody says which of them its amount is.
  const Cell& name = *cells.front();
  if (name.column == funds_.front().column && is_budget_label(grid.label(name))) {
    for (const Cell* cell : cells) note_unread(grid, *cell);
    return true;
  }
  views::Execution money;
  bool heads_rows = false;
  for (const Cell* cell : cells) {
    if (cell == funds_frame_) continue;
    const Label label = grid.label(*cell);
    // 三、目标完成情况 | 年度预期目标 | 具体完成情况: no sum of money stands under 年初预算数.
    if (label == Label::annual_goal || label == Label::long_term_goal) {
      funds_.clear();
      return false;
    }
    if (cell->column >= funds_.front().column) continue;
    heads_rows = heads_rows || label == Label::by_source || label == Label::by_nature;
    // Another part of the head begins, with 年度目标1： as well.
    const bool head = is_head_label(label) && label != Label::amount && label != Label::amount_total && label != Label::funds_frame &&
                      label != Label::project_attribute;
    if (head || (label == Label::none && counts_goals(grid.text(*cell), true))) {
      funds_.clear();
      return false;
    }
    // A number in a column that nobody knows is no name.
    if (label != Label::funds_frame && !is_number(grid.text(*cell))) money.fund = filled(grid.text(*cell));
  }
  bool any = false;
  for (const FundColumn& column : funds_) {
    const Cell* cell = grid.at(row, column.column);
    if (cell == nullptr || grid.blank(*cell)) continue;
    // One weight or score over several rows is told with the first.
    if ((column.label == Label::weight || column.label == Label::score) && cell->row < row) continue;
    const std::string_view stored = grid.stored(*cell);
    const views::Text amount = amount_of(stored, texts_);
    if (!amount && stored != "-" && stored != "—" && stored != "/") continue;
    any = true;
    set_fund(money, column.label, amount);
  }
  // 说明：无 below the money rows is none of them.
  std::string_view rest;
  if (!any && (!money.fund || inline_label_of(*money.fund, rest) == Label::person)) {
    funds_.clear();
    return false;
  }
  // 按收入性质分 over the next rows, or amounts behind their names in one cell: no money row of these columns.
  if (!any && std::any_of(money.fund->begin(), money.fund->end(), [](char c) { return c >= '0' && c <= '9'; })) return true;
  if (!any && heads_rows) return true;
  table_.execution.push_back(money);
  substance_ = true;
  return true;
}

}  // namespace jiheng::reading
