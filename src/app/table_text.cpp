#include "app/table_text.h"

#include "base/text.h"

namespace jiheng::app {
namespace {

void line(std::string& out, std::string_view label, const Text& value) {
  if (value) out.append("  ").append(label).append("：").append(*value).append("\n");
}

std::string target_text(const Indicator& indicator) {
  std::string text(comparator_sign(indicator.comparator));
  if (indicator.value) text += (text.empty() ? "" : " ") + *indicator.value;
  if (indicator.upper) text += "～" + *indicator.upper;
  if (indicator.unit) text += " " + *indicator.unit;
  return text.empty() ? "（空）" : text;
}

void budget_text(std::string& out, const Budget& budget) {
  const std::pair<std::string_view, const Text*> parts[] = {
      {"资金总额", &budget.total},
      {"一般公共预算", &budget.general_public},
      {"政府性基金", &budget.government_fund},
      {"国有资本经营预算", &budget.state_capital},
      {"财政专户管理资金", &budget.special_account},
      {"财政拨款", &budget.fiscal_appropriation},
      {"其他资金", &budget.other},
      {"基本支出", &budget.basic},
      {"项目支出", &budget.project},
  };
  std::string text;
  for (const auto& [name, value] : parts) {
    if (!*value) continue;
    if (!text.empty()) text += "，";
    text.append(name).append(" ").append(**value);
  }
  if (!text.empty()) line(out, "预算情况", text);
}

void indicators_text(std::string& out, const GoalTable& table) {
  std::string level1;
  Text level2;
  for (const Indicator& indicator : table.indicators) {
    if (indicator.level1 != level1) {
      out += "  " + (indicator.level1.empty() ? "（无一级指标）" : indicator.level1) + "\n";
      level1 = indicator.level1;
      level2.reset();
    }
    if (indicator.level2 && indicator.level2 != level2) out += "    " + *indicator.level2 + "\n";
    level2 = indicator.level2;
    out += "      " + indicator.level3 + "：" + target_text(indicator);
    if (indicator.actual) out += "，完成 " + *indicator.actual;
    if (indicator.score) out += "，得分 " + *indicator.score;
    out += "\n";
  }
}

void table_text(std::string& out, const GoalTable& table, std::size_t number) {
  out += "\n第 " + std::to_string(number) + " 张　" + table.title.value_or(std::string(kind_name(table.kind))) + "\n";
  line(out, "单位", table.unit_name);
  line(out, "主管部门", table.department);
  if (table.year) line(out, "年度", std::to_string(*table.year));
  line(out, "金额单位", table.money_unit);
  line(out, "项目名称", table.project_name);
  line(out, "项目类别", table.project_category);
  line(out, "实施期", table.period);
  line(out, "年度预算", table.amount);
  line(out, "项目总额", table.amount_total);
  line(out, "总目标", table.long_term_goal);
  line(out, "年度目标", table.annual_goal);
  for (const Task& task : table.tasks) line(out, "任务", task.name.value_or("") + (task.content ? "（" + *task.content + "）" : ""));
  if (table.budget) budget_text(out, *table.budget);
  indicators_text(out, table);
}

}  // namespace

std::string document_text(const Document& document) {
  std::string out = document.file + "：";
  if (document.error) return out + "读不出来。" + document.error->message + "\n";
  out += document.tables.empty() ? "里面没有绩效目标表。" : std::to_string(document.tables.size()) + " 张表。";
  out += "\n";
  for (std::size_t i = 0; i < document.tables.size(); ++i) table_text(out, document.tables[i], i + 1);
  if (!document.notes.empty()) out += "\n读的时候做了这些处理，请核对：\n";
  for (const Note& note : document.notes) {
    out += "  ";
    if (note.table) out += "第 " + std::to_string(*note.table + 1) + " 张：";
    out += note.message + "\n";
  }
  return out;
}

}  // namespace jiheng::app
