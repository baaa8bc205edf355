#include "scoring/indicator_score.h"

#include <algorithm>
#include <stdexcept>

#include "base/shown_text.h"

namespace jiheng::scoring {
namespace {

using policy::Direction;
using policy::Missed;
using policy::ScoringParameters;

const Decimal hundred(100);

bool meets(Comparator comparator, const Decimal& actual, const Decimal& target) {
  switch (comparator) {
    case Comparator::at_least:
      return actual >= target;
    case Comparator::at_most:
      return actual <= target;
    case Comparator::more_than:
      return actual > target;
    case Comparator::less_than:
      return actual < target;
    default:
      return actual == target;
  }
}

/// weight × part ÷ whole, where part ≤ whole: never longer than the weight.
Decimal part_of(const Decimal& weight, const Decimal& part, const Decimal& whole, int places) {
  return *Decimal::share(weight, part, whole, places);
}

Decimal points(Direction direction, const Decimal& weight, const Decimal& actual, const Decimal& target, const ScoringParameters& p) {
  switch (direction) {
    case Direction::forward:
      if (actual >= target) return weight.rounded(p.places);
      return p.forward_missed == Missed::ratio ? part_of(weight, actual, target, p.places) : Decimal();
    case Direction::reverse:
      if (actual <= target) return weight.rounded(p.places);
      if (p.reverse_missed == Missed::ratio) return part_of(weight, target, actual, p.places);
      // 1 − (A − T)/T = (T − (A − T))/T; with A ≥ 2T nothing is left, T = 0 among them.
      if (p.reverse_missed == Missed::linear && actual - target < target)
        return part_of(weight, target - (actual - target), target, p.places);
      return {};
    case Direction::exact:
      if (actual == target) return weight.rounded(p.places);
      return p.exact_missed == Missed::ratio ? part_of(weight, std::min(actual, target), std::max(actual, target), p.places) : Decimal();
  }
  return {};
}

Result<Decimal> judged(const std::string& text) {
  auto percent = amount_of(text, "评判百分比");
  if (!percent) return std::move(percent).error();
  if (*percent > hundred) return Error{"out-of-range", "评判百分比“" + shown_text(text, 40) + "”超过100。请在0到100之间评判。", {}};
  return *percent;
}

IndicatorScore unreported(const Decimal& weight, const ScoringParameters& p) {
  return {weight.rounded(p.places), std::nullopt, false, Decimal().rounded(p.places)};
}

Result<IndicatorScore> score_qualitative(const EvaluatedIndicator& indicator, const Decimal& weight, const ScoringParameters& p) {
  if (!indicator.judged_percent) return unreported(weight, p);
  auto percent = judged(*indicator.judged_percent);
  if (!percent) return std::move(percent).error();
  if (!indicator.actual) return unreported(weight, p);
  const bool met = *percent >= p.qualitative_bands.front().from;
  return IndicatorScore{weight.rounded(p.places), percent->rounded(p.places), met, part_of(weight, *percent, hundred, p.places)};
}

Result<Decimal> target_of(const EvaluatedIndicator& indicator) {
  if (!indicator.value) return Error{"no-target", "没有目标值，不能打分。请补上目标值；确实不适用的，按程序批准后标为不适用。", {}};
  if (indicator.comparator == Comparator::none)
    return Error{"no-comparator",
                 "目标值“" + shown_text(*indicator.value, 40) + "”前没有比较符号，不知道是至少、至多还是正好。请写明 >=、<= 或 =。",
                 {}};
  if (indicator.upper)
    return Error{"range-target",
                 "目标值是区间（" + shown_text(*indicator.value, 40) + "～" + shown_text(*indicator.upper, 40) +
                     "），政策口径没有规定区间怎么打分。请改成一个下限或上限。",
                 {}};
  return amount_of(*indicator.value, "目标值");
}

}  // namespace

Result<IndicatorScore> score_indicator(const EvaluatedIndicator& indicator, const Decimal& weight, const ScoringParameters& p) {
  if (indicator.comparator == Comparator::qualitative) return score_qualitative(indicator, weight, p);
  if (indicator.judged_percent) {
    if (auto percent = judged(*indicator.judged_percent); !percent) return std::move(percent).error();
  }
  auto target = target_of(indicator);
  if (!target) return std::move(target).error();
  if (!indicator.actual) return unreported(weight, p);
  auto actual = amount_of(*indicator.actual, "完成值");
  if (!actual) return std::move(actual).error();
  const Direction direction = indicator.direction.value_or(p.directions[static_cast<std::size_t>(indicator.comparator)]);
  const bool reverse = direction == Direction::reverse;
  const Decimal& over = reverse ? *target : *actual;
  const Decimal& under = reverse ? *actual : *target;
  IndicatorScore score;
  try {
    score.score = points(direction, weight, *actual, *target, p).rounded(p.places);
  } catch (const std::overflow_error&) {
    return Error{"number-too-long", "目标值和完成值的位数太多，算不下。请核对是否多写了位数。", {}};
  }
  score.weight = weight.rounded(p.places);
  score.met = meets(indicator.comparator, *actual, *target);
  if (!under.is_zero()) {
    score.achievement = Decimal::share(hundred, over, under, p.places);
    if (!score.achievement) return Error{"number-too-long", "完成值和目标值相差太远，完成率超过36位数字。请核对是否多写了位数。", {}};
  }
  return score;
}

}  // namespace jiheng::scoring
