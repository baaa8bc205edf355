#include "desks/performance/quartiles.h"

#include <algorithm>

namespace jiheng::desks {
namespace {

Decimal at_quarter(const std::vector<Decimal>& sorted, std::size_t quarter) {
  static const Decimal a_quarter = *Decimal::parse("0.25");
  const std::size_t position = (sorted.size() - 1) * quarter;
  const std::size_t below = position / 4;
  const auto rest = static_cast<std::int64_t>(position % 4);
  if (rest == 0) return sorted[below];
  return sorted[below] + (sorted[below + 1] - sorted[below]) * Decimal(rest) * a_quarter;
}

Decimal percent_of(const Decimal& value, int percent) {
  static const Decimal hundredth = *Decimal::parse("0.01");
  return value.abs() * Decimal(percent) * hundredth;
}

}  // namespace

std::optional<Quartiles> quartiles_of(std::vector<Decimal> values) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  return Quartiles{static_cast<int>(values.size()), values.front(),        at_quarter(values, 1),
                   at_quarter(values, 2),           at_quarter(values, 3), values.back()};
}

Decimal lower_fence(const Quartiles& peers, const ComparisonRule& rule) {
  return peers.q1 - (peers.q3 - peers.q1) * rule.reach;
}

Decimal upper_fence(const Quartiles& peers, const ComparisonRule& rule) {
  return peers.q3 + (peers.q3 - peers.q1) * rule.reach;
}

Side side_of(const Decimal& value, const Quartiles& peers, const ComparisonRule& rule) {
  if (peers.count < rule.least_peers) return Side::within;
  if ((value - peers.median).abs() <= percent_of(peers.median, rule.least_percent)) return Side::within;
  if (value < lower_fence(peers, rule)) return Side::below;
  return value > upper_fence(peers, rule) ? Side::above : Side::within;
}

std::optional<Decimal> change_percent(const Decimal& before, const Decimal& now) {
  if (before.is_zero()) return std::nullopt;
  return Decimal::share(Decimal(100), now - before, before.abs(), 1);
}

bool is_far_change(const Decimal& before, const Decimal& now, const ComparisonRule& rule) {
  return (now - before).abs() > percent_of(before, rule.change_percent);
}

}  // namespace jiheng::desks
