#include "scoring/score.h"

#include <algorithm>

#include "scoring/weights.h"

namespace jiheng::scoring {
namespace {

Result<ExecutionScore> score_execution(const EvaluatedTable& table, const policy::ScoringParameters& p) {
  if (!table.budget) return Error{"no-budget", "没有" + p.execution_denominator + "（execution.budget），算不出预算执行率。请补上。", {}};
  auto budget = amount_of(*table.budget, p.execution_denominator);
  if (!budget) return std::move(budget).error();
  if (budget->is_zero()) return Error{"no-budget", p.execution_denominator + "是0，算不出预算执行率。请核对预算。", {}};
  if (!table.executed) return Error{"no-execution", "没有全年执行数（execution.executed），算不出预算执行率。请补上，没有支出的写0。", {}};
  auto executed = amount_of(*table.executed, "全年执行数");
  if (!executed) return std::move(executed).error();
  const auto rate = Decimal::share(Decimal(100), *executed, *budget, p.places);
  if (!rate) return Error{"number-too-long", "执行数和预算数相差太远，执行率超过36位数字。请核对。", {}};
  const Decimal score = *Decimal::share(p.execution_weight, std::min(*executed, *budget), *budget, p.places);
  return ExecutionScore{*rate, p.execution_weight.rounded(p.places), score};
}

}  // namespace

Result<TableScore> score(const EvaluatedTable& table, const policy::ScoringParameters& parameters) {
  auto weights = weights_of(table, parameters);
  if (!weights) return std::move(weights).error();
  TableScore out;
  out.indicators.reserve(table.indicators.size());
  for (std::size_t i = 0; i < table.indicators.size(); ++i) {
    if (table.indicators[i].not_applicable) {
      out.indicators.emplace_back();
      continue;
    }
    auto scored = score_indicator(table.indicators[i], *(*weights)[i], parameters);
    if (!scored) return std::move(scored).error().in(place_of(table, i));
    out.total += *scored->score;
    out.indicators.push_back(std::move(scored).value());
  }
  auto execution = score_execution(table, parameters);
  if (!execution) return std::move(execution).error();
  out.execution = std::move(execution).value();
  out.total += out.execution.score;
  out.grade = policy::band_of(out.total, parameters.grades);
  return out;
}

Scores score_all(std::span<const EvaluatedTable> tables, const policy::ScoringParameters& parameters) {
  Scores out;
  out.tables.reserve(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    auto scored = score(tables[i], parameters);
    if (scored)
      out.tables.push_back(std::move(scored).value());
    else
      out.refusals.push_back(std::move(scored).error().in(place_of_table(tables[i], i)));
  }
  return out;
}

std::string refusal_text(const Error& refusal) {
  std::string text;
  for (auto place = refusal.context.rbegin(); place != refusal.context.rend(); ++place) text += *place;
  return text.empty() ? refusal.message : text + "：" + refusal.message;
}

}  // namespace jiheng::scoring
