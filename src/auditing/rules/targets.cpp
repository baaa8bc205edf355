// Single targets: whether they can be met at all, and whether they can be missed.
#include "auditing/deadline.h"
#include "auditing/findings.h"
#include "auditing/names.h"
#include "auditing/reach.h"
#include "auditing/rules.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

/// Every indicator of every table of the submission.
template <class Visit>
void each_indicator(const Submission& submission, Visit visit) {
  for (const TableView& table : submission.tables) {
    for (const IndicatorView& indicator : table.indicators) visit(table, indicator);
  }
}

constexpr Card indicator_value_missing{
    .id = "indicator-value-missing",
    .severity = Severity::error,
    .aspect = Aspect::completeness,
    .basis = "财预〔2015〕88号 绩效目标申报表",
    .title = "未填指标值",
    .title_en = "Target value missing",
    .explanation = "三级指标没有指标值，年终无从对照。原表中的数字无法辨认的，也列在这里，并附原文。",
    .explanation_en = "The indicator has no target. A value that could not be read for certain is listed too, with the printed text.",
    .wordings = {{{"", "“{indicator}”没有填写指标值。", "“{indicator}” has no target value.", "请填写可以考核的指标值。",
                   "Enter a value that can be checked."},
                  {"unreadable", "“{indicator}”的指标值写作“{printed}”，无法确定是多少。",
                   "The target of “{indicator}” is printed as “{printed}”, which leaves its value open.", "请对照原表核实后填写。",
                   "Check against the original and enter it."}}},
};

/// 财预〔2015〕88号 绩效目标申报表: 指标值.
void check_value_missing(const Submission& submission, Findings& findings) {
  each_indicator(submission, [&](const TableView& table, const IndicatorView& indicator) {
    if (indicator.raw->value) return;
    const std::string printed = normalise(indicator.raw->source.text);
    Draft draft(indicator_value_missing, printed.empty() ? "" : "unreadable");
    findings.add(draft.at(table, indicator, "value").about(indicator).with("printed", printed));
  });
}

constexpr Card comparator_missing{
    .id = "comparator-missing",
    .severity = Severity::error,
    .aspect = Aspect::completeness,
    .basis = "财预〔2021〕101号",
    .title = "未填指标值类型",
    .title_en = "Comparator missing",
    .explanation = "数值指标没有“≥”“≤”“=”等符号，分不清是至少、至多还是正好。整张表都没有符号的，合并为一条。",
    .explanation_en =
        "A number without ≥, ≤ or = leaves open whether at least, at most or exactly that much is meant. One finding where the "
        "whole table has none.",
    .wordings = {{{"", "“{indicator}”的指标值为{value}，但没有“≥”“≤”“=”等符号，分不清是至少、至多还是正好。",
                   "“{indicator}” is set at {value} without a comparator: at least, at most, or exactly?", "请补填指标值类型。",
                   "Add the comparator."},
                  {"whole-table", "{table}的{names}都只有数字，没有“≥”“≤”“=”等符号，分不清是至少、至多还是正好。",
                   "{names_en} of {table} are bare numbers without comparators: at least, at most, or exactly?", "请逐项补填指标值类型。",
                   "Add the comparators."}}},
};

/// 财预〔2021〕101号: 指标性质.
void check_comparator_missing(const Submission& submission, Findings& findings) {
  constexpr std::size_t few = 3;
  for (const TableView& table : submission.tables) {
    std::vector<const IndicatorView*> bare;
    bool any = false;
    for (const IndicatorView& indicator : table.indicators) {
      any = any || indicator.numeric;
      if (indicator.comparator() == Comparator::none && indicator.value && !indicator.raw->upper) bare.push_back(&indicator);
    }
    if (any || bare.size() < few) {
      for (const IndicatorView* indicator : bare) {
        Draft draft(comparator_missing);
        findings.add(draft.at(table, *indicator, "comparator").about(*indicator).with("value", target_text(*indicator->raw)));
      }
      continue;
    }
    // A form without the column: said once for all.
    Draft draft(comparator_missing, "whole-table");
    std::vector<std::string_view> names;
    for (const IndicatorView* indicator : bare) {
      if (names.size() < 200) draft.at(table, *indicator, "comparator");
      names.push_back(indicator->raw->level3);
    }
    findings.add(draft.about(table).with("names", listed(names, "项指标")).with("names_en", listed_en(names)));
  }
}

constexpr Card target_impossible{
    .id = "target-impossible",
    .severity = Severity::error,
    .aspect = Aspect::feasibility,
    .basis = "财预〔2015〕88号 合理可行",
    .title = "目标不可能实现",
    .title_en = "Target cannot be met",
    .explanation = "任何实际结果都达不到的目标：次数小于0、比率高于100%、区间上下限颠倒、完成时间早于预算年度。",
    .explanation_en = "No result can meet it: a count below 0, a share above 100 %, an empty range, a date before the year.",
    .wordings = {{{"below-zero", "“{indicator}”的指标值为“{target}”，而{quantity}不可能小于0，任何结果都达不到。",
                   "“{indicator}” is set at “{target}”, but {quantity} cannot be below 0: no result meets it.",
                   "如要求不发生，应写作“=0”。", "If it must not happen at all, write “= 0”."},
                  {"above-whole", "“{indicator}”的指标值为“{target}”，而比率最高为100%，任何结果都达不到。",
                   "“{indicator}” is set at “{target}”, but a share cannot exceed 100 %: no result meets it.",
                   "请改为不高于100%的可实现值，如“≥95%”。", "Set a value within 100 %, such as “≥ 95 %”."},
                  {"empty-range", "“{indicator}”的指标值为“{target}”，下限大于上限，没有数值落在其中。",
                   "“{indicator}” is set at “{target}”; the lower bound exceeds the upper, no value lies between.",
                   "请核对上下限是否写反。", "Check whether the bounds are swapped."},
                  {"past", "“{indicator}”要求在{date}前完成，早于预算年度{year}年，年初申报时已不可能实现。",
                   "“{indicator}” is to be done by {date}, before the budget year {year}.", "请核对年度，改为{year}年内的时间。",
                   "Set a date within {year}."}}},
};

/// A deadline in words, of an annual target.
std::optional<Deadline> deadline_of(const IndicatorView& indicator) {
  if (indicator.numeric || indicator.raw->long_term || !indicator.raw->value) return std::nullopt;
  return last_deadline(*indicator.raw->value);
}

std::string_view quantity_of(const IndicatorView& indicator) {
  return indicator.share ? "比率" : indicator.yuan ? "金额" : indicator.countable ? "数量" : "数值";
}
std::string_view quantity_of_en(const IndicatorView& indicator) {
  return indicator.share ? "a share" : indicator.yuan ? "an amount" : indicator.countable ? "a count" : "the value";
}

/// 财预〔2015〕88号: goals are 合理可行.
void check_impossible(const Submission& submission, Findings& findings) {
  each_indicator(submission, [&](const TableView& table, const IndicatorView& indicator) {
    if (below_zero(indicator)) {
      Draft draft(target_impossible, "below-zero");
      draft.at(table, indicator, "value").about(indicator);
      findings.add(draft.with("quantity", std::string(quantity_of(indicator)), std::string(quantity_of_en(indicator))));
    } else if (above_whole(indicator)) {
      findings.add(Draft(target_impossible, "above-whole").at(table, indicator, "value").about(indicator));
    } else if (indicator.value && indicator.upper && *indicator.value > *indicator.upper) {
      findings.add(Draft(target_impossible, "empty-range").at(table, indicator, "value").about(indicator));
    } else if (const auto deadline = deadline_of(indicator);
               deadline && table.goals() && table.raw->year && deadline->year < *table.raw->year) {
      Draft draft(target_impossible, "past");
      draft.at(table, indicator, "value").about(indicator).with("date", std::string(deadline->text));
      findings.add(draft.with("year", std::to_string(*table.raw->year)));
    }
  });
}

constexpr Card target_always_met{
    .id = "target-always-met",
    .severity = Severity::warning,
    .aspect = Aspect::appropriateness,
    .basis = "财预〔2015〕88号 合理可行",
    .title = "目标没有约束力",
    .title_en = "Target is always met",
    .explanation = "任何实际结果都能达到的目标，如次数“≥0”、比率“≤100%”，起不到约束作用。",
    .explanation_en = "Every result meets it, such as a count ≥ 0 or a share ≤ 100 %.",
    .wordings = {{{"at-least-nothing", "“{indicator}”的指标值为“{target}”，任何结果都能达到，起不到约束作用。",
                   "“{indicator}” is set at “{target}”, which every result meets.",
                   "建议参照上年实际或计划数改为大于0的目标值；如要求不发生，应写作“=0”。",
                   "Set a value above 0 by last year's result or the plan; if it must not happen, write “= 0”."},
                  {"at-most-whole", "“{indicator}”的指标值为“{target}”，比率最高就是100%，任何结果都能达到，起不到约束作用。",
                   "“{indicator}” is set at “{target}”; a share never exceeds 100 %, so every result meets it.",
                   "建议核对符号，改为“≥”并设定合理下限。", "Check the comparator; set a lower bound with “≥”."}}},
};

/// 财预〔2015〕88号: goals are 合理可行, neither out of reach nor reached of themselves.
void check_always_met(const Submission& submission, Findings& findings) {
  each_indicator(submission, [&](const TableView& table, const IndicatorView& indicator) {
    if (indicator.raw->upper) return;
    const bool low = at_least_nothing(indicator);
    if (!low && !at_most_whole(indicator)) return;
    findings.add(Draft(target_always_met, low ? "at-least-nothing" : "at-most-whole").at(table, indicator, "value").about(indicator));
  });
}

constexpr Card percent_out_of_range{
    .id = "percent-out-of-range",
    .severity = Severity::warning,
    .aspect = Aspect::feasibility,
    .basis = "",
    .title = "百分比超出0至100",
    .title_en = "Percentage out of range",
    .explanation = "合格率、满意度、覆盖率等比率应在0至100%之间；增长率、完成率等可以超过100%，不在此列。",
    .explanation_en = "A share such as a pass rate or satisfaction lies within 0–100 %; rates of growth or completion need not.",
    .wordings = {{{"", "“{indicator}”是比率，指标值“{target}”超出了0至100%的范围。",
                   "“{indicator}” is a share; “{target}” lies outside 0–100 %.", "请核对数值，如漏写小数点或误用单位。",
                   "Check the value for a lost decimal point or a wrong unit."}}},
};

/// Arithmetic: part ÷ whole lies within 0–100 %.
void check_percent(const Submission& submission, Findings& findings) {
  each_indicator(submission, [&](const TableView& table, const IndicatorView& indicator) {
    if (!indicator.share || !indicator.value) return;
    const Decimal& highest = indicator.upper && *indicator.upper > *indicator.value ? *indicator.upper : *indicator.value;
    if (!indicator.value->is_negative() && highest <= Decimal(100)) return;
    findings.add(Draft(percent_out_of_range).at(table, indicator, "value").about(indicator));
  });
}

constexpr Card integer_threshold{
    .id = "integer-threshold",
    .severity = Severity::hint,
    .aspect = Aspect::appropriateness,
    .basis = "",
    .title = "“大于”的整数目标",
    .title_en = "“More than” a whole number",
    .explanation = "个、次、家等只有整数，“>3次”实际要求至少4次，完成3次算未达标。提示填报人确认本意。",
    .explanation_en = "Counts are whole: “> 3” asks for at least 4, and 3 misses it.",
    .wordings = {{{"more", "“{indicator}”的指标值为“{target}”，实际要求至少{least}{unit}，完成{value}{unit}算未达标。",
                   "“{indicator}” is set at “{target}”, which asks for at least {least}; {value} misses it.",
                   "如本意是完成{value}{unit}即可，请改为“≥{value}{unit}”。", "If {value} is enough, write “≥ {value}”."},
                  {"fewer", "“{indicator}”的指标值为“{target}”，实际要求至多{least}{unit}，达到{value}{unit}算未达标。",
                   "“{indicator}” is set at “{target}”, which allows at most {least}; {value} misses it.",
                   "如本意是不超过{value}{unit}，请改为“≤{value}{unit}”。", "If {value} is allowed, write “≤ {value}”."}}},
};

/// Arithmetic of whole numbers.
void check_integer_threshold(const Submission& submission, Findings& findings) {
  each_indicator(submission, [&](const TableView& table, const IndicatorView& indicator) {
    if (!indicator.numeric || !indicator.countable || !indicator.value->is_integer() || indicator.raw->upper) return;
    const bool more = indicator.comparator() == Comparator::more_than;
    const bool fewer = indicator.comparator() == Comparator::less_than;
    // "< 0" is impossible and "< 1" the usual way to say none.
    if ((!more && !fewer) || indicator.value->is_negative() || (fewer && *indicator.value <= Decimal(1))) return;
    // 20 digits leave room for adding 1.
    if (indicator.raw->value->size() > 20) return;
    Draft draft(integer_threshold, more ? "more" : "fewer");
    draft.at(table, indicator, "comparator").about(indicator).with("value", indicator.value->plain()).with("unit", *indicator.raw->unit);
    findings.add(draft.with("least", (more ? *indicator.value + Decimal(1) : *indicator.value - Decimal(1)).plain()));
  });
}

constexpr Card saturated_target{
    .id = "saturated-target",
    .severity = Severity::hint,
    .aspect = Aspect::appropriateness,
    .basis = "财预〔2015〕88号 细化量化",
    .title = "目标已到顶",
    .title_en = "Saturated target",
    .explanation = "指标值为100%，没有区分优劣的余地，且口径不清时容易人人满分。应写明分子、分母。",
    .explanation_en = "At 100 % there is nothing to tell good from better; state numerator and denominator.",
    .wordings =
        {{{"", "“{indicator}”的指标值为“{target}”，已无区分优劣的余地，分子、分母是什么也不明确。",
           "“{indicator}” is set at “{target}”, which leaves nothing to tell good from better, and does not say what is divided by what.",
           "建议在指标解释中写明分子、分母及数据来源，或改用能拉开差距的指标。",
           "State numerator, denominator and data source, or choose an indicator that tells results apart."}}},
};

/// An explanation that says what is divided by what answers the question.
bool explains_ratio(const Indicator& indicator) {
  for (const Text* text : {&indicator.explanation, &indicator.scoring_rule, &indicator.note}) {
    for (const std::string_view sign : {"/", "÷", "除以", "之比", "占", "分子"}) {
      if (*text && contains(**text, sign)) return true;
    }
  }
  return false;
}

/// 财预〔2015〕88号: goals are 细化量化.
void check_saturated(const Submission& submission, Findings& findings) {
  each_indicator(submission, [&](const TableView& table, const IndicatorView& indicator) {
    if (!indicator.numeric || !indicator.percent || indicator.growth || *indicator.value != Decimal(100)) return;
    const bool top = indicator.comparator() == Comparator::equal || indicator.comparator() == Comparator::at_least;
    if (!top || explains_ratio(*indicator.raw)) return;
    findings.add(Draft(saturated_target).at(table, indicator, "value").about(indicator));
  });
}

constexpr Card date_outside_year{
    .id = "date-outside-year",
    .severity = Severity::warning,
    .aspect = Aspect::feasibility,
    .basis = "财预〔2015〕88号 年度绩效目标",
    .title = "完成时间不在年度内",
    .title_en = "Deadline outside the year",
    .explanation = "年度目标的完成时间应在预算年度内；跨年项目的，应在项目实施期内。",
    .explanation_en = "The deadline of an annual target lies within the budget year, or within the project's period where it runs longer.",
    .wordings = {{{"", "“{indicator}”的完成时间为{date}，不在{span}内。", "“{indicator}” is due {date}, outside {span_en}.",
                   "请核对年度，或说明跨年的原因。", "Check the year, or explain."}}},
};

/// 财预〔2015〕88号: an annual goal is reached within the budget year.
void check_date_outside(const Submission& submission, Findings& findings) {
  each_indicator(submission, [&](const TableView& table, const IndicatorView& indicator) {
    const auto deadline = deadline_of(indicator);
    if (!deadline || !table.goals() || !table.raw->year || deadline->year == *table.raw->year) return;
    const auto period = table.raw->period ? years_of(*table.raw->period) : std::nullopt;
    if (period && deadline->year >= period->first && deadline->year <= period->last) return;
    Draft draft(date_outside_year);
    draft.at(table, indicator, "value").about(indicator).with("date", std::string(deadline->text));
    const std::string year = std::to_string(*table.raw->year);
    const std::string span = period && table.raw->period ? year + "年度（实施期" + *table.raw->period + "）" : year + "年度";
    findings.add(draft.with("span", span).with("span_en", year));
  });
}

}  // namespace

std::span<const Rule> target_rules() {
  static constexpr Rule all[] = {{&indicator_value_missing, check_value_missing},
                                 {&comparator_missing, check_comparator_missing},
                                 {&target_impossible, check_impossible},
                                 {&target_always_met, check_always_met},
                                 {&percent_out_of_range, check_percent},
                                 {&integer_threshold, check_integer_threshold},
                                 {&saturated_target, check_saturated},
                                 {&date_outside_year, check_date_outside}};
  return all;
}

}  // namespace jiheng::auditing
