// What a place asks for of evaluations (事前绩效评估, 重点评价) and of the use of results.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "policy/scoring_parameters.h"

namespace jiheng::policy {

/// One thing to score.
struct Criterion {
  std::string level1;
  std::string level2;
  std::string level3;
  Decimal points;
};

/// What a grade asks of next year's money.
struct ResultRule {
  enum class Measure { prefer, keep, compress, cancel };
  std::string grade;
  Measure measure = Measure::keep;
  std::string name;  ///< 压减
  Decimal percent;   ///< of this year's money: more of it under prefer, less under compress and cancel; nothing under keep
};

struct EvaluationRules {
  std::vector<Criterion> framework;        ///< 决策, 过程, 产出, 效益: 100 points
  std::vector<std::string> result_levels;  ///< 产出, 效益
  Decimal least_results;                   ///< points of these together, at least
  int scorers = 1;                         ///< at least so many
  Decimal spread;                          ///< totals further apart must be explained
  std::vector<Criterion> ex_ante;          ///< 100 points
  std::vector<GradeBand> conclusions;      ///< 支持 from 80 …, the best first
  Decimal least_amount;                    ///< 万元: a project of so much is a key one
  bool first_time = false;                 ///< and so is one filed for the first time
  std::vector<std::string> poor_grades;    ///< and one so graded last year
  std::vector<ResultRule> results;

  const ResultRule* result(std::string_view grade) const;
};

std::string_view measure_code(ResultRule::Measure measure);  ///< "compress"
std::string_view measure_name(ResultRule::Measure measure);  ///< "压减"

/// What the rule does to an amount, of the amount's unit: below 0 where it takes. Rounded to 2 places, but where the
/// whole amount is cancelled.
Decimal budget_effect(const ResultRule& rule, const Decimal& amount);

}  // namespace jiheng::policy
