// A table with actuals → scores, total and grade, to the digit of the contract. Arithmetic is exact; each printed figure is rounded once;
// the total is the sum of the printed scores, so that on paper the column adds up.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "policy/pack.h"
#include "scoring/indicator_score.h"

namespace jiheng::scoring {

struct ExecutionScore {
  Decimal rate;  ///< per cent
  Decimal weight;
  Decimal score;
};

struct TableScore {
  ExecutionScore execution;
  std::vector<IndicatorScore> indicators;  ///< in the table's order
  Decimal total;
  std::string grade;
};

/// Errors: those of weights_of() and score_indicator(), no-budget, no-execution.
Result<TableScore> score(const EvaluatedTable& table, const policy::ScoringParameters& parameters);

/// All tables, or every table's refusal with its place.
struct Scores {
  std::vector<TableScore> tables;
  std::vector<Error> refusals;
};
Scores score_all(std::span<const EvaluatedTable> tables, const policy::ScoringParameters& parameters);

/// The contract's array; `pack` is the pack's id.
std::string scores_json(std::span<const TableScore> scores, std::string_view pack);

/// "第1张表“道路养护”第3个指标“满意度”：…": the places from the outside in, then the message.
std::string refusal_text(const Error& refusal);

}  // namespace jiheng::scoring
