// The words that forms print beside their values, and above their columns. One table of synonyms each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/text_traits.h"
#include "goals/goal_table.h"

namespace jiheng::reading {

/// What a label in a form's head announces.
enum class Label : std::uint8_t {
  none,
  unit_name,   ///< 填报单位, 部门（单位）名称, 实施单位
  department,  ///< 主管部门
  project_name,
  project_category,
  project_attribute,  ///< 项目属性 (新增, 延续): the category where the form has no other
  period,
  period_start,
  period_end,
  amount,
  amount_total,
  annual_goal,
  long_term_goal,
  goal_frame,  ///< 总体目标, 年度总体目标: a goal of its own, or the frame round 预期目标 and 实际完成情况
  goal_result,
  tasks,
  task_name,
  task_content,
  task_amount,
  task_goal,
  budget_frame,
  money_unit,
  year,
  indicators_frame,
  funds_frame,  ///< 项目资金（万元）
  by_source,
  by_nature,
  budget_total,
  general_public,
  government_fund,
  special_account,
  other_funds,
  basic,
  project_expenditure,
  state_capital,
  fiscal_appropriation,
  fund_initial,
  fund_budget,
  fund_executed,
  fund_forecast,
  fund_rate,
  weight,
  score,
  total_score,
  person,  ///< 填报人, 联系电话, 填报日期 …: known, and not ours
};

/// The label that a cell is, whole; none for a value.
Label label_of(std::string_view printed);
Label label_of(std::string_view printed, const TextTraits& traits);
/// "万元" of 项目资金（万元） and 单位：万元; empty where no unit of money stands so.
std::string_view money_unit_in(std::string_view printed);
/// 万元 or 元 where the text holds it; none where it counts in 亿元 or 千元.
std::optional<std::string_view> money_unit_of(std::string_view text);
/// "填报单位（盖章）：某局" → the label, and in `rest` what stands behind the colon. none where the text does not begin so.
Label inline_label_of(std::string_view printed, std::string_view& rest);
/// Labels of the head: those that make a row of a form's head, as against a budget's or a fund's columns.
bool is_head_label(Label label);
/// A label that begins a form, not one of its foot (填报人, 其他需要说明的问题).
bool opens_form(Label label);
bool is_budget_label(Label label);
bool is_fund_column(Label label);
bool is_goal_label(Label label);
bool is_amount_label(Label label);
/// What stands where there is no indicator: 社会成本指标 | 无 | /. A blank is nothing, too.
bool is_nothing(std::string_view text);
/// "2026年", "（2026年度）" or "（2026年1-6月）" alone.
bool is_year_line(std::string_view text);

/// What a column of the indicator part holds.
enum class Column : std::uint8_t {
  none,
  frame,   ///< 绩效指标, 年度绩效指标 …: holds no value
  number,  ///< 序号
  level1,
  level2,
  level3,
  comparator,
  value,
  long_term_value,
  unit,
  explanation,
  scoring_rule,
  note,
  weight,
  actual,
  score,
  deviation,
  forecast,
  causes,  ///< 偏差原因分析 over several columns
  cause,   ///< one of them
  likelihood,
  likelihood_choice,
  other,  ///< known, and not ours
};

Column column_of(std::string_view printed);
Column column_of(std::string_view printed, const TextTraits& traits);
/// What the parts of an unknown word say of a column, in a row that is known to be a header: 三季度完成值 → actual.
Column guessed_column(std::string_view printed);

/// 部门整体支出绩效目标表, 项目支出绩效自评表（2026年度）…: the kind it tells, or nullopt for what is no title.
std::optional<TableKind> title_kind(std::string_view printed);
/// The title of a table that is none of ours (收支总表, 政府采购预算表): what stands above it has nothing to do with what follows.
bool is_other_title(std::string_view printed);
/// 项目支出绩效评价指标体系, 共性指标体系框架: the title of what others score by, and no form of a unit's.
bool names_evaluation(std::string_view printed);
/// Whether the line may be the first half of a title: 2026年部门预算 over 项目支出绩效目标表.
bool heads_title(std::string_view line);
/// The budget year that a title or a line of its own tells (2026年…, （2026年度）); nullopt for a span of years.
std::optional<int> year_of(std::string_view printed);

}  // namespace jiheng::reading
