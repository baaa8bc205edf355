#include "scoring/overall.h"

#include <algorithm>
#include <stdexcept>

namespace jiheng::scoring {
namespace {

using policy::OverallItem;

constexpr int places = 2;

Result<Decimal> sum_of(std::span<const OverallItem::Term> terms, std::span<const std::pair<std::string, Decimal>> figures) {
  Decimal sum;
  for (const OverallItem::Term& term : terms) {
    const auto found = std::find_if(figures.begin(), figures.end(), [&](const auto& figure) { return figure.first == term.figure; });
    if (found == figures.end()) return Error{"figure-missing", "缺“" + term.figure + "”，请填写基础数据。", {}};
    sum += term.subtracted ? -found->second : found->second;
  }
  return sum;
}

/// Both sums are multiplied by what keeps the comparison whole: rate > limit is 100·over > limit·under.
Decimal points_of(const OverallItem& item, const Decimal& over, const Decimal& under) {
  const Decimal hundredfold = Decimal(100) * over;
  if (item.rule == OverallItem::Rule::bands) {
    for (const OverallItem::Band& band : item.bands) {
      if (hundredfold <= band.to * under) return band.points;
    }
    return item.beyond;
  }
  const Decimal beyond = item.above ? hundredfold - item.limit * under : item.limit * under - hundredfold;
  if (beyond <= Decimal()) return item.points;
  const Decimal whole_steps = Decimal::quotient_cut(beyond, item.step * under, 0);
  return std::max(Decimal(), item.points - whole_steps * item.deduct);
}

}  // namespace

Result<OverallScore> score_overall(const OverallItem& item, std::span<const std::pair<std::string, Decimal>> figures) {
  if (item.rule == OverallItem::Rule::judged) return Error{"judged-item", "“" + item.name + "”由评价人打分，没有公式。", {}};
  try {
    auto over = sum_of(item.over, figures);
    if (!over) return std::move(over).error();
    auto under = sum_of(item.under, figures);
    if (!under) return std::move(under).error();
    if (under->is_zero() && over->is_zero() && item.full_when_nothing_built) return OverallScore{std::nullopt, item.points.rounded(places)};
    if (*under <= Decimal()) return Error{"no-denominator", "“" + item.name + "”的分母不大于0，算不出。请核对基础数据。", {}};
    const auto rate = Decimal::share(Decimal(100), *over, *under, places);
    if (!rate) return Error{"number-too-long", "“" + item.name + "”的基础数据位数太多。请核对。", {}};
    return OverallScore{rate, points_of(item, *over, *under).rounded(places)};
  } catch (const std::overflow_error&) {
    return Error{"number-too-long", "“" + item.name + "”的基础数据位数太多。请核对。", {}};
  }
}

}  // namespace jiheng::scoring
