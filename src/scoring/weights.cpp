#include "scoring/weights.h"

#include <algorithm>

#include "base/shown_text.h"

namespace jiheng::scoring {
namespace {

using policy::ScoringParameters;

bool has_level(const EvaluatedTable& table, std::string_view level) {
  return std::any_of(table.indicators.begin(), table.indicators.end(),
                     [&](const EvaluatedIndicator& indicator) { return indicator.level1 == level; });
}

Result<std::vector<Decimal>> given_weights(const EvaluatedTable& table, const ScoringParameters& parameters) {
  std::vector<Decimal> weights;
  Decimal sum;
  for (std::size_t i = 0; i < table.indicators.size(); ++i) {
    const Text& printed = table.indicators[i].weight;
    if (!printed) {
      return Error{
          "weights-mixed", "没有权重，别的指标却有。请给每个指标都写上权重（合计" + parameters.weights_sum.plain() + "），或者都不写。", {}}
          .in(place_of(table, i));
    }
    auto weight = amount_of(*printed, "权重");
    if (!weight) return std::move(weight).error().in(place_of(table, i));
    if (*weight > parameters.weights_sum)
      return Error{"weights-sum", "权重" + weight->plain() + "超过了全部指标的合计" + parameters.weights_sum.plain() + "。请核对。", {}}.in(
          place_of(table, i));
    sum += *weight;
    weights.push_back(*weight);
  }
  if (sum != parameters.weights_sum) {
    return Error{"weights-sum",
                 "各指标权重合计是" + sum.plain() + "，应是" + parameters.weights_sum.plain() + "（预算执行率的" +
                     parameters.execution_weight.plain() + "分另算）。请核对权重。",
                 {}};
  }
  return weights;
}

/// Each level's weight, after those that the table lacks have given theirs away.
std::vector<policy::LevelWeight> level_weights(const EvaluatedTable& table, const ScoringParameters& parameters) {
  std::vector<policy::LevelWeight> levels = has_level(table, parameters.cost_level) ? parameters.with_cost : parameters.without_cost;
  const auto find = [&](std::string_view name) {
    return std::find_if(levels.begin(), levels.end(), [&](const policy::LevelWeight& level) { return level.level1 == name; });
  };
  const auto give = [&](policy::LevelWeight& from, std::string_view to) {
    if (from.level1 == to) return;
    find(to)->weight += from.weight;
    from.weight = Decimal();
  };
  if (!has_level(table, parameters.satisfaction_level)) give(*find(parameters.satisfaction_level), parameters.without_satisfaction_to);
  for (policy::LevelWeight& level : levels) {
    const bool present =
        has_level(table, level.level1) || (level.level1 == parameters.cost_belongs_to && has_level(table, parameters.cost_level));
    if (!present) give(level, parameters.missing_level_to);
  }
  return levels;
}

Result<std::vector<Decimal>> split_weights(const EvaluatedTable& table, const ScoringParameters& parameters) {
  std::vector<Decimal> weights(table.indicators.size());
  const std::vector<policy::LevelWeight> levels = level_weights(table, parameters);
  const auto level_of = [&](std::size_t i) {
    const std::string& level = table.indicators[i].level1;
    return level == parameters.cost_level ? parameters.cost_belongs_to : level;
  };
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::string name = level_of(i);
    if (std::any_of(levels.begin(), levels.end(), [&](const policy::LevelWeight& level) { return level.level1 == name; })) continue;
    return Error{"level-unknown",
                 "一级指标“" + shown_text(table.indicators[i].level1, 40) +
                     "”不在指标体系里，表里又没有权重，不知道给它多少分。请改用成本、产出、效益、满意度指标，或给每个指标写上权重。",
                 {}}
        .in(place_of(table, i));
  }
  for (const policy::LevelWeight& level : levels) {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (level_of(i) == level.level1) members.push_back(i);
    }
    if (members.empty()) continue;
    const Decimal each = Decimal::quotient_cut(level.weight, Decimal(static_cast<std::int64_t>(members.size())), parameters.places);
    Decimal rest = level.weight;
    for (const std::size_t member : members) {
      weights[member] = each;
      rest = rest - each;
    }
    weights[members.back()] += rest;
  }
  return weights;
}

/// The others are multiplied by the whole ÷ their sum, each cut, the remainder on the last.
Result<std::vector<std::optional<Decimal>>> scaled(const EvaluatedTable& table, const std::vector<Decimal>& weights,
                                                   const ScoringParameters& parameters) {
  std::vector<std::optional<Decimal>> out(weights.size());
  Decimal sum;
  std::size_t last = weights.size();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (table.indicators[i].not_applicable) continue;
    sum += weights[i];
    last = i;
  }
  if (sum.is_zero()) return Error{"weights-zero", "适用的指标权重都是0，无法把不适用指标的分摊给它们。请核对权重。", {}};
  Decimal rest = parameters.weights_sum;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (table.indicators[i].not_applicable) continue;
    // A share of the whole: never longer than that.
    out[i] = *Decimal::share(weights[i], parameters.weights_sum, sum, parameters.places, Decimal::Rounding::cut);
    rest = rest - *out[i];
  }
  *out[last] += rest;
  return out;
}

}  // namespace

Result<std::vector<std::optional<Decimal>>> weights_of(const EvaluatedTable& table, const ScoringParameters& parameters) {
  const auto& indicators = table.indicators;
  const auto applies = [&](const EvaluatedIndicator& i) { return i.level1 == parameters.required_level && !i.not_applicable; };
  if (std::none_of(indicators.begin(), indicators.end(), applies))
    return Error{"level-missing", "没有一个适用的" + parameters.required_level + "，不能打分。请补上，或核对“不适用”的标记。", {}};
  const bool given = std::any_of(indicators.begin(), indicators.end(), [](const EvaluatedIndicator& i) { return i.weight.has_value(); });
  auto weights = given ? given_weights(table, parameters) : split_weights(table, parameters);
  if (!weights) return std::move(weights).error();
  const bool all = std::none_of(indicators.begin(), indicators.end(), [](const EvaluatedIndicator& i) { return i.not_applicable; });
  if (!all) return scaled(table, *weights, parameters);
  return std::vector<std::optional<Decimal>>(weights->begin(), weights->end());
}

}  // namespace jiheng::scoring
