#include "auditing/reach.h"

namespace jiheng::auditing {
namespace {

/// Counts, lengths, times, sums of money and shares cannot be negative, but for 增长, 利润 and the like.
bool cannot_be_negative(const IndicatorView& indicator) {
  return indicator.numeric && !indicator.signed_value && !indicator.growth && (!indicator.percent || indicator.share) &&
         indicator.unit != "百分点";
}

}  // namespace

bool below_zero(const IndicatorView& indicator) {
  if (!cannot_be_negative(indicator)) return false;
  switch (indicator.comparator()) {
    case Comparator::less_than:
      return *indicator.value <= Decimal(0);
    case Comparator::at_most:
    case Comparator::equal:
      return indicator.value->is_negative();
    default:
      return false;
  }
}

bool above_whole(const IndicatorView& indicator) {
  if (!indicator.share || !indicator.numeric) return false;
  switch (indicator.comparator()) {
    case Comparator::more_than:
      return *indicator.value >= Decimal(100);
    case Comparator::at_least:
    case Comparator::equal:
      return *indicator.value > Decimal(100);
    default:
      return false;
  }
}

bool at_least_nothing(const IndicatorView& indicator) {
  if (!cannot_be_negative(indicator)) return false;
  if (indicator.comparator() == Comparator::at_least) return *indicator.value <= Decimal(0);
  return indicator.comparator() == Comparator::more_than && indicator.value->is_negative();
}

bool at_most_whole(const IndicatorView& indicator) {
  if (!indicator.share || !indicator.numeric) return false;
  if (indicator.comparator() == Comparator::at_most) return *indicator.value >= Decimal(100);
  return indicator.comparator() == Comparator::less_than && *indicator.value > Decimal(100);
}

}  // namespace jiheng::auditing
