#include "scoring/light.h"

#include <algorithm>
#include <array>

namespace jiheng::scoring {
namespace {

using policy::Direction;
using policy::LightBands;
using policy::Monitoring;

constexpr std::array<std::string_view, 5> codes{"none", "green", "blue", "yellow", "red"};
constexpr std::array<std::string_view, 5> names{"未填报", "绿灯", "蓝灯", "黄灯", "红灯"};

const Decimal hundred(100);

/// Characters; arithmetic on longer ones might leave the range of exact numbers, and no target of a budget has them.
constexpr std::size_t longest_figure = 24;

/// Thresholds are held against figures cut so far behind the point that no rounding carries one over them.
constexpr int exact_places = 12;

std::optional<Decimal> percent_of(const Decimal& factor, const Decimal& part, const Decimal& whole) {
  return Decimal::share(factor, part, whole, exact_places, Decimal::Rounding::cut);
}

Light in_bands(const Decimal& percent, const LightBands& bands) {
  if (percent < bands.red_below) return Light::red;
  if (percent < bands.yellow_below) return Light::yellow;
  return bands.blue_from && percent >= *bands.blue_from ? Light::blue : Light::green;
}

/// By what its unit itself says of the year's end.
Progress by_likelihood(const Indicator& indicator) {
  const std::string said = indicator.likelihood.value_or("");
  if (said == "确定能") return {Light::green, {}, "单位判断确定能完成"};
  if (said == "有可能") return {Light::yellow, {}, "单位判断有可能完成"};
  if (said == "完全不可能") return {Light::red, {}, "单位判断完全不可能完成"};
  return {};
}

Progress growing(const Decimal& actual, const Decimal& target, int month, const Monitoring& rules, int places) {
  // actual ÷ (target × month ÷ 12)
  const Decimal due = target * Decimal(month);
  const auto exact = percent_of(Decimal(1200), actual, due);
  const auto percent = Decimal::share(Decimal(1200), actual, due, places);
  if (!exact || !percent) return {};
  return {in_bands(*exact, rules.goal_bands), percent, "完成" + actual.plain() + "，为序时进度的" + percent->plain() + "%"};
}

Progress standing(const Indicator& indicator, Direction direction, const Decimal& actual, const Decimal& target, const Monitoring& rules,
                  int places) {
  const bool met = indicator.comparator == Comparator::more_than   ? actual > target
                   : indicator.comparator == Comparator::less_than ? (target.is_zero() ? actual.is_zero() : actual < target)
                   : direction == Direction::forward               ? actual >= target
                   : direction == Direction::reverse               ? actual <= target
                                                                   : actual == target;
  const bool less_is_better = direction == Direction::reverse || (direction == Direction::exact && actual > target);
  const Decimal& over = less_is_better ? target : actual;
  const Decimal& under = less_is_better ? actual : target;
  Progress out;
  out.light = met ? Light::green : Light::red;
  if (!under.is_zero()) {
    out.percent = Decimal::share(hundred, over, under, places);
    const auto exact = percent_of(hundred, over, under);
    if (!met && exact && *exact >= rules.standing_yellow_from && *exact < hundred) out.light = Light::yellow;
  }
  out.why = (met ? "目前" : "目前未达到目标：") + actual.plain();
  return out;
}

}  // namespace

std::string_view light_code(Light light) {
  return codes[static_cast<std::size_t>(light)];
}

std::string_view light_name(Light light) {
  return names[static_cast<std::size_t>(light)];
}

std::optional<Light> light_from_code(std::string_view code) {
  const auto found = std::find(codes.begin(), codes.end(), code);
  return found == codes.end() ? std::nullopt : std::optional(static_cast<Light>(found - codes.begin()));
}

bool grows(const Indicator& indicator, const Monitoring& rules) {
  if (indicator.unit && (*indicator.unit == "%" || *indicator.unit == "‰")) return false;
  const auto is_named = [&](std::string_view level) {
    return std::find(rules.growing.begin(), rules.growing.end(), level) != rules.growing.end();
  };
  return is_named(indicator.level1) || (indicator.level2 && is_named(*indicator.level2));
}

Progress indicator_progress(const Indicator& indicator, int month, const Monitoring& rules, const policy::ScoringParameters& scoring) {
  // Who says himself that it cannot be done has no need of bands.
  const Progress said = by_likelihood(indicator);
  if (said.light == Light::red || indicator.comparator == Comparator::qualitative) return said;
  if (!indicator.value || !indicator.actual) return {};
  const auto target = Decimal::parse(*indicator.value);
  const auto actual = Decimal::parse(*indicator.actual);
  if (!target || !actual || target->is_negative()) return {};
  const Direction direction =
      scoring.directions[static_cast<std::size_t>(indicator.comparator == Comparator::none ? Comparator::at_least : indicator.comparator)];
  if (target->text().size() > longest_figure || actual->text().size() > longest_figure) return {};
  const bool within = direction == Direction::forward || (direction == Direction::exact && *actual <= *target);
  if (within && !target->is_zero() && grows(indicator, rules)) return growing(*actual, *target, month, rules, scoring.places);
  return standing(indicator, direction, *actual, *target, rules, scoring.places);
}

Progress execution_progress(const Decimal& budget, const Decimal& executed, int month, const Monitoring& rules, int places) {
  if (budget.is_zero() || budget.is_negative()) return {};
  if (budget.text().size() > longest_figure || executed.text().size() > longest_figure) return {};
  const auto rate = Decimal::share(hundred, executed, budget, places);
  const auto exact = percent_of(hundred, executed, budget);
  const auto even = Decimal::share(Decimal(1200), executed, budget * Decimal(month), places);
  const auto exact_even = percent_of(Decimal(1200), executed, budget * Decimal(month));
  if (!rate || !exact || !even || !exact_even) return {};
  const auto alarm = std::find_if(rules.execution_alarms.begin(), rules.execution_alarms.end(),
                                  [&](const Monitoring::Alarm& each) { return each.month == month; });
  if (alarm == rules.execution_alarms.end())
    return {in_bands(*exact_even, rules.execution_bands), rate, "执行率" + rate->plain() + "%，为序时进度的" + even->plain() + "%"};
  const bool low = *exact < alarm->below;
  return {low ? Light::red : Light::green, rate,
          "执行率" + rate->plain() + "%，" + (low ? "低于" : "不低于") + std::to_string(month) + "月底的" + alarm->below.plain() + "%"};
}

std::optional<Decimal> goal_progress(std::span<const Indicator> indicators, const Monitoring& rules, int places) {
  Decimal sum;
  std::int64_t count = 0;
  for (const Indicator& indicator : indicators) {
    if (indicator.comparator == Comparator::qualitative || !indicator.value || !indicator.actual || !grows(indicator, rules)) continue;
    const auto target = Decimal::parse(*indicator.value);
    const auto actual = Decimal::parse(*indicator.actual);
    if (!target || !actual || target->is_zero() || target->is_negative() || actual->is_negative()) continue;
    if (indicator.comparator == Comparator::at_most || indicator.comparator == Comparator::less_than) continue;
    const auto share = Decimal::share(hundred, std::min(*actual, *target), *target, 8);
    if (!share) continue;
    sum += *share;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return Decimal::quotient(sum, Decimal(count), places);
}

std::optional<Progress> divergence(const Decimal& goals, const Decimal& execution, const Monitoring& rules) {
  if (!rules.divergence_alarm) return std::nullopt;
  const Decimal apart = (goals - execution).abs();
  const bool far = apart > *rules.divergence_alarm;
  return Progress{far ? Light::red : Light::green, apart,
                  "目标进度" + goals.plain() + "%，预算执行率" + execution.plain() + "%，相差" + apart.plain() + "个百分点"};
}

}  // namespace jiheng::scoring
