#include "writing/indicator_columns.h"

#include <algorithm>
#include <cmath>

#include "base/decimal.h"

namespace jiheng::writing {
namespace {

using Columns = std::vector<IndicatorColumn>;

bool any(const GoalTable& table, Text Indicator::* field) {
  return std::any_of(table.indicators.begin(), table.indicators.end(),
                     [&](const Indicator& indicator) { return (indicator.*field).has_value(); });
}

bool any_long_term(const GoalTable& table) {
  return std::any_of(table.indicators.begin(), table.indicators.end(), [](const Indicator& indicator) { return indicator.long_term; });
}

void add_levels(const GoalTable& table, Columns& columns) {
  if (table.kind != TableKind::overall) columns.push_back({Field::frame, "", 11, Style::label});
  columns.push_back({Field::level1, "一级指标", table.kind == TableKind::overall ? 24.0 : 18.0, Style::level});
  // A form with one level column leaves the second level null.
  const bool level2 = table.indicators.empty() || any(table, &Indicator::level2);
  if (level2) columns.push_back({Field::level2, "二级指标", 22, Style::level});
  columns.push_back({Field::level3, "三级指标", 40, Style::text});
}

void add_target(const GoalTable& table, Columns& columns) {
  const bool year_end = table.kind == TableKind::self_evaluation || table.kind == TableKind::monitoring;
  columns.push_back({Field::comparator, "指标值类型", 15, Style::center});
  if (any_long_term(table)) columns.push_back({Field::long_term_value, "中期指标值", 24, Style::number});
  columns.push_back({Field::value, year_end ? "年度指标值" : "指标值", 24, Style::number});
  columns.push_back({Field::unit, "度量单位", 15, Style::center});
}

/// The causes' headings over all indicators, in the order they are met.
std::vector<std::string> cause_headings(const GoalTable& table) {
  std::vector<std::string> headings;
  for (const Indicator& indicator : table.indicators) {
    for (const auto& [heading, text] : indicator.causes) {
      if (std::find(headings.begin(), headings.end(), heading) == headings.end()) headings.push_back(heading);
    }
  }
  return headings;
}

void add_results(const GoalTable& table, Columns& columns) {
  const bool evaluation = table.kind == TableKind::self_evaluation;
  const bool monitoring = table.kind == TableKind::monitoring;
  if (evaluation || monitoring || any(table, &Indicator::actual)) {
    columns.push_back({Field::actual, monitoring ? "监控期完成值" : "实际完成值", 22, Style::number});
  }
  if (any(table, &Indicator::weight) && evaluation) columns.push_back({Field::weight, "分值", 12, Style::number});
  if (evaluation || any(table, &Indicator::score)) columns.push_back({Field::score, "得分", 12, Style::number});
  if (monitoring || any(table, &Indicator::forecast)) columns.push_back({Field::forecast, "全年预计完成情况", 22, Style::number});
  for (std::string& heading : cause_headings(table)) columns.push_back({Field::cause, std::move(heading), 18, Style::text});
  if (monitoring || any(table, &Indicator::likelihood)) columns.push_back({Field::likelihood, "完成目标可能性", 18, Style::center});
  if (evaluation || any(table, &Indicator::deviation)) columns.push_back({Field::deviation, "偏差原因分析及改进措施", 36, Style::text});
}

void add_remarks(const GoalTable& table, Columns& columns) {
  const bool official = table.kind == TableKind::overall || table.kind == TableKind::project;
  if (table.kind == TableKind::overall || any(table, &Indicator::explanation))
    columns.push_back({Field::explanation, "指标解释", 36, Style::text});
  if (any(table, &Indicator::scoring_rule)) columns.push_back({Field::scoring_rule, "评（扣）分标准", 36, Style::text});
  if (official || any(table, &Indicator::note)) columns.push_back({Field::note, "备注", 24, Style::text});
  if (any(table, &Indicator::weight) && table.kind != TableKind::self_evaluation)
    columns.push_back({Field::weight, "权重", 12, Style::number});
}

/// Columns of long texts get more room, empty ones less: by the square root of the text's usual length.
void fit(const GoalTable& table, Columns& columns) {
  for (IndicatorColumn& column : columns) {
    if (column.style != Style::text && column.field != Field::value && column.field != Field::actual) continue;
    double longest = 0;
    double sum = 0;
    for (const Indicator& indicator : table.indicators) {
      const std::string* text =
          column.field == Field::value ? (indicator.value ? &*indicator.value : nullptr) : printed_in(indicator, column);
      const double width = text != nullptr ? ems(*text) : 0;
      longest = std::max(longest, width);
      sum += width;
    }
    const double usual = table.indicators.empty() ? 0 : (longest + sum / static_cast<double>(table.indicators.size())) / 2;
    const double factor = std::clamp(std::sqrt(usual / 10), 0.6, 2.0);
    const bool narrow = column.field == Field::value || column.field == Field::actual || column.field == Field::level3;
    column.width *= narrow ? std::clamp(factor, 0.85, 1.6) : factor;
  }
}

}  // namespace

Columns indicator_columns(const GoalTable& table) {
  Columns columns;
  add_levels(table, columns);
  add_target(table, columns);
  add_results(table, columns);
  add_remarks(table, columns);
  fit(table, columns);
  return columns;
}

std::string printed_value(const Indicator& indicator) {
  if (!indicator.value) return {};
  if (!indicator.upper) return *indicator.value;
  // "-5--3" would be two dashes or a negative bound.
  const bool negative = indicator.upper->starts_with('-') || indicator.value->starts_with('-');
  return *indicator.value + (negative ? "至" : "-") + *indicator.upper;
}

const std::string* printed_in(const Indicator& indicator, const IndicatorColumn& column) {
  const auto of = [](const Text& text) { return text ? &*text : nullptr; };
  switch (column.field) {
    case Field::level1:
      return &indicator.level1;
    case Field::level2:
      return of(indicator.level2);
    case Field::level3:
      return &indicator.level3;
    case Field::unit:
      return of(indicator.unit);
    case Field::weight:
      return of(indicator.weight);
    case Field::actual:
      return of(indicator.actual);
    case Field::score:
      return of(indicator.score);
    case Field::forecast:
      return of(indicator.forecast);
    case Field::likelihood:
      return of(indicator.likelihood);
    case Field::deviation:
      return of(indicator.deviation);
    case Field::explanation:
      return of(indicator.explanation);
    case Field::scoring_rule:
      return of(indicator.scoring_rule);
    case Field::note:
      return of(indicator.note);
    case Field::cause:
      for (const auto& [heading, text] : indicator.causes) {
        if (heading == column.heading) return &text;
      }
      return nullptr;
    case Field::frame:
    case Field::comparator:
    case Field::long_term_value:
    case Field::value:
      return nullptr;
  }
  return nullptr;
}

}  // namespace jiheng::writing
