// Amounts: what is missing, and whether the sums hold.
#include "auditing/money.h"

#include <algorithm>
#include <map>
#include <set>

#include "auditing/findings.h"
#include "auditing/names.h"
#include "auditing/rules.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

using Amount = std::optional<Decimal>;

std::string in_unit(const Amount& yuan, const TableView& table) {
  return from_yuan(yuan, table.yuan()).value_or("?") + std::string(money_unit_name(table));
}

/// A project's name as the sentences call it.
std::string project_of(const TableView& table) {
  return table.raw->project_name ? "“" + *table.raw->project_name + "”" : "第" + std::to_string(table.index + 1) + "张表";
}

Amount amount_of(const TableView& project) {
  return to_yuan(number(project.raw->amount), project.yuan());
}

Amount planned_for_projects(const TableView& overall) {
  return overall.raw->budget ? to_yuan(number(overall.raw->budget->project), overall.yuan()) : std::nullopt;
}

/// Every annual task of the overall table has a project table that bears its name: then all projects may be taken to be there.
bool all_projects_present(const TableView& overall, const std::vector<const TableView*>& parts, const policy::Words& words) {
  // A form without tasks names no project that could be missing.
  if (parts.empty()) return false;
  std::set<std::string> cores;
  for (const TableView* part : parts) cores.insert(part->core);
  for (const Task& task : overall.raw->tasks) {
    const std::string core = task.name ? project_core(*task.name, words) : std::string();
    if (core.empty() || !cores.contains(core)) return false;
  }
  return true;
}

constexpr Card budget_missing{
    .id = "budget-missing",
    .severity = Severity::error,
    .aspect = Aspect::completeness,
    .basis = "财预〔2015〕88号 绩效目标申报表",
    .title = "未填预算金额",
    .title_en = "Amount missing",
    .explanation = "预算金额为空，目标与资金是否匹配无从审核。其他各表的勾稽关系只允许一个数时，给出该数并说明依据。",
    .explanation_en =
        "Without an amount nobody can judge whether goal and money match. Where the identities between the tables leave one value, it is "
        "given.",
    .wordings =
        {{{"", "{table}未填写预算金额。", "{table} states no amount.", "请按部门预算填列。",
           "Enter the amount of the department's budget."},
          {"from-projects",
           "{table}未填写预算金额。整体支出表的项目支出为{planned}，减去{others}，余{left}"
           "，即本项目金额（依据：整体支出表的项目支出等于各项目预算之和）。{cost}",
           "{table} states no amount. The overall table's project expenditure of {planned}, less {others}, leaves {left} for this project "
           "(identity: the overall table's project expenditure equals the sum of the projects' budgets). {cost}",
           "请核对后填列{left}。", "Check, and enter {left}."},
          {"from-parts", "{table}未填写资金总额。{identity}，即资金总额应为{left}。",
           "{table} states no total. {identity}, so the total should be {left}.", "请核对后填列{left}。", "Check, and enter {left}."},
          {"nothing-left",
           "{table}未填写预算金额，而其他项目合计{others_sum}，已达到或超过整体支出表的项目支出{planned}，没有留给本项目的金额。",
           "{table} states no amount, and the other projects' {others_sum} already reach the overall table's project expenditure of "
           "{planned}.",
           "请核对各项目金额和整体支出表的项目支出。", "Check the projects' amounts and the overall table's project expenditure."}}},
};

/// The project's own cost target, where it says the same amount: the identity is borne out.
std::pair<std::string, std::string> cost_that_agrees(const TableView& project, const Decimal& yuan) {
  for (const IndicatorView& indicator : project.indicators) {
    if (!indicator.cost || !indicator.numeric || !indicator.yuan) continue;
    if (to_yuan(indicator.value, *indicator.yuan) != yuan) continue;
    std::string chinese("本表成本指标“"), english("The cost target “");
    chinese.append(indicator.raw->level3).append("”为“").append(target_text(*indicator.raw)).append("”，与此相符。");
    english.append(indicator.raw->level3).append("” “").append(target_text(*indicator.raw)).append("” agrees.");
    return {std::move(chinese), std::move(english)};
  }
  return {};
}

Draft drafted_from_projects(const TableView& project, const TableView& overall, const std::vector<const TableView*>& parts) {
  const Amount planned = planned_for_projects(overall);
  Amount known = Decimal(0);
  std::string others, others_en;
  std::size_t count = 0;
  for (const TableView* part : parts) {
    if (part == &project) continue;
    const Amount amount = amount_of(*part);
    known = sum(known, amount);
    if (count++ < 8) {
      others.append(others.empty() ? "" : "、").append(project_of(*part)).append(in_unit(amount, overall));
      others_en.append(others_en.empty() ? "" : ", ").append(project_of(*part)).append(" ").append(in_unit(amount, overall));
    }
  }
  if (count > 8) others += "等" + std::to_string(count) + "个项目共" + in_unit(known, overall);
  const Amount left = difference(planned, known);
  if (!left) return Draft(budget_missing);
  if (left->is_negative() || left->is_zero()) {
    return Draft(budget_missing, "nothing-left").with("planned", in_unit(planned, overall)).with("others_sum", in_unit(known, overall));
  }
  if (others.empty()) others = others_en = "0";
  auto [cost, cost_en] = cost_that_agrees(project, *left);
  if (cost.empty() && overall.raw->tasks.empty()) {
    cost = "以上以各项目表均已报送为前提。";
    cost_en = "This takes it that every project's table has been filed.";
  }
  Draft draft(budget_missing, "from-projects");
  draft.with("planned", in_unit(planned, overall)).with("others", others, others_en).with("left", in_unit(left, project));
  return draft.with("cost", cost, cost_en).propose(from_yuan(left, project.yuan()));
}

/// The amount that is left for the one project without any is just what its own cost target says: no other project can be missing.
bool cost_bears_out(const TableView& overall, const std::vector<const TableView*>& parts) {
  Amount left = planned_for_projects(overall);
  const TableView* without_amount = nullptr;
  for (const TableView* part : parts) {
    const Amount amount = amount_of(*part);
    amount ? void(left = difference(left, amount)) : void(without_amount = part);
  }
  return without_amount != nullptr && left && !cost_that_agrees(*without_amount, *left).first.empty();
}

/// The projects of one overall table, looked at once however many of them lack an amount.
struct Parts {
  std::vector<const TableView*> tables;
  bool proves = false;  ///< one amount is unknown, and all projects are there or its cost target agrees: one value is left
};

Parts parts_that_prove(const Submission& submission, const TableView& overall) {
  Parts parts{submission.parts_of(overall), false};
  const auto unknown = std::count_if(parts.tables.begin(), parts.tables.end(), [](const TableView* part) { return !amount_of(*part); });
  // With two amounts unknown the identity leaves no single value; with projects not handed in neither.
  if (!planned_for_projects(overall) || unknown != 1) return parts;
  parts.proves = all_projects_present(overall, parts.tables, submission.words()) || cost_bears_out(overall, parts.tables);
  return parts;
}

void check_project_amount(const TableView& project, const TableView* overall, const Parts& parts, Findings& findings) {
  const bool proven = overall != nullptr && parts.proves;
  Draft draft = proven ? drafted_from_projects(project, *overall, parts.tables) : Draft(budget_missing);
  draft.at(project, "amount", "").about(project);
  if (proven) draft.at(*overall, "budget.project", view(overall->raw->budget->project));
  findings.add(draft);
}

void check_overall_total(const TableView& overall, Findings& findings) {
  if (overall.raw->budget && overall.raw->budget->total) return;
  Draft draft(budget_missing);
  const Budget budget = overall.raw->budget.value_or(Budget());
  const Amount basic = number(budget.basic), project = number(budget.project);
  if (const Amount total = sum(basic, project)) {
    const std::string left = total->plain() + std::string(money_unit_name(overall));
    draft = Draft(budget_missing, "from-parts");
    draft.with("identity", "基本支出" + basic->plain() + "加项目支出" + project->plain() + "等于" + total->plain(),
               "Basic expenditure of " + basic->plain() + " and project expenditure of " + project->plain() + " make " + total->plain());
    draft.with("left", left).propose(total->plain());
  }
  findings.add(draft.at(overall, "budget.total", "").with("table", table_name(overall)));
}

/// 财预〔2015〕88号 绩效目标申报表: 资金. Tables that report on a year carry their amounts in rows of their own.
void check_budget_missing(const Submission& submission, Findings& findings) {
  std::map<const TableView*, Parts> parts;
  for (const TableView& table : submission.tables) {
    if (table.overall()) check_overall_total(table, findings);
    if (!table.project() || table.raw->amount) continue;
    const TableView* overall = submission.whole_of(table);
    const auto [known, added] = parts.try_emplace(overall);
    if (added && overall != nullptr) known->second = parts_that_prove(submission, *overall);
    check_project_amount(table, overall, known->second, findings);
  }
}

constexpr Card money_sum{
    .id = "money-sum",
    .severity = Severity::error,
    .aspect = Aspect::appropriateness,
    .basis = "",
    .title = "资金合计不等",
    .title_en = "Sums of money do not hold",
    .explanation = "资金总额应等于按收入性质分的各项之和，也应等于基本支出与项目支出之和。空格按零计；整组未填的不核对。",
    .explanation_en =
        "The total equals the sum by source and the sum by nature. An empty cell counts as nought; a group left wholly empty is not "
        "checked.",
    .wordings = {{{"source", "资金总额为{total}，而按收入性质分的各项（{parts}）合计{sum}，相差{gap}。{rounding}",
                   "The total is {total}, but the sources ({parts}) sum to {sum}, a difference of {gap}. {rounding}",
                   "请核对总额和各项收入来源。", "Check the total and the sources."},
                  {"nature", "资金总额为{total}，而基本支出与项目支出（{parts}）合计{sum}，相差{gap}。{rounding}",
                   "The total is {total}, but basic and project expenditure ({parts}) sum to {sum}, a difference of {gap}. {rounding}",
                   "请核对总额、基本支出和项目支出。", "Check the total, basic and project expenditure."},
                  {"nature-part-empty", "资金总额为{total}，而按支出性质分只填了{parts}，余{gap}没有列入{empty}。",
                   "The total is {total}, but by nature only {parts} is filled; {gap} are missing under {empty}.",
                   "如确有{empty}，应填列{gap}。", "If there is {empty}, enter {gap}."}}},
};

struct Part {
  std::string_view chinese;
  std::string_view english;
  std::string_view field;
  const Text* amount;
};

struct Sum {
  Amount total = Decimal(0);
  std::string chinese;
  std::string english;
  int filled = 0;
  bool readable = true;  ///< every part that is filled is a number
};

Sum added(std::initializer_list<Part> parts) {
  Sum result;
  for (const Part& part : parts) {
    if (!*part.amount) continue;
    const Amount amount = number(*part.amount);
    if (!amount) {
      result.readable = false;
      return result;
    }
    result.total = sum(result.total, amount);
    result.chinese.append(result.filled == 0 ? "" : "、").append(part.chinese).append(amount->plain());
    result.english.append(result.filled == 0 ? "" : ", ").append(part.english).append(" ").append(amount->plain());
    ++result.filled;
  }
  result.readable = result.readable && result.total.has_value();
  return result;
}

Draft drafted_sum(std::string_view variant, const TableView& table, const Decimal& total, const Sum& parts, const Decimal& gap) {
  const std::string unit(money_unit_name(table));
  Draft draft(money_sum, variant);
  draft.at(table, "budget.total", view(table.raw->budget->total));
  draft.with("total", total.plain() + unit).with("parts", parts.chinese, parts.english).with("sum", parts.total->plain() + unit);
  // A hundredth is what rounding each amount by itself leaves.
  const bool rounding = gap.abs() <= *Decimal::parse("0.02") && !total.is_integer();
  draft.with("gap", gap.abs().plain() + unit);
  return draft.with("rounding", rounding ? "差额很小，可能由四舍五入造成。" : "", rounding ? "Rounding may be the cause." : "");
}

void check_sum_by_source(const TableView& table, const Decimal& total, Findings& findings) {
  const Budget& b = *table.raw->budget;
  const Sum split = added({{"一般公共预算", "general public budget", "", &b.general_public},
                           {"政府性基金", "government fund", "", &b.government_fund},
                           {"国有资本经营预算", "state capital", "", &b.state_capital},
                           {"财政专户管理资金", "special account", "", &b.special_account},
                           {"其他资金", "other", "", &b.other}});
  const Sum whole = added({{"财政拨款", "fiscal appropriation", "", &b.fiscal_appropriation},
                           {"财政专户管理资金", "special account", "", &b.special_account},
                           {"其他资金", "other", "", &b.other}});
  if (!split.readable || !whole.readable || (split.filled == 0 && whole.filled == 0)) return;
  // A form may print 财政拨款 beside its parts: then either sum will do.
  const bool appropriation = b.fiscal_appropriation.has_value();
  if ((split.filled > 0 && *split.total == total) || (appropriation && *whole.total == total)) return;
  const Sum& shown = appropriation ? whole : split;
  if (const Amount gap = difference(total, shown.total)) findings.add(drafted_sum("source", table, total, shown, *gap));
}

void check_sum_by_nature(const TableView& table, const Decimal& total, Findings& findings) {
  const Budget& b = *table.raw->budget;
  const Sum parts = added({{"基本支出", "basic expenditure", "", &b.basic}, {"项目支出", "project expenditure", "", &b.project}});
  if (!parts.readable || parts.filled == 0 || *parts.total == total) return;
  const Amount gap = difference(total, parts.total);
  if (!gap) return;
  const bool basic_empty = !b.basic;
  if (parts.filled == 2 || gap->is_negative()) {
    findings.add(drafted_sum("nature", table, total, parts, *gap));
    return;
  }
  Draft draft(money_sum, "nature-part-empty");
  draft.at(table, basic_empty ? "budget.basic" : "budget.project", "").at(table, "budget.total", view(b.total));
  const std::string unit(money_unit_name(table));
  draft.with("total", total.plain() + unit).with("parts", parts.chinese, parts.english).with("gap", gap->plain() + unit);
  draft.with("empty", basic_empty ? "基本支出" : "项目支出", basic_empty ? "basic expenditure" : "project expenditure");
  findings.add(draft.propose(gap->plain()));
}

/// Arithmetic: 资金总额 = Σ 按收入性质分 = Σ 按支出性质分.
void check_money_sum(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    if (!table.raw->budget) continue;
    const Amount total = number(table.raw->budget->total);
    if (!total) continue;
    check_sum_by_source(table, *total, findings);
    check_sum_by_nature(table, *total, findings);
  }
}

constexpr Card projects_sum{
    .id = "projects-sum",
    .severity = Severity::error,
    .aspect = Aspect::appropriateness,
    .basis = "",
    .title = "项目合计与整体表项目支出不等",
    .title_en = "Projects do not sum to the overall table's",
    .explanation = "各项目预算之和不得超过整体支出表的项目支出；整体表列的年度任务都有项目表时，两者应相等。金额换算成同一单位后比较。",
    .explanation_en =
        "The projects' budgets must not exceed the overall table's project expenditure; where every annual task has its project table, "
        "both are equal.",
    .wordings = {{{"exceeds", "各项目预算合计{sum}（{parts}），超过整体支出表的项目支出{planned}，多出{gap}。",
                   "The projects' budgets sum to {sum} ({parts}), {gap} more than the overall table's project expenditure of {planned}.",
                   "请核对各项目金额和整体支出表的项目支出。", "Check the projects' amounts and the overall table's project expenditure."},
                  {"differs",
                   "整体支出表的{tasks}项年度任务均有项目表，但各项目预算合计{sum}（{parts}），比整体支出表的项目支出{planned}少{gap}。",
                   "Every one of the {tasks} annual tasks has its project table, but their budgets sum to {sum} ({parts}), {gap} less than "
                   "the overall "
                   "table's project expenditure of {planned}.",
                   "请核对金额，或补报漏报的项目表。", "Check the amounts, or file the project table that is missing."}}},
};

struct ProjectSum {
  Amount known = Decimal(0);
  bool complete = true;      ///< every project states an amount
  bool unit_printed = true;  ///< every project states its money unit
  std::string listed;
};

ProjectSum sum_of(const std::vector<const TableView*>& parts, const TableView& overall) {
  ProjectSum result;
  std::size_t count = 0;
  for (const TableView* part : parts) {
    const Amount amount = amount_of(*part);
    if (!amount) {
      result.complete = false;
      continue;
    }
    result.known = sum(result.known, amount);
    result.unit_printed = result.unit_printed && part->raw->money_unit.has_value();
    if (count++ < 8) result.listed.append(count == 1 ? "" : "、").append(project_of(*part)).append(in_unit(amount, overall));
  }
  if (count > 8) result.listed += "等" + std::to_string(count) + "个项目";
  return result;
}

void check_projects_of(const Submission& submission, const TableView& overall, Findings& findings) {
  const Amount planned = planned_for_projects(overall);
  const auto parts = submission.parts_of(overall);
  if (!planned || parts.empty()) return;
  const ProjectSum projects = sum_of(parts, overall);
  const Amount gap = difference(projects.known, planned);
  // A form without a printed money unit may be in yuan: what cannot be converted for certain is not compared.
  if (!gap || gap->is_zero() || !projects.unit_printed || !overall.raw->money_unit) return;
  const bool exceeds = !gap->is_negative();
  if (!exceeds && !(projects.complete && !overall.raw->tasks.empty() && all_projects_present(overall, parts, submission.words()))) return;
  Draft draft(projects_sum, exceeds ? "exceeds" : "differs");
  draft.at(overall, "budget.project", view(overall.raw->budget->project));
  for (const TableView* part : parts) {
    if (part->raw->amount) draft.at(*part, "amount", *part->raw->amount);
  }
  draft.with("sum", in_unit(projects.known, overall)).with("planned", in_unit(planned, overall)).with("gap", in_unit(gap->abs(), overall));
  findings.add(draft.with("parts", projects.listed).with("tasks", std::to_string(overall.raw->tasks.size())));
}

/// Arithmetic: 整体支出表的项目支出 = Σ 各项目预算.
void check_projects_sum(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    if (table.overall()) check_projects_of(submission, table, findings);
  }
}

}  // namespace

std::span<const Rule> money_rules() {
  static constexpr Rule all[] = {
      {&budget_missing, check_budget_missing}, {&money_sum, check_money_sum}, {&projects_sum, check_projects_sum}};
  return all;
}

}  // namespace jiheng::auditing
