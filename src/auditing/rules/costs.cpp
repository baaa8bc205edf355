// Cost targets against the budget they are paid from.
#include "auditing/findings.h"
#include "auditing/money.h"
#include "auditing/names.h"
#include "auditing/rules.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

using Amount = std::optional<Decimal>;

/// A cost in money that is not per head, per square metre or the like. The unit 元/人 is no money unit of its own.
bool is_sum_of_money(const IndicatorView& indicator, const policy::Words& words) {
  return indicator.cost && indicator.numeric && indicator.yuan && !indicator.raw->upper && !indicator.raw->long_term &&
         !words.part_costs.in(indicator.name);
}

/// Named as the cost of the whole: 总成本, 全年预算数, the project's own name with 经费 or 成本控制数 behind it. 设备采购成本控制数 is a
/// part.
bool is_total_cost(const IndicatorView& indicator, const TableView& table, const policy::Words& words) {
  std::string subject = words.total_costs.replaced(indicator.name);
  bool named = subject != indicator.name;
  for (const std::string_view ending : {"专项经费", "专项资金", "经费", "成本", "资金", "费用"}) {
    if (!table.project() || !ends_with(subject, ending)) continue;
    subject.resize(subject.size() - ending.size());
    named = true;
    break;
  }
  if (!named) return false;
  const bool of_all = words.total_fillers.replaced(subject).empty();
  if (of_all || !table.project()) return of_all;
  return contains(indicator.name, "总") || (table.raw->project_name && contains(fold_label(*table.raw->project_name), subject));
}

/// What the table may spend in the year, in yuan.
Amount budget_of(const TableView& table) {
  if (table.overall()) return table.raw->budget ? to_yuan(number(table.raw->budget->total), table.yuan()) : std::nullopt;
  return table.project() ? to_yuan(number(table.raw->amount), table.yuan()) : std::nullopt;
}

std::string_view budget_field(const TableView& table) {
  return table.overall() ? "budget.total" : "amount";
}

const Text& budget_text(const TableView& table) {
  return table.overall() ? table.raw->budget->total : table.raw->amount;
}

/// "2680000元（合268万元）": the budget as printed, and in the cost's unit where that is another.
std::string budget_beside(const TableView& table, const IndicatorView& indicator) {
  std::string printed = *budget_text(table) + std::string(money_unit_name(table));
  if (*indicator.yuan == table.yuan()) return printed;
  const auto converted = from_yuan(budget_of(table), *indicator.yuan);
  return converted ? printed + "（合" + *converted + *indicator.raw->unit + "）" : printed;
}

constexpr Card cost_differs{
    .id = "cost-differs-from-budget",
    .severity = Severity::warning,
    .aspect = Aspect::appropriateness,
    .basis = "财预〔2021〕101号",
    .title = "成本目标与预算金额不符",
    .title_en = "Cost target differs from the budget",
    .explanation = "总成本指标应以预算金额为上限，两者应相等；任何一项成本都不应高于预算金额。",
    .explanation_en = "A total-cost target is capped by the budget and equals it; no single cost exceeds the budget.",
    .wordings = {{{"differs", "总成本指标“{indicator}”的指标值为“{target}”，而预算金额为{budget}，两者不一致。",
                   "The total cost “{indicator}” is set at “{target}”, while the budget is {budget}.",
                   "请核对，使总成本目标与预算金额一致。", "Check, and bring both into line."},
                  {"exceeds", "成本指标“{indicator}”的指标值为“{target}”，高于预算金额{budget}，起不到控制成本的作用。",
                   "The cost “{indicator}” is set at “{target}”, above the budget of {budget}; it caps nothing.",
                   "请核对金额或单位，成本目标不应高于预算金额。",
                   "Check the amount or its unit; a cost target does not exceed the budget."}}},
};

/// 财预〔2021〕101号: 预算支出标准 caps the cost's value.
void check_cost_differs(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    const Amount budget = budget_of(table);
    if (!budget || !table.raw->money_unit) continue;
    const Amount whole_project = to_yuan(number(table.raw->amount_total), table.yuan());
    for (const IndicatorView& indicator : table.indicators) {
      if (!is_sum_of_money(indicator, submission.words())) continue;
      const Amount cost = to_yuan(indicator.value, *indicator.yuan);
      if (!cost || *cost == *budget || (whole_project && *cost <= *whole_project && *cost > *budget)) continue;
      const bool exceeds =
          *cost > *budget && indicator.comparator() != Comparator::at_least && indicator.comparator() != Comparator::more_than;
      if (!exceeds && !is_total_cost(indicator, table, submission.words())) continue;
      Draft draft(cost_differs, exceeds ? "exceeds" : "differs");
      draft.at(table, indicator, "value").at(table, budget_field(table), view(budget_text(table))).about(indicator);
      findings.add(draft.with("budget", budget_beside(table, indicator)));
    }
  }
}

constexpr Card cost_excludes{
    .id = "cost-excludes-full-execution",
    .severity = Severity::warning,
    .aspect = Aspect::feasibility,
    .basis = "",
    .title = "成本目标排除了足额执行",
    .title_en = "Cost target excludes full execution",
    .explanation = "成本目标写作“小于预算金额”，则预算足额执行反而不达标，与预算执行率的要求相矛盾。",
    .explanation_en = "With “less than the budget” spending all of it misses the target, against what the execution rate asks for.",
    .wordings = {{{"", "成本指标“{indicator}”的指标值为“{target}”，而预算金额正是{budget}，预算足额执行反而不达标。",
                   "The cost “{indicator}” must stay below {budget}, which is the budget itself: spending all of it misses the target.",
                   "建议将指标值类型改为“≤”。", "Change the comparator to “≤”."}}},
};

/// Arithmetic: cost < budget contradicts an execution rate of 100 %.
void check_cost_excludes(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    const Amount budget = budget_of(table);
    if (!budget) continue;
    for (const IndicatorView& indicator : table.indicators) {
      if (indicator.comparator() != Comparator::less_than || !is_sum_of_money(indicator, submission.words())) continue;
      if (to_yuan(indicator.value, *indicator.yuan) != budget) continue;
      Draft draft(cost_excludes);
      draft.at(table, indicator, "comparator").at(table, budget_field(table), view(budget_text(table))).about(indicator);
      findings.add(draft.with("budget", budget_beside(table, indicator)).propose("<="));
    }
  }
}

}  // namespace

std::span<const Rule> cost_rules() {
  static constexpr Rule all[] = {{&cost_differs, check_cost_differs}, {&cost_excludes, check_cost_excludes}};
  return all;
}

}  // namespace jiheng::auditing
