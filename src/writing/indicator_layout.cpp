#include "writing/indicator_layout.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "writing/cause_order.h"

namespace jiheng::writing {
namespace {

using Columns = std::vector<IndicatorColumn>;
using Indicators = std::vector<const Indicator*>;

bool any(const Indicators& indicators, Text Indicator::* field) {
  return std::any_of(indicators.begin(), indicators.end(), [&](const Indicator* indicator) { return (indicator->*field).has_value(); });
}

/// Whether the second is the first's mid-term target and differs in nothing else.
bool are_twins(const Indicator& annual, const Indicator& long_term) {
  if (annual.long_term || !long_term.long_term || !long_term.value) return false;
  Indicator same = long_term;
  same.long_term = false;
  same.value = annual.value;
  same.upper = annual.upper;
  same.source = annual.source;
  return same == annual;
}

/// annual, mid-term, annual, annual, mid-term …: each mid-term one right behind its twin.
bool all_in_pairs(const std::vector<Indicator>& indicators) {
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    if (indicators[i].long_term && (i == 0 || !are_twins(indicators[i - 1], indicators[i]))) return false;
  }
  return true;
}

std::vector<IndicatorRow> rows_in_pairs(const std::vector<Indicator>& indicators) {
  std::vector<IndicatorRow> rows;
  for (const Indicator& indicator : indicators) {
    if (indicator.long_term)
      rows.back().long_term = &indicator;
    else
      rows.push_back({&indicator, nullptr});
  }
  return rows;
}

/// A mid-term indicator shares its row with the annual one behind it where both stand under the same levels.
std::vector<IndicatorRow> rows_side_by_side(const std::vector<Indicator>& indicators) {
  std::vector<IndicatorRow> rows;
  for (const Indicator& indicator : indicators) {
    const bool fits = !rows.empty() && !indicator.long_term && rows.back().annual == nullptr &&
                      rows.back().long_term->level1 == indicator.level1 && rows.back().long_term->level2 == indicator.level2;
    if (fits)
      rows.back().annual = &indicator;
    else if (indicator.long_term)
      rows.push_back({nullptr, &indicator});
    else
      rows.push_back({&indicator, nullptr});
  }
  return rows;
}

struct Shape {
  TableKind kind;
  std::string period;  ///< that monitoring looks at
  bool pairs;          ///< mid-term values in a column beside the annual ones
  bool side_by_side;   ///< mid-term indicators in columns of their own
};

void add_levels(const GoalTable& table, const Indicators& all, Columns& columns) {
  if (table.kind != TableKind::overall) columns.push_back({Field::frame, "", 11});
  // In the overall form the level stands under the labels of the head, 部门（单位）名称 the longest.
  columns.push_back({Field::level1, "一级指标", table.kind == TableKind::overall ? 24.0 : 20.0});
  // A form with one level column leaves the second level null.
  if (all.empty() || any(all, &Indicator::level2)) columns.push_back({Field::level2, "二级指标", 24});
}

void add_target(const Shape& shape, Columns& columns) {
  const bool year_end = shape.kind == TableKind::self_evaluation || shape.kind == TableKind::monitoring;
  columns.push_back({Field::level3, "三级指标", 40});
  columns.push_back({Field::comparator, "指标值类型", 14});
  columns.push_back({Field::value, year_end || shape.pairs ? "年度指标值" : "指标值", 24});
  if (shape.pairs) columns.push_back({Field::value, "中期指标值", 24, {}, true});
  columns.push_back({Field::unit, "度量单位", 17});
}

std::string actual_heading(const Shape& shape) {
  if (shape.kind != TableKind::monitoring) return "实际完成值";
  return shape.period.empty() ? "监控期完成值" : shape.period + "执行情况";
}

/// The official form has its six, where the table has none of its own.
std::vector<std::string> causes_of(const Indicators& shown, bool official) {
  static const std::vector<std::string> six = {"经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"};
  std::vector<std::string> used = cause_order(shown);
  const bool all_official =
      std::all_of(used.begin(), used.end(), [](const std::string& each) { return std::find(six.begin(), six.end(), each) != six.end(); });
  return official && all_official ? six : used;
}

void add_results(const Shape& shape, const Indicators& shown, bool official, Columns& columns) {
  const bool evaluation = official && shape.kind == TableKind::self_evaluation;
  const bool monitoring = official && shape.kind == TableKind::monitoring;
  if (evaluation || monitoring || any(shown, &Indicator::actual)) {
    columns.push_back({Field::actual, actual_heading(shape), 22});
  }
  if (evaluation || (any(shown, &Indicator::weight) && shape.kind == TableKind::self_evaluation))
    columns.push_back({Field::weight, "分值", 12});
  if (evaluation || any(shown, &Indicator::score)) columns.push_back({Field::score, "得分", 12});
  if (monitoring || any(shown, &Indicator::forecast)) columns.push_back({Field::forecast, "全年预计完成情况", 22});
  for (std::string& heading : causes_of(shown, monitoring)) columns.push_back({Field::cause, std::move(heading), 18, "偏差原因分析"});
  if (monitoring || any(shown, &Indicator::likelihood)) columns.push_back({Field::likelihood, "完成目标可能性", 18});
  if (evaluation || any(shown, &Indicator::deviation)) columns.push_back({Field::deviation, "偏差原因分析及改进措施", 36});
}

void add_remarks(const Shape& shape, const Indicators& shown, bool official, Columns& columns) {
  const bool goals = official && (shape.kind == TableKind::overall || shape.kind == TableKind::project);
  if ((goals && shape.kind == TableKind::overall) || any(shown, &Indicator::explanation))
    columns.push_back({Field::explanation, "指标解释", 36});
  if (any(shown, &Indicator::scoring_rule)) columns.push_back({Field::scoring_rule, "评（扣）分标准", 36});
  const bool monitoring = official && shape.kind == TableKind::monitoring;
  if (goals || monitoring || any(shown, &Indicator::note)) columns.push_back({Field::note, "备注", 24});
  if (any(shown, &Indicator::weight) && shape.kind != TableKind::self_evaluation) columns.push_back({Field::weight, "权重", 12});
}

/// The columns of the annual indicators, or of the mid-term ones.
Columns columns_of(const Shape& shape, const Indicators& shown, bool official) {
  Columns columns;
  add_target(shape, columns);
  add_results(shape, shown, official, columns);
  add_remarks(shape, shown, official, columns);
  return columns;
}

const Text* text_of(const Indicator& indicator, Field field) {
  switch (field) {
    case Field::level2:
      return &indicator.level2;
    case Field::unit:
      return &indicator.unit;
    case Field::weight:
      return &indicator.weight;
    case Field::actual:
      return &indicator.actual;
    case Field::score:
      return &indicator.score;
    case Field::forecast:
      return &indicator.forecast;
    case Field::likelihood:
      return &indicator.likelihood;
    case Field::deviation:
      return &indicator.deviation;
    case Field::explanation:
      return &indicator.explanation;
    case Field::scoring_rule:
      return &indicator.scoring_rule;
    case Field::note:
      return &indicator.note;
    default:
      return nullptr;
  }
}

std::string printed_value(const Indicator& indicator) {
  if (!indicator.value) return {};
  if (!indicator.upper) return *indicator.value;
  // "-5--3" would be two dashes or a negative bound.
  const bool negative = indicator.upper->starts_with('-') || indicator.value->starts_with('-');
  return *indicator.value + (negative ? "至" : "-") + *indicator.upper;
}

bool is_remark(Field field) {
  return field == Field::cause || field == Field::deviation || field == Field::explanation || field == Field::scoring_rule ||
         field == Field::note;
}

/// Room for the heading's words, five characters a line.
double least_width(const IndicatorColumn& column) {
  if (column.field == Field::level3) return 24;
  if (!column.flexible) return 0;
  return std::clamp(ems(column.heading) * 3.53 + 2.6, 16.5, 20.3);
}

/// Columns of long texts get more room, empty ones less: by the square root of the text's usual length.
void fit(const std::vector<IndicatorRow>& rows, Columns& columns) {
  for (IndicatorColumn& column : columns) {
    const bool remark = is_remark(column.field);
    column.flexible = remark || column.field == Field::level3 || column.field == Field::value || column.field == Field::actual ||
                      column.field == Field::forecast;
    double longest = 0;
    double sum = 0;
    column.least = least_width(column);
    for (const IndicatorRow& row : rows) {
      const std::string text = printed(row, column);
      longest = std::max(longest, ems(text));
      sum += ems(text);
      column.least = std::max(column.least, unbroken_width(text));
    }
    if (!column.flexible) {
      column.width = std::max(column.width, column.least);
      continue;
    }
    const double usual = rows.empty() ? 0 : (longest + sum / static_cast<double>(rows.size())) / 2;
    const double factor = std::sqrt(usual / 10);
    column.width *= remark ? std::clamp(factor, 0.6, 2.0) : std::clamp(factor, 0.85, 1.6);
  }
}

/// How far the flexible columns shrink or grow so that all fill `width`; those that would fall below their least keep that.
double factor_for(const Columns& columns, double width) {
  double factor = 1;
  for (int round = 0; round < 4; ++round) {
    double rest = width;
    double shared = 0;
    for (const IndicatorColumn& column : columns) {
      if (column.flexible && column.width * factor > column.least)
        shared += column.width;
      else
        rest -= column.flexible ? column.least : column.width;
    }
    if (shared <= 0) break;
    factor = std::max(0.3, rest / shared);
  }
  return factor;
}

/// Columns of short words keep their width; the others share what is left of the page, which is turned where that is too little.
void spread(IndicatorLayout& layout) {
  layout.landscape = factor_for(layout.columns, usable_width(false)) < 0.7;
  const double factor = factor_for(layout.columns, usable_width(layout.landscape));
  for (IndicatorColumn& column : layout.columns) {
    if (column.flexible) column.width = std::max(column.least, column.width * factor);
  }
}

}  // namespace

std::string monitored_period(const GoalTable& table) {
  // 2026年1-7月项目支出绩效目标执行监控表
  const std::string title = table.title.value_or("");
  const std::size_t end = title.find("月");
  if (table.kind != TableKind::monitoring || end == std::string::npos) return {};
  std::size_t begin = end;
  while (begin > 0 && (std::isdigit(static_cast<unsigned char>(title[begin - 1])) != 0 || title[begin - 1] == '-')) --begin;
  const std::string period = title.substr(begin, end - begin);
  if (period.find('-') == std::string::npos || period.front() == '-' || period.back() == '-') return {};
  return period + "月";
}

IndicatorLayout lay_indicators(const GoalTable& table) {
  Indicators annual;
  Indicators long_term;
  Indicators all;
  for (const Indicator& indicator : table.indicators) {
    (indicator.long_term ? long_term : annual).push_back(&indicator);
    all.push_back(&indicator);
  }
  const bool pairs = !long_term.empty() && all_in_pairs(table.indicators);
  const Shape shape{table.kind, monitored_period(table), pairs, !long_term.empty() && !pairs};

  IndicatorLayout layout;
  layout.rows = shape.side_by_side ? rows_side_by_side(table.indicators) : rows_in_pairs(table.indicators);
  add_levels(table, all, layout.columns);
  if (shape.side_by_side) {
    for (IndicatorColumn& column : columns_of(shape, long_term, false)) {
      column.above = "中期绩效指标";
      column.long_term = true;
      layout.columns.push_back(std::move(column));
    }
  }
  for (IndicatorColumn& column : columns_of(shape, annual, true)) {
    if (shape.side_by_side && column.above.empty()) column.above = "年度绩效指标";
    layout.columns.push_back(std::move(column));
  }
  fit(layout.rows, layout.columns);
  spread(layout);
  return layout;
}

std::string printed(const IndicatorRow& row, const IndicatorColumn& column) {
  if (column.field == Field::level1) return row.any().level1;
  if (column.field == Field::level2) return row.any().level2.value_or("");
  const Indicator* indicator = column.long_term ? row.long_term : row.annual;
  if (indicator == nullptr) return {};
  switch (column.field) {
    case Field::level3:
      return indicator->level3;
    case Field::comparator:
      return std::string(comparator_sign(indicator->comparator));
    case Field::value:
      return printed_value(*indicator);
    case Field::cause:
      for (const auto& [heading, text] : indicator->causes) {
        if (heading == column.heading) return text;
      }
      return {};
    default:
      break;
  }
  const Text* text = text_of(*indicator, column.field);
  return text != nullptr ? text->value_or("") : std::string();
}

Style style_of(const IndicatorRow& row, const IndicatorColumn& column, std::string_view text) {
  switch (column.field) {
    case Field::frame:
      return Style::label;
    case Field::level1:
    case Field::level2:
      return Style::level;
    case Field::comparator:
    case Field::unit:
    case Field::likelihood:
      return Style::center;
    case Field::value:
    case Field::actual:
    case Field::forecast: {
      if (ems(text) > 12) return Style::text;
      const Indicator* indicator = column.long_term ? row.long_term : row.annual;
      return indicator != nullptr && indicator->comparator == Comparator::qualitative ? Style::center : Style::number;
    }
    case Field::weight:
    case Field::score:
      return Style::number;
    default:
      return Style::text;
  }
}

}  // namespace jiheng::writing
