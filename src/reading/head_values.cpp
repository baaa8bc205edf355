// What a form's head says under a label → the field of the table.
#include <utility>

#include "base/text.h"
#include "reading/amount.h"
#include "reading/column_plan.h"
#include "reading/head.h"
#include "reading/ticks.h"

namespace jiheng::reading {
namespace {

void set_once(views::Text& field, std::string_view text) {
  if (!field && !text.empty()) field = text;
}

/// 填报单位 names whose form it is; 部门（单位）名称 comes next, 实施单位 last.
int unit_rank(std::string_view label) {
  const std::string name = fold_label(label, true);
  for (const std::string_view word : {"填", "编", "申"}) {
    if (starts_with(name, word)) return 3;
  }
  return contains(name, "部门") || name == "单位名称" || contains(name, "预算") ? 2 : 1;
}

/// 实施单位, 项目单位, 承担单位: who carries the project out.
bool names_implementing(std::string_view label) {
  for (const std::string_view word : {"实施", "执行", "承担", "项目单位", "建设", "使用", "用款"}) {
    if (contains(label, word)) return true;
  }
  return false;
}

/// 填报单位：（盖章）某局: where the stamp goes is no part of the name.
std::string_view without_stamp(std::string_view text) {
  for (const std::string_view stamp : {"（盖章）", "(盖章)", "（公章）", "(公章)", "（签章）", "(签章)"}) {
    if (starts_with(text, stamp)) return trim(text.substr(stamp.size()));
    if (ends_with(text, stamp)) return trim(text.substr(0, text.size() - stamp.size()));
  }
  return text;
}

/// The amount of "96万元，其中：财政拨款90万元" and "96万元（其中财政拨款90万元）": what it is made of stands behind it.
views::Text amount_with_parts(std::string_view text, TextPool& texts) {
  if (const views::Text whole = amount_of(text, texts)) return whole;
  const std::size_t parts = text.find("其中");
  if (parts == std::string_view::npos) return std::nullopt;
  std::string_view front = trim(text.substr(0, parts));
  for (const std::string_view sign : {"，", ",", "；", ";", "。", "（", "(", "、"}) {
    if (ends_with(front, sign)) return amount_of(trim(front.substr(0, front.size() - sign.size())), texts);
  }
  return amount_of(front, texts);
}

/// Two different years in one label: 总体绩效目标（2026-2028年期间）, 2024年至2026年目标.
bool names_span_of_years(std::string_view text) {
  std::string_view first;
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    if (text.substr(at, 2) != "20") continue;
    const std::string_view year = text.substr(at, 4);
    if (year.find_first_not_of("0123456789") != std::string_view::npos) continue;
    if (!first.empty() && year != first) return true;
    first = year;
    at += 3;
  }
  return false;
}

/// "☑新增项目 □延续项目" → 新增项目; as printed where nothing, or more than one, is ticked.
std::string_view choice_of(std::string_view text, TextPool& texts) {
  const std::string_view chosen = ticked_choice(text, texts);
  return chosen.empty() ? text : chosen;
}

}  // namespace

bool Head::assign_unit_name(std::string_view printed_label, std::string_view text) {
  // "单位：万元" names no unit.
  if (text == "万元" || text == "元" || text == "亿元" || text == "千元") {
    if (!table_.money_unit) table_.money_unit = money_unit_of(text);
    return true;
  }
  text = without_stamp(text);
  const int rank = unit_rank(printed_label);
  if (rank == 1 && names_implementing(printed_label)) set_once(implementing_, text);
  if (rank > unit_rank_ && !text.empty()) {
    unit_rank_ = rank;
    table_.unit_name = text;
  }
  return true;
}

bool Head::assign_budget(Label label, std::string_view text) {
  views::Text* field = nullptr;
  switch (label) {
    case Label::budget_total:
      field = &budget_.total;
      break;
    case Label::general_public:
      field = &budget_.general_public;
      break;
    case Label::government_fund:
      field = &budget_.government_fund;
      break;
    case Label::special_account:
      field = &budget_.special_account;
      break;
    case Label::other_funds:
      field = &budget_.other;
      break;
    case Label::basic:
      field = &budget_.basic;
      break;
    case Label::project_expenditure:
      field = &budget_.project;
      break;
    case Label::state_capital:
      field = &budget_.state_capital;
      break;
    case Label::fiscal_appropriation:
      field = &budget_.fiscal_appropriation;
      break;
    default:
      return false;
  }
  // Words are no amount.
  if (*field || !holds_digit(text)) return true;
  any_budget_ = true;
  *field = amount_with_parts(text, texts_).value_or(text);
  if (!table_.money_unit) table_.money_unit = money_unit_of(text);
  return true;
}

/// 总体目标 and its like, with a text of its own.
void Head::assign_framed_goal(std::string_view printed_label, std::string_view text) {
  if (text.empty()) return;
  // 总体绩效目标完成情况 tells what came of it; 绩效目标及完成情况 tells both.
  if (contains(printed_label, "完成情况") && !contains(printed_label, "及完成")) return set_once(table_.goal_result, text);
  // 总体绩效目标（2026-2028年期间）
  if (names_span_of_years(printed_label)) return set_once(table_.long_term_goal, text);
  const bool overall = names_long_term(printed_label);
  if (!table_.annual_goal)
    overall_goal_ = overall;
  else if (overall && !overall_goal_ && text != *table_.annual_goal)
    return set_once(table_.long_term_goal, text);
  set_once(table_.annual_goal, text);
}

bool Head::assign(Label label, std::string_view printed_label, std::string_view text, std::string_view stored, std::string_view bracket) {
  if (!bracket.empty() && !table_.money_unit) table_.money_unit = bracket;
  const auto amount = [&](views::Text& field) {
    if (field || stored.empty()) return;
    field = amount_with_parts(stored, texts_).value_or(text);
    if (!table_.money_unit) table_.money_unit = money_unit_of(text);
  };
  switch (label) {
    case Label::unit_name:
      return assign_unit_name(printed_label, text);
    case Label::department:
      set_once(table_.department, text);
      own_department_ = own_department_ || !contains(printed_label, "主管");
      return true;
    case Label::project_name:
      set_once(table_.project_name, text);
      break;
    case Label::project_category:
      set_once(table_.project_category, choice_of(text, texts_));
      break;
    case Label::project_attribute:
      set_once(attribute_, choice_of(text, texts_));
      return true;
    case Label::period:
      set_once(table_.period, text);
      break;
    case Label::period_start:
      set_once(period_start_, text);
      return true;
    case Label::period_end:
      set_once(period_end_, text);
      return true;
    case Label::amount:
      amount(table_.amount);
      if ((contains(printed_label, "资金总额") || contains(printed_label, "预算总额")) && !whole_amount_ && reads_as_amount(stored))
        whole_amount_ = table_.amount;
      break;
    case Label::amount_total:
      amount(table_.amount_total);
      break;
    case Label::funds_frame:
      // 项目资金：35万元
      if (!amount_with_parts(stored, texts_)) return false;
      amount(table_.amount);
      break;
    case Label::goal_frame:
      assign_framed_goal(printed_label, text);
      break;
    case Label::annual_goal:
      // 总体目标 above 年度目标 is the whole project's; alone it is the year's.
      if (overall_goal_ && !text.empty() && !table_.long_term_goal && contains(printed_label, "年"))
        table_.long_term_goal = std::exchange(table_.annual_goal, std::nullopt);
      overall_goal_ = false;
      set_once(table_.annual_goal, text);
      // 预算年度（2026年）绩效目标
      if (!table_.year && contains(printed_label, "预算年度")) table_.year = year_of(printed_label);
      break;
    case Label::long_term_goal:
      set_once(table_.long_term_goal, text);
      break;
    case Label::goal_result:
      set_once(table_.goal_result, text);
      break;
    case Label::tasks:
      if (!text.empty()) table_.tasks.push_back({std::nullopt, text, std::nullopt, std::nullopt});
      break;
    case Label::money_unit:
      if (!table_.money_unit) table_.money_unit = money_unit_of(text);
      return true;
    case Label::year: {
      std::string year(text);
      if (!contains(year, "年")) year += "年";
      if (!table_.year) table_.year = year_of(year);
      return true;
    }
    case Label::total_score:
      set_once(table_.total_score, amount_of(stored, texts_).value_or(""));
      return true;
    case Label::score:
      // 自评得分 in the form's head is the whole form's; 得分 alone may be that of the money.
      if (!contains(printed_label, "自评") && !contains(printed_label, "评价")) return false;
      set_once(table_.total_score, amount_of(stored, texts_).value_or(""));
      return !text.empty();
    default:
      return is_budget_label(label) ? assign_budget(label, stored) : label == Label::person;
  }
  return true;
}

}  // namespace jiheng::reading
