// The head of a form (unit, project, goals, tasks, budget, money rows) → the fields of the table.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "goals/views.h"
#include "reading/grid_view.h"
#include "reading/labels.h"

namespace jiheng::reading {

/// Reads the rows and lines of one table's head, in order. One for each table.
class Head {
 public:
  /// `notes` gets what was doubted; the table's index is the caller's to set.
  Head(views::GoalTable& table, std::vector<views::Note>& notes, TextPool& texts) : table_(table), notes_(notes), texts_(texts) {}

  /// A paragraph, or a cell that is alone in its row: "填报单位（盖章）：某局    金额单位：万元", "（2026年度）".
  /// Whether anything of it was understood.
  bool line(std::string_view text);
  /// One row of a grid. Whether anything of it was understood.
  bool row(const GridView& grid, std::uint32_t row);
  /// A new grid: what was open in the one before is not in this one.
  void leave_grid();
  /// Whether a grid gave a value that only a goal table has (a goal, a task, a budget, a project's name).
  bool has_substance() const { return substance_; }
  /// One field from the column of a list that `printed` stands over; `of_unit`: of a list of units, whose amounts are a budget's.
  void list_value(Label label, std::string_view printed, std::string_view text, std::string_view stored, bool of_unit = false);
  /// Whether the mid-term goal was set on the left of the annual one.
  bool long_term_on_the_left() const { return long_term_column_ < annual_column_; }
  /// Whether the department is the unit that files, where no unit is named: 部门：某局.
  bool own_department() const { return own_department_; }
  void set_own_department(bool own) { own_department_ = own; }
  /// Whether a goal of this label was read already.
  bool has_goal(Label label) const;
  /// To be called once the table is whole and its kind is known.
  void finish();

 private:
  struct TaskColumns {
    int name = -1;
    int content = -1;
    int amount = -1;
    int goal = -1;
  };
  struct FundColumn {
    Label label = Label::none;
    std::uint32_t column = 0;
  };

  bool assign(Label label, std::string_view printed_label, std::string_view text, std::string_view stored, std::string_view bracket);
  void assign_framed_goal(std::string_view printed_label, std::string_view text);
  bool assign_unit_name(std::string_view printed_label, std::string_view text);
  bool assign_budget(Label label, std::string_view text);
  bool inline_labels(std::string_view text);
  bool money_unit_behind(std::string_view text);
  bool numbered_goal(const GridView& grid, const Cell& cell);
  bool label_cell(const GridView& grid, const Cell& cell, Label label, std::string_view bracket);
  std::string_view goal_below(const GridView& grid, const Cell& label, const Cell& value);
  std::string_view goal_of_rows(const GridView& grid, const Cell& label, const Cell& value);
  const Cell* value_of(const GridView& grid, const Cell& cell, Label label) const;
  bool open_tasks(const GridView& grid, std::uint32_t row);
  bool task_row(const GridView& grid, std::uint32_t row);
  bool open_funds(const GridView& grid, std::uint32_t row);
  static int guess_funds(const GridView& grid, std::uint32_t row, std::vector<FundColumn>& columns);
  bool fund_pairs(const GridView& grid, std::uint32_t row);
  bool fund_row(const GridView& grid, std::uint32_t row);

  bool settle_amount(const GridView& grid, const Cell& value);
  void note_two_forms(const GridView& grid, std::uint32_t row);
  void note_unread(const GridView& grid, const Cell& cell);

  views::GoalTable& table_;
  std::vector<views::Note>& notes_;
  TextPool& texts_;  ///< for what is made here
  views::Budget budget_;
  bool any_budget_ = false;
  views::Execution list_money_;  ///< of a project in a list
  views::Text whole_amount_;     ///< 年度资金总额: an overall form's total where it prints no other
  int unit_rank_ = 0;
  bool own_department_ = false;  ///< a department that is not called 主管
  views::Text implementing_;     ///< 实施单位, 项目单位
  views::Text attribute_;
  views::Text period_start_;
  views::Text period_end_;
  std::optional<TaskColumns> tasks_;
  const Cell* tasks_frame_ = nullptr;
  std::vector<FundColumn> funds_;
  const Cell* funds_frame_ = nullptr;
  std::vector<const Cell*> taken_;               ///< values of labels read already, in this row or below it
  std::uint32_t long_term_column_ = UINT32_MAX;  ///< of the labels 中期目标 and 年度目标 in one row
  std::uint32_t annual_column_ = 0;
  Label numbered_ = Label::none;      ///< of the goal that stands behind labels with numbers
  std::uint32_t numbered_goals_ = 0;  ///< how many
  bool overall_goal_ = false;         ///< the annual goal stood behind 总体目标
  bool substance_ = false;
};

/// 目标1, 年度目标2, and unless `whole` 目标1：… where there is more: it counts the goals of a form.
bool counts_goals(std::string_view text, bool whole);
/// The label of a cell. Beside another goal's, words that nobody knows may be one: 设定目标 | 目标完成情况综述.
Label label_beside(const GridView& grid, const Cell& cell);
/// Whether what stands right of a goal's label is no text of it, whatever its words: both stand over texts of their own.
bool heads_texts(const GridView& grid, const Cell& label, const Cell& next);
/// The amount of a money row in the column of this label.
void set_fund(views::Execution& money, Label column, const views::Text& amount);

}  // namespace jiheng::reading
