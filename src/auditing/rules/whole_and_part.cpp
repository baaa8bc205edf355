// The overall table against the projects: the same indicator must say the same.
#include <algorithm>
#include <map>
#include <set>

#include "auditing/findings.h"
#include "auditing/money.h"
#include "auditing/names.h"
#include "auditing/reach.h"
#include "auditing/rules.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

Draft& about(Draft& draft, const Pair& pair) {
  const std::string& theirs = pair.of_whole->raw->level3;
  const std::string& mine = pair.of_part->raw->level3;
  draft.about(*pair.part).about(*pair.of_part).with("whole_target", target_text(*pair.of_whole->raw));
  return draft.with("counterpart", theirs == mine ? "" : "“" + theirs + "”", theirs == mine ? "" : " (“" + theirs + "”)");
}

Draft drafted(const Card& card, std::string_view variant, const Pair& pair, std::string_view field) {
  Draft draft(card, variant);
  draft.at(*pair.part, *pair.of_part, field).at(*pair.whole, *pair.of_whole, field);
  about(draft, pair);
  return draft;
}

/// Both say how they are to be compared, and neither is a range.
bool have_comparators(const Pair& pair) {
  return pair.of_whole->comparator() != Comparator::none && pair.of_part->comparator() != Comparator::none && !pair.of_whole->raw->upper &&
         !pair.of_part->raw->upper && pair.of_whole->raw->value && pair.of_part->raw->value;
}

constexpr Card comparator_differs{
    .id = "comparator-differs",
    .severity = Severity::warning,
    .aspect = Aspect::relevance,
    .basis = "",
    .title = "同一指标符号不一致",
    .title_en = "Comparators differ",
    .explanation =
        "同一指标在整体支出表和项目表中的指标值类型不同，如一处“>300”、一处“≥300”，完成300时两表结论相反。同一指标按名称（去掉“组织”“开展”"
        "“完成”等字和项目自己的名称）和级次认定。",
    .explanation_en =
        "The same indicator has different comparators in the overall and the project table, so that one result meets one and misses the "
        "other.",
    .wordings = {{{"", "{table}的“{indicator}”为“{target}”，整体支出表的同一指标{counterpart}为“{whole_target}”，符号不一致。",
                   "“{indicator}” of {table} is “{target}”; the same indicator{counterpart} of the overall table is “{whole_target}”.",
                   "请核对，两表统一。", "Check, and state both alike."}}},
};

/// Plain sense: one indicator, one target.
void check_comparator_differs(const Submission& submission, Findings& findings) {
  for (const Pair& pair : submission.pairs) {
    if (!have_comparators(pair) || pair.of_whole->comparator() == pair.of_part->comparator()) continue;
    findings.add(drafted(comparator_differs, "", pair, "comparator"));
  }
}

/// A target's value in yuan where it is money, else as it stands.
std::optional<Decimal> comparable(const IndicatorView& indicator) {
  if (!indicator.value || indicator.comparator() == Comparator::qualitative) return std::nullopt;
  return indicator.yuan ? to_yuan(indicator.value, *indicator.yuan) : indicator.value;
}

bool same_kind_of_unit(const IndicatorView& a, const IndicatorView& b) {
  return a.unit == b.unit || (a.yuan && b.yuan);
}

bool values_equal(const Pair& pair) {
  return comparable(*pair.of_whole) == comparable(*pair.of_part) && pair.of_whole->upper == pair.of_part->upper;
}

/// The overall cost is the sum of many: a project's smaller one is no contradiction.
bool part_of_cost(const Pair& pair) {
  if (!pair.of_whole->cost || !pair.of_whole->yuan || !pair.of_part->yuan) return false;
  const auto whole = comparable(*pair.of_whole), part = comparable(*pair.of_part);
  return whole && part && *part <= *whole;
}

/// What adds up over projects: numbers of things and sums of money, not shares and not rates a head.
bool adds_up(const IndicatorView& indicator) {
  return indicator.numeric && !indicator.percent && (indicator.countable || indicator.yuan || view(indicator.raw->level2) == "数量指标");
}

/// All projects' targets for one indicator of the overall table.
using Shares = std::map<const IndicatorView*, std::vector<const Pair*>>;

Shares shares_of(const Submission& submission) {
  Shares shares;
  for (const Pair& pair : submission.pairs) {
    if (adds_up(*pair.of_whole) && same_kind_of_unit(*pair.of_whole, *pair.of_part)) shares[pair.of_whole].push_back(&pair);
  }
  return shares;
}

/// Several projects each give a part, and none says the whole number: then their sum is compared.
std::optional<Decimal> shared_sum(const std::vector<const Pair*>& parts) {
  if (parts.size() < 2) return std::nullopt;
  std::optional<Decimal> total = Decimal(0);
  for (const Pair* pair : parts) {
    const auto value = comparable(*pair->of_part);
    if (value == comparable(*pair->of_whole)) return std::nullopt;
    total = sum(total, value);
  }
  return total;
}

constexpr Card value_differs{
    .id = "value-differs",
    .severity = Severity::warning,
    .aspect = Aspect::relevance,
    .basis = "",
    .title = "同一指标数值不一致",
    .title_en = "Values differ",
    .explanation =
        "同一指标在整体支出表和项目表中的数值不同。几个项目分担同一数量指标的，以各项目之和与整体支出表比较；金额换算成同一单位后比较。",
    .explanation_en =
        "The same indicator has different values in the overall and the project table. Where several projects share a count, their sum is "
        "compared.",
    .wordings = {{{"", "{table}的“{indicator}”为“{target}”，整体支出表的同一指标{counterpart}为“{whole_target}”，数值不一致。",
                   "“{indicator}” of {table} is “{target}”; the same indicator{counterpart} of the overall table is “{whole_target}”.",
                   "请核对，两表统一；如整体支出表另含其他任务，请在指标解释中说明。",
                   "Check, and state both alike, or explain what else the overall table counts."},
                  {"sum", "整体支出表的“{indicator}”为“{target}”，而{parts}合计{sum}，数值不一致。",
                   "“{indicator}” of the overall table is “{target}”, but {parts} sum to {sum}.", "请核对整体支出表与各项目表的数值。",
                   "Check the overall and the projects' values."}}},
};

void report_sum(const std::vector<const Pair*>& parts, const Decimal& total, Findings& findings) {
  const Pair& first = *parts.front();
  Draft draft(value_differs, "sum");
  draft.at(*first.whole, *first.of_whole, "value").about(*first.of_whole);
  std::string listed;
  for (const Pair* pair : parts) {
    draft.at(*pair->part, *pair->of_part, "value");
    if (listed.size() < 400)
      listed.append(listed.empty() ? "" : "、").append(table_name(*pair->part)).append(target_text(*pair->of_part->raw));
  }
  const std::string unit(view(first.of_whole->raw->unit));
  const std::string printed = first.of_whole->yuan ? from_yuan(total, *first.of_whole->yuan).value_or("?") : total.plain();
  findings.add(draft.with("parts", listed).with("sum", printed + unit));
}

/// Plain sense: one indicator, one target.
void check_value_differs(const Submission& submission, Findings& findings) {
  std::set<const Pair*> settled;
  for (const auto& [whole, parts] : shares_of(submission)) {
    const auto total = shared_sum(parts);
    if (!total) continue;
    settled.insert(parts.begin(), parts.end());
    if (whole->cost ? *total > *comparable(*whole) : *total != *comparable(*whole)) report_sum(parts, *total, findings);
  }
  for (const Pair& pair : submission.pairs) {
    if (settled.contains(&pair) || !comparable(*pair.of_whole) || !comparable(*pair.of_part)) continue;
    if (!same_kind_of_unit(*pair.of_whole, *pair.of_part) || values_equal(pair) || part_of_cost(pair)) continue;
    // The same digits in 元 and 万元: the unit is at fault, and that is said once.
    if (pair.of_whole->unit != pair.of_part->unit && pair.of_whole->value == pair.of_part->value) continue;
    findings.add(drafted(value_differs, "", pair, "value"));
  }
}

constexpr Card unit_differs{
    .id = "measurement-unit-differs",
    .severity = Severity::warning,
    .aspect = Aspect::relevance,
    .basis = "",
    .title = "同一指标度量单位不一致",
    .title_en = "Measurement units differ",
    .explanation = "同一指标在整体支出表和项目表中的度量单位不同。金额单位不同而换算后相等的，不报。",
    .explanation_en =
        "The same indicator has different units in the overall and the project table; amounts that are equal after conversion are not "
        "reported.",
    .wordings =
        {{{"", "{table}的“{indicator}”以“{unit}”计，整体支出表的同一指标{counterpart}以“{whole_unit}”计，度量单位不一致。",
           "“{indicator}” of {table} is measured in “{unit}”; the same indicator{counterpart} of the overall table in “{whole_unit}”.",
           "请统一度量单位。", "Use one unit."}}},
};

/// Plain sense: one indicator, one unit.
void check_unit_differs(const Submission& submission, Findings& findings) {
  for (const Pair& pair : submission.pairs) {
    const IndicatorView& whole = *pair.of_whole;
    const IndicatorView& part = *pair.of_part;
    if (!whole.raw->unit || !part.raw->unit || whole.unit == part.unit) continue;
    if (submission.words().placeholder_units.has(*whole.raw->unit) || submission.words().placeholder_units.has(*part.raw->unit)) continue;
    if (whole.yuan && part.yuan && values_equal(pair)) continue;
    Draft draft = drafted(unit_differs, "", pair, "unit");
    findings.add(draft.with("unit", *part.raw->unit).with("whole_unit", *whole.raw->unit));
  }
}

constexpr Card part_looser{
    .id = "part-looser-than-whole",
    .severity = Severity::warning,
    .aspect = Aspect::relevance,
    .basis = "财预〔2015〕88号 相应匹配",
    .title = "项目目标低于整体目标",
    .title_en = "Part looser than the whole",
    .explanation = "项目的目标比它所支撑的整体目标宽松，项目全部达标时整体目标仍可能落空。两表各只有一项满意度而评价对象不同的，只作提示。",
    .explanation_en =
        "A project's target is weaker than the overall target it serves. Where only the respondents of a satisfaction differ, it is a "
        "hint.",
    .wordings =
        {{{"",
           "{table}的“{indicator}”为“{target}”，比整体支出表的同一指标{counterpart}“{whole_target}”宽松，项目达标时整体目标仍可能落空。",
           "“{indicator}” of {table} is “{target}”, weaker than the same indicator{counterpart} of the overall table, “{whole_target}”.",
           "项目目标不宜低于整体目标，请核对后统一。", "A project's target should not fall short of the overall one."},
          {"satisfaction",
           "{table}的“{indicator}”为“{target}”，低于整体支出表“{whole}”的“{whole_target}”；两者评价对象不同，是否合理请核对。",
           "“{indicator}” of {table} is “{target}”, weaker than “{whole}” of the overall table, “{whole_target}”; the respondents differ.",
           "如评价对象包含在整体满意度内，项目目标不宜低于整体目标。",
           "If these respondents count in the overall satisfaction, do not fall short of it."}}},
};

bool floor(Comparator comparator) {
  return comparator == Comparator::at_least || comparator == Comparator::more_than;
}
bool ceiling(Comparator comparator) {
  return comparator == Comparator::at_most || comparator == Comparator::less_than;
}

/// A share of good things set “= 100 %” is meant as a floor.
bool meant_as_floor(const IndicatorView& indicator, const policy::Words& words) {
  return indicator.comparator() == Comparator::equal && indicator.share && !words.worse_when_higher.in(indicator.name);
}

bool looser(const IndicatorView& whole, const IndicatorView& part, const policy::Words& words) {
  // What nothing can meet is no measure; it is reported by itself.
  if (below_zero(whole) || above_whole(whole)) return false;
  if (!whole.numeric || !part.numeric || whole.raw->upper || part.raw->upper || !same_kind_of_unit(whole, part)) return false;
  const auto theirs = comparable(whole), mine = comparable(part);
  if (!theirs || !mine || (whole.unit != part.unit && whole.value == part.value)) return false;
  const bool either_equal = whole.comparator() == Comparator::equal || part.comparator() == Comparator::equal;
  const bool upwards =
      (floor(whole.comparator()) || meant_as_floor(whole, words)) && (floor(part.comparator()) || meant_as_floor(part, words));
  const bool downwards = ceiling(whole.comparator()) && ceiling(part.comparator());
  const bool half_up = either_equal && (floor(whole.comparator()) || floor(part.comparator()));
  const bool half_down = either_equal && (ceiling(whole.comparator()) || ceiling(part.comparator()));
  if (upwards || half_up) return *mine < *theirs;
  return (downwards || half_down) && *mine > *theirs;
}

/// The only satisfaction row of a table that is a number; nullptr where there is none or more than one.
const IndicatorView* only_satisfaction(const TableView& table) {
  const IndicatorView* only = nullptr;
  for (const IndicatorView& indicator : table.indicators) {
    if (!indicator.satisfaction || indicator.raw->long_term) continue;
    if (only != nullptr) return nullptr;
    only = &indicator;
  }
  return only;
}

void check_satisfaction(const Submission& submission, const TableView& part, Findings& findings) {
  const TableView* whole = submission.whole_of(part);
  if (whole == nullptr) return;
  const IndicatorView* theirs = only_satisfaction(*whole);
  const IndicatorView* mine = only_satisfaction(part);
  if (theirs == nullptr || mine == nullptr || !looser(*theirs, *mine, submission.words())) return;
  if (submission.speaks_of_another(theirs->name, part)) return;
  const auto same = [&](const Pair& pair) { return pair.of_part == mine && pair.of_whole == theirs; };
  if (std::any_of(submission.pairs.begin(), submission.pairs.end(), same)) return;
  Draft draft = drafted(part_looser, "satisfaction", {whole, theirs, &part, mine}, "value");
  findings.add(draft.with("whole", theirs->raw->level3).less_severe(Severity::hint));
}

/// 财预〔2015〕88号: goals 相应匹配, the part with the whole.
void check_part_looser(const Submission& submission, Findings& findings) {
  std::set<const Pair*> shared;
  for (const auto& [whole, parts] : shares_of(submission)) {
    if (shared_sum(parts)) shared.insert(parts.begin(), parts.end());
  }
  for (const Pair& pair : submission.pairs) {
    if (!shared.contains(&pair) && looser(*pair.of_whole, *pair.of_part, submission.words()))
      findings.add(drafted(part_looser, "", pair, "value"));
  }
  for (const TableView& table : submission.tables) check_satisfaction(submission, table, findings);
}

constexpr Card only_in_project{
    .id = "indicator-only-in-project",
    .severity = Severity::hint,
    .aspect = Aspect::relevance,
    .basis = "",
    .title = "项目指标未列入整体表",
    .title_en = "Only in the project",
    .explanation =
        "项目表的数量、质量、时效数值指标在整体支出表中没有对应。整体支出表只列核心指标时属正常，提示填报人确认没有遗漏。每张项目表只提示一"
        "次。",
    .explanation_en = "Numeric output indicators of a project without a counterpart in the overall table; one hint a table.",
    .wordings = {{{"", "{table}的{names}在整体支出表中没有对应的指标。", "{names_en} of {table} have no counterpart in the overall table.",
                   "如属核心任务，建议在整体支出表中补列；否则不必调整。",
                   "Add them if they are at the core of the unit's tasks; otherwise leave it."}}},
};

/// Plain sense: what matters in a project shows in the whole.
void check_only_in_project(const Submission& submission, Findings& findings) {
  std::set<const IndicatorView*> known;
  for (const Pair& pair : submission.pairs) known.insert(pair.of_part);
  for (const Pair& pair : submission.renamed) known.insert(pair.of_part);
  for (const TableView& table : submission.tables) {
    const TableView* whole = submission.whole_of(table);
    if (whole == nullptr || whole->indicators.empty()) continue;
    Draft draft(only_in_project);
    std::vector<std::string_view> names;
    for (const IndicatorView& indicator : table.indicators) {
      if (!indicator.output || !indicator.numeric || indicator.raw->long_term || known.contains(&indicator)) continue;
      if (names.size() < 200) draft.at(table, indicator, "level3");
      names.push_back(indicator.raw->level3);
    }
    if (names.empty()) continue;
    findings.add(draft.about(table).with("names", listed(names, "项指标")).with("names_en", listed_en(names)));
  }
}

constexpr Card renamed{
    .id = "indicator-renamed",
    .severity = Severity::hint,
    .aspect = Aspect::relevance,
    .basis = "",
    .title = "疑为同一指标而名称不同",
    .title_en = "One indicator under two names",
    .explanation =
        "项目表与整体支出表各有一项没有对应的指标，级次、单位相同，一个名称包含另一个（多出的字来自项目名称或目标值相同），或只有少数字不同"
        "而目标值相同。",
    .explanation_en =
        "Two indicators without counterpart, of one level and unit, of which one name holds the other or nearly all is alike and the "
        "target the same.",
    .wordings = {{{"", "{table}的“{indicator}”（{target}）与整体支出表的“{whole}”（{whole_target}）疑为同一指标，名称不一致。",
                   "“{indicator}” ({target}) of {table} and “{whole}” ({whole_target}) of the overall table are most likely one indicator "
                   "under two names.",
                   "如为同一指标，请统一名称，便于年终按同一口径取数。", "If so, give them one name."}}},
};

/// Plain sense: one indicator, one name.
void check_renamed(const Submission& submission, Findings& findings) {
  for (const Pair& pair : submission.renamed) {
    Draft draft = drafted(renamed, "", pair, "level3");
    findings.add(draft.with("whole", pair.of_whole->raw->level3).propose(pair.of_whole->raw->level3));
  }
}

}  // namespace

std::span<const Rule> whole_and_part_rules() {
  static constexpr Rule all[] = {{&comparator_differs, check_comparator_differs},
                                 {&value_differs, check_value_differs},
                                 {&unit_differs, check_unit_differs},
                                 {&part_looser, check_part_looser},
                                 {&only_in_project, check_only_in_project},
                                 {&renamed, check_renamed}};
  return all;
}

}  // namespace jiheng::auditing
