#include "policy/evaluation_parameters.h"

#include <algorithm>

#include "policy/sections.h"

namespace jiheng::policy {
namespace {

constexpr int full_points = 100;
constexpr int most_percent = 100;

std::vector<Criterion> criteria_of(const Parameters& p, const char* name) {
  std::vector<Criterion> criteria;
  Decimal sum;
  for (const Parameters& each : p.parts(name)) {
    criteria.push_back({each.text("level1"), each.text("level2"), each.text("level3"), each.number("points")});
    if (criteria.back().points <= Decimal()) each.complain("points", "应大于0");
    sum += criteria.back().points;
  }
  if (sum != Decimal(full_points)) p.complain(name, "的分值合计应是100");
  return criteria;
}

}  // namespace

const ResultRule* EvaluationRules::result(std::string_view grade) const {
  const auto found = std::find_if(results.begin(), results.end(), [&](const ResultRule& each) { return each.grade == grade; });
  return found == results.end() ? nullptr : &*found;
}

std::string_view measure_code(ResultRule::Measure measure) {
  static constexpr std::string_view codes[] = {"prefer", "keep", "compress", "cancel"};
  return codes[static_cast<int>(measure)];
}

std::string_view measure_name(ResultRule::Measure measure) {
  static constexpr std::string_view names[] = {"优先保障", "继续安排", "压减", "取消"};
  return names[static_cast<int>(measure)];
}

Decimal budget_effect(const ResultRule& rule, const Decimal& amount) {
  // The whole of it, to the last digit.
  if (rule.measure == ResultRule::Measure::cancel && rule.percent == Decimal(most_percent)) return -amount;
  const Decimal share = Decimal::share(rule.percent, amount, Decimal(100), 2).value_or(Decimal());
  switch (rule.measure) {
    case ResultRule::Measure::prefer:
      return share;
    case ResultRule::Measure::keep:
      return {};
    default:
      return -share;
  }
}

EvaluationRules evaluation_of(const Parameters& p) {
  EvaluationRules rules;
  rules.framework = criteria_of(p, "framework");
  rules.result_levels = p.list("result_levels");
  rules.least_results = p.number("least_results");
  Decimal results;
  for (const Criterion& each : rules.framework) {
    if (std::find(rules.result_levels.begin(), rules.result_levels.end(), each.level1) != rules.result_levels.end()) results += each.points;
  }
  if (results < rules.least_results) p.complain("framework", "里产出、效益的分值合计低于规定");
  rules.scorers = whole_number(p, "scorers", 1, 100);
  rules.spread = p.number("spread");
  const Parameters ex_ante = p.part("ex_ante");
  rules.ex_ante = criteria_of(ex_ante, "criteria");
  rules.conclusions = bands_of(ex_ante, "conclusions");
  const Parameters selection = p.part("selection");
  rules.least_amount = selection.number("least_amount");
  rules.first_time = selection.choice("first_time", {"false", "true"}) == 1;
  rules.poor_grades = selection.list("poor_grades");
  const Parameters results_part = p.part("results");
  for (const auto& entry : results_part.node()) {
    const std::string grade = text_of(entry.first);
    const Parameters each = results_part.part(grade.c_str());
    ResultRule rule;
    rule.grade = grade;
    rule.measure = static_cast<ResultRule::Measure>(each.choice("measure", {"prefer", "keep", "compress", "cancel"}));
    rule.name = each.text("name");
    rule.percent = each.number("percent");
    if (rule.percent.is_negative() || rule.percent > Decimal(most_percent)) each.complain("percent", "应在0到100之间");
    rules.results.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace jiheng::policy
