// Measurement units.
#include <map>

#include "auditing/findings.h"
#include "auditing/names.h"
#include "auditing/rules.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

bool is_placeholder(const Indicator& indicator, const policy::Words& words) {
  return indicator.unit && words.placeholder_units.has(*indicator.unit);
}

bool is_number(const IndicatorView& indicator) {
  return indicator.value.has_value() && indicator.comparator() != Comparator::qualitative;
}

constexpr Card unit_missing{
    .id = "measurement-unit-missing",
    .severity = Severity::warning,
    .aspect = Aspect::completeness,
    .basis = "财预〔2021〕101号",
    .title = "未填度量单位",
    .title_en = "Measurement unit missing",
    .explanation = "数值指标没有度量单位，分不清是次、家还是百分比。",
    .explanation_en = "A number without a unit.",
    .wordings = {{{"", "“{indicator}”的指标值为“{target}”，没有度量单位。", "“{indicator}” is set at “{target}” without a unit.",
                   "请补填度量单位。", "Add the unit."}}},
};

/// The unit the indicator has in the overall table, or % for a rate.
Text likely_unit(const IndicatorView& indicator, const std::map<const IndicatorView*, const IndicatorView*>& counterparts,
                 const policy::Words& words) {
  const auto found = counterparts.find(&indicator);
  if (found != counterparts.end() && found->second->raw->unit && !is_placeholder(*found->second->raw, words))
    return found->second->raw->unit;
  const bool rate = !words.shares.suffix_of(indicator.name).empty();
  return rate ? Text("%") : Text();
}

/// 财预〔2021〕101号: 度量单位.
void check_unit_missing(const Submission& submission, Findings& findings) {
  std::map<const IndicatorView*, const IndicatorView*> counterparts;
  for (const Pair& pair : submission.pairs) {
    counterparts.emplace(pair.of_part, pair.of_whole);
    counterparts.emplace(pair.of_whole, pair.of_part);
  }
  for (const TableView& table : submission.tables) {
    for (const IndicatorView& indicator : table.indicators) {
      if (!is_number(indicator) || indicator.raw->unit) continue;
      Draft draft(unit_missing);
      draft.at(table, indicator, "unit").about(indicator);
      findings.add(draft.propose(likely_unit(indicator, counterparts, submission.words())));
    }
  }
}

constexpr Card unit_placeholder{
    .id = "measurement-unit-placeholder",
    .severity = Severity::hint,
    .aspect = Aspect::completeness,
    .basis = "",
    .title = "度量单位填了占位符",
    .title_en = "Placeholder for a unit",
    .explanation = "度量单位填“无”“/”“-”等。定性指标没有单位的，留空即可；数值指标应填实际单位。",
    .explanation_en = "The unit is 无, / or -. A qualitative target needs none; a number needs a real one.",
    .wordings = {{{"qualitative", "“{indicator}”是定性指标，度量单位填了“{unit}”。", "“{indicator}” is qualitative; its unit is “{unit}”.",
                   "定性指标没有度量单位，留空即可。", "Leave it empty."},
                  {"number", "“{indicator}”的指标值是数字，度量单位却填了“{unit}”。", "“{indicator}” is a number; its unit is “{unit}”.",
                   "请填写实际的度量单位。", "Enter the real unit."}}},
};

/// Plain sense: 无 is no unit.
void check_placeholder(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    for (const IndicatorView& indicator : table.indicators) {
      if (!is_placeholder(*indicator.raw, submission.words())) continue;
      Draft draft(unit_placeholder, is_number(indicator) ? "number" : "qualitative");
      findings.add(draft.at(table, indicator, "unit").about(indicator).with("unit", *indicator.raw->unit));
    }
  }
}

constexpr Card unit_implausible{
    .id = "measurement-unit-implausible",
    .severity = Severity::warning,
    .aspect = Aspect::appropriateness,
    .basis = "",
    .title = "度量单位与指标不符",
    .title_en = "Implausible unit",
    .explanation = "比率不以%计、数量以%计、满意度不以%计的，多为单位填错。",
    .explanation_en = "A rate not in %, a count in %, a satisfaction not in %.",
    .wordings = {{{"rate", "“{indicator}”是比率，度量单位却为“{unit}”。", "“{indicator}” is a rate, but its unit is “{unit}”.",
                   "请核对单位，比率一般以“%”计。", "Check; rates are measured in %."},
                  {"count", "“{indicator}”是数量，度量单位却为“%”。", "“{indicator}” is a count, but its unit is %.",
                   "请核对：如考核数量，改填个、次等单位；如考核比率，改写指标名称。",
                   "Check: give a unit of counting, or rename the indicator as a rate."},
                  {"satisfaction", "“{indicator}”是满意度，度量单位却为“{unit}”。",
                   "“{indicator}” is a satisfaction, but its unit is “{unit}”.", "请核对单位，满意度一般以“%”计。",
                   "Check; satisfaction is measured in %."}}},
};

/// Which of the three is wrong; "" where the unit fits the name.
std::string_view implausible(const IndicatorView& indicator, const policy::Words& words) {
  if (!words.satisfaction.suffix_of(indicator.name).empty()) return indicator.percent ? "" : "satisfaction";
  const bool rate = !words.rate_endings.suffix_of(indicator.name).empty() && words.not_rates.suffix_of(indicator.name).empty();
  if (rate && !words.rate_units.has(*indicator.raw->unit) && !contains(indicator.unit, "/")) return "rate";
  const bool count = !words.count_endings.suffix_of(indicator.name).empty() && !words.not_counts.in(indicator.name);
  return count && indicator.percent ? "count" : "";
}

/// Plain sense: name and unit must fit.
void check_implausible(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    for (const IndicatorView& indicator : table.indicators) {
      if (!is_number(indicator) || !indicator.raw->unit || is_placeholder(*indicator.raw, submission.words())) continue;
      const std::string_view variant = implausible(indicator, submission.words());
      if (variant.empty()) continue;
      Draft draft(unit_implausible, variant);
      draft.at(table, indicator, "unit").about(indicator).with("unit", *indicator.raw->unit);
      findings.add(draft.propose(variant == "count" ? Text() : Text("%")));
    }
  }
}

}  // namespace

std::span<const Rule> unit_rules() {
  static constexpr Rule all[] = {
      {&unit_missing, check_unit_missing}, {&unit_placeholder, check_placeholder}, {&unit_implausible, check_implausible}};
  return all;
}

}  // namespace jiheng::auditing
