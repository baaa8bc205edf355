// What holds of every table that is scored, whatever stands in it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "maker.h"

namespace jiheng::scoring {
namespace {

std::string decimal() {
  const int whole = *rc::gen::weightedOneOf<int>({{2, rc::gen::just(0)}, {3, rc::gen::inRange(0, 12)}, {3, rc::gen::inRange(0, 100000)}});
  if (*rc::gen::inRange(0, 3) > 0) return std::to_string(whole);
  return std::to_string(whole) + "." + std::to_string(*rc::gen::inRange(0, 1000));
}

EvaluatedIndicator any_indicator(std::string level1) {
  constexpr Comparator comparators[] = {Comparator::at_least,  Comparator::at_most, Comparator::more_than,
                                        Comparator::less_than, Comparator::equal,   Comparator::qualitative};
  EvaluatedIndicator made = indicator(std::move(level1), comparators[*rc::gen::inRange(0, 6)], decimal(), decimal());
  if (made.comparator == Comparator::qualitative) made.judged_percent = std::to_string(*rc::gen::inRange(0, 101));
  if (*rc::gen::inRange(0, 6) == 0) made.actual.reset();
  if (*rc::gen::inRange(0, 4) == 0) made.direction = static_cast<policy::Direction>(*rc::gen::inRange(0, 3));
  return made;
}

/// Scored without fail: one 产出 indicator applies; weights none, or shares of 90.
EvaluatedTable any_table() {
  constexpr const char* levels[] = {"成本指标", "产出指标", "效益指标", "满意度指标"};
  EvaluatedTable made = table({any_indicator("产出指标")});
  const int more = *rc::gen::inRange(0, 12);
  for (int i = 0; i < more; ++i) {
    made.indicators.push_back(any_indicator(levels[*rc::gen::inRange(0, 4)]));
    made.indicators.back().not_applicable = *rc::gen::inRange(0, 4) == 0;
  }
  if (*rc::gen::arbitrary<bool>()) {
    Decimal rest(90);
    for (std::size_t i = made.indicators.size(); i-- > 1;) {
      const Decimal weight = Decimal::quotient_cut(rest, Decimal(*rc::gen::inRange(2, 9)), *rc::gen::inRange(0, 4));
      made.indicators[i].weight = weight.text();
      rest = rest - weight;
    }
    made.indicators[0].weight = rest.text();
  }
  made.budget = std::to_string(*rc::gen::inRange(1, 100000));
  made.executed = decimal();
  return made;
}

const policy::ScoringParameters& any_rules() {
  return rules(*rc::gen::arbitrary<bool>() ? "cn-2020" : "cn-2021");
}

RC_GTEST_PROP(Scores, AddUpOnPaper, ()) {
  const EvaluatedTable made = any_table();
  const auto scored = score(made, any_rules());
  RC_ASSERT(scored.ok());
  Decimal sum = scored->execution.score;
  for (const IndicatorScore& each : scored->indicators) {
    if (!each.score) continue;
    RC_ASSERT(!each.score->is_negative());
    RC_ASSERT(*each.score <= *each.weight);
    sum += *each.score;
  }
  RC_ASSERT(sum == scored->total);
}

RC_GTEST_PROP(Weights, SumToNinetyAndWhatIsNotApplicableHasNone, ()) {
  const EvaluatedTable made = any_table();
  const auto weights = weights_of(made, any_rules());
  RC_ASSERT(weights.ok());
  Decimal sum;
  for (std::size_t i = 0; i < made.indicators.size(); ++i) {
    RC_ASSERT(weights.value()[i].has_value() != made.indicators[i].not_applicable);
    if (weights.value()[i]) sum += *weights.value()[i];
  }
  RC_ASSERT(sum == Decimal(90));
}

RC_GTEST_PROP(Scores, DoNotChangeWhenTargetsAndActualsAreCountedInOtherUnits, ()) {
  EvaluatedTable made = any_table();
  const auto& by = any_rules();
  const auto before = score(made, by);
  const Decimal factor(*rc::gen::element(10, 100, 10000, 7));
  const auto scale = [&](Text& text) { text = text ? Text((*Decimal::parse(*text) * factor).text()) : text; };
  for (EvaluatedIndicator& each : made.indicators) {
    if (each.comparator == Comparator::qualitative) continue;
    scale(each.value);
    scale(each.actual);
  }
  scale(made.budget);
  scale(made.executed);
  const auto after = score(made, by);
  RC_ASSERT(scores_json({&*before, 1}, "p") == scores_json({&*after, 1}, "p"));
}

RC_GTEST_PROP(Scores, FollowTheirIndicatorsIntoAnotherOrderWhereWeightsAreGiven, ()) {
  EvaluatedTable made = any_table();
  RC_PRE(made.indicators[0].weight.has_value());
  for (EvaluatedIndicator& each : made.indicators) each.not_applicable = false;  // the remainder stays on the last
  const auto& by = any_rules();
  const auto before = score(made, by);
  std::reverse(made.indicators.begin(), made.indicators.end());
  auto after = score(made, by);
  std::reverse(after->indicators.begin(), after->indicators.end());
  RC_ASSERT(scores_json({&*before, 1}, "p") == scores_json({&*after, 1}, "p"));
}

RC_GTEST_PROP(Scores, NeverFallWhenMoreOfAForwardTargetIsDone, ()) {
  EvaluatedTable made = table({indicator("产出指标", Comparator::at_least, decimal(), decimal())});
  const auto before = score(made, rules());
  made.indicators[0].actual = (*Decimal::parse(*made.indicators[0].actual) + *Decimal::parse(decimal())).text();
  RC_ASSERT(score(made, rules())->total >= before->total);
}

RC_GTEST_PROP(Scores, LeavingAMissedIndicatorBlankNeverHelps, ()) {
  EvaluatedTable made = any_table();
  const auto& by = any_rules();
  const auto before = score(made, by);
  const int blank = *rc::gen::inRange(0, static_cast<int>(made.indicators.size()));
  made.indicators[static_cast<std::size_t>(blank)].actual.reset();
  RC_ASSERT(score(made, by)->total <= before->total);
}

}  // namespace
}  // namespace jiheng::scoring
