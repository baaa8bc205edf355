// How self-evaluations are scored in a place (contracts: scoring): weights, formulas, bands.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "goals/goal_table.h"

namespace jiheng::policy {

/// From `from` points per hundred upwards.
struct GradeBand {
  std::string name;  ///< 优 良 中 差, 达成 部分达成 未达成
  Decimal from;
};

/// The name of the band that `percent` lies in; bands go down and end at 0.
const std::string& band_of(const Decimal& percent, const std::vector<GradeBand>& bands);

/// forward: more is better. reverse: less is better. exact: the target and nothing else.
enum class Direction { forward, reverse, exact };

/// What a target that was missed still earns of its weight. ratio: A/T (forward), T/A (reverse), min/max (exact); zero: nothing;
/// linear: 1 − (A − T)/T, for reverse alone.
enum class Missed { ratio, zero, linear };

struct LevelWeight {
  std::string level1;
  Decimal weight;
};

struct ScoringParameters {
  Decimal execution_weight;
  std::string execution_denominator;  ///< 全年预算数, 年初预算数 …: what `budget` has to be
  Decimal weights_sum;                ///< of the indicators of a table
  std::vector<LevelWeight> with_cost;
  std::vector<LevelWeight> without_cost;
  std::string cost_level;
  std::string cost_belongs_to;  ///< the level that cost rows are counted in
  std::string required_level;   ///< a table must have it
  std::string satisfaction_level;
  std::string without_satisfaction_to;
  std::string missing_level_to;
  int places = 2;
  std::vector<GradeBand> grades;
  std::vector<GradeBand> qualitative_bands;  ///< the first one is met
  std::array<Direction, 7> directions{};     ///< by Comparator, where the table gives none
  Missed forward_missed = Missed::ratio;
  Missed reverse_missed = Missed::ratio;
  Missed exact_missed = Missed::ratio;
  std::optional<Decimal> explain_execution_below;  ///< per cent: a lower execution rate has to be explained
};

}  // namespace jiheng::policy
