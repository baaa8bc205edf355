// What each indicator of a table weighs.
#pragma once

#include <optional>
#include <vector>

#include "scoring/refusal.h"

namespace jiheng::scoring {

/// In the order of the indicators, nullopt for one that is not applicable; they sum to the pack's weights_sum. Given weights are used as
/// they are, else a level's weight is split evenly, each cut to the pack's places and the remainder on the last; what is not applicable
/// is taken out and the others are scaled up. Errors: weights-mixed, weights-sum, level-unknown, level-missing, weights-zero and those of
/// amount_of().
Result<std::vector<std::optional<Decimal>>> weights_of(const EvaluatedTable& table, const policy::ScoringParameters& parameters);

}  // namespace jiheng::scoring
