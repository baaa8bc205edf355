// Target, actual and weight → score.
#pragma once

#include <optional>

#include "scoring/refusal.h"

namespace jiheng::scoring {

/// Every figure rounded once. All null: not applicable.
struct IndicatorScore {
  std::optional<Decimal> weight;
  std::optional<Decimal> achievement;  ///< per cent; null where the denominator is 0 or nothing was reported
  std::optional<bool> met;
  std::optional<Decimal> score;
};

/// One that applies. `weight` is exact. Errors: no-comparator, no-target, range-target, out-of-range and those of amount_of().
Result<IndicatorScore> score_indicator(const EvaluatedIndicator& indicator, const Decimal& weight,
                                       const policy::ScoringParameters& parameters);

}  // namespace jiheng::scoring
