// Quartiles of exact decimals, and when a target lies far from the others.
#pragma once

#include <optional>
#include <vector>

#include "base/decimal.h"

namespace jiheng::desks {

struct Quartiles {
  int count = 0;
  Decimal least;
  Decimal q1;
  Decimal median;
  Decimal q3;
  Decimal most;
};

/// Between two values a quartile lies in proportion, as a spreadsheet's QUARTILE.INC has it: whoever checks our figures in a sheet finds
/// the same. Exact: a quarter has two decimals. nullopt for no value.
std::optional<Quartiles> quartiles_of(std::vector<Decimal> values);

/// When a target is worth a second look. A place that wants other figures changes them here.
struct ComparisonRule {
  int least_peers = 5;                     ///< fewer tell nothing
  Decimal reach = *Decimal::parse("1.5");  ///< interquartile ranges beyond the quartiles
  int least_percent = 5;                   ///< of the median: where all others say the same, a hair's breadth is not far
  int change_percent = 20;                 ///< from last year's
  int years_back = 5;                      ///< peers' targets older than that are history
};

enum class Side { within, below, above };

/// Beyond the quartiles by more than `reach` interquartile ranges, and away from the median by more than `least_percent` of it.
Side side_of(const Decimal& value, const Quartiles& peers, const ComparisonRule& rule);
Decimal lower_fence(const Quartiles& peers, const ComparisonRule& rule);
Decimal upper_fence(const Quartiles& peers, const ComparisonRule& rule);

/// By how many per cent `now` lies above (below: negative) `before`, to one decimal. nullopt where `before` is zero.
std::optional<Decimal> change_percent(const Decimal& before, const Decimal& now);
/// More than the rule lets pass; from zero, any change is.
bool is_far_change(const Decimal& before, const Decimal& now, const ComparisonRule& rule);

}  // namespace jiheng::desks
