// Where one grade, one light or one rule ends and the next begins: regulations 3.3, 4.3, 4.4 and 12, each under every pack that has it.
#include <gtest/gtest.h>

#include "maker.h"
#include "policy/pack.h"
#include "scoring/light.h"
#include "scoring/score.h"

namespace jiheng::scoring {
namespace {

constexpr const char* output = "产出指标";

Decimal number(const char* text) {
  return *Decimal::parse(text);
}

std::string grade(const char* total, std::string_view pack) {
  return policy::band_of(number(total), rules(std::string(pack).c_str()).grades);
}

TEST(Boundaries, GradesAreHalfOpenUnderEveryPack) {
  // 4.4: with decimals integer bands leave gaps (89.5?), so the bands are half open.
  for (const std::string& pack : policy::pack_names()) {
    for (const auto& [total, name] : {std::pair{"100", "优"},
                                      {"90", "优"},
                                      {"89.995", "良"},
                                      {"89.5", "良"},
                                      {"80", "良"},
                                      {"79.995", "中"},
                                      {"60", "中"},
                                      {"59.995", "差"},
                                      {"0", "差"}})
      EXPECT_EQ(grade(total, pack), name) << pack << " " << total;
  }
}

TEST(Boundaries, ATotalOfExactlySixtyIsFair) {
  // 90 × 5/9 = 50 and 10 of 10 for the money.
  const auto scored = score(table({indicator(output, Comparator::at_least, "9", "5")}), rules());
  ASSERT_TRUE(scored.ok());
  EXPECT_EQ(scored->total.text(), "60.00");
  EXPECT_EQ(scored->grade, "中");
  const auto below = score(table({indicator(output, Comparator::at_least, "9000", "4999")}), rules());
  EXPECT_EQ(below->total.text(), "59.99");
  EXPECT_EQ(below->grade, "差");
}

TEST(Boundaries, NothingExecutedEarnsNothingForTheMoney) {
  EvaluatedTable made = table({indicator(output, Comparator::at_least, "1", "1")});
  made.executed = "0";
  const auto scored = score(made, rules());
  ASSERT_TRUE(scored.ok());
  EXPECT_EQ(scored->execution.rate.text(), "0.00");
  EXPECT_EQ(scored->execution.score.text(), "0.00");
  EXPECT_EQ(scored->total.text(), "90.00");
  EXPECT_EQ(scored->grade, "优") << "the goals alone make it";
  const auto& monitoring = (*policy::find_pack("cn-2020"))->monitoring;
  for (const int month : {1, 7, 12}) EXPECT_EQ(execution_progress(number("100"), number("0"), month, monitoring, 2).light, Light::red);
}

TEST(Boundaries, ZeroTargetsAreMetByNothingAlone) {
  // 4.3: T = 0 with reverse: A = 0 → w, A > 0 → 0; A = 0 with T > 0 reverse → w, nothing is divided by zero.
  const auto earned = [](Comparator comparator, const char* target, const char* actual) {
    return score(table({indicator(output, comparator, target, actual)}), rules())->indicators[0].score->text();
  };
  EXPECT_EQ(earned(Comparator::at_most, "0", "0"), "90.00");
  EXPECT_EQ(earned(Comparator::at_most, "0", "0.0001"), "0.00");
  EXPECT_EQ(earned(Comparator::at_most, "5", "0"), "90.00");
  EXPECT_EQ(earned(Comparator::at_least, "5", "0"), "0.00");
  const policy::Pack& pack = **policy::find_pack("cn-2020");
  const auto light = [&](Comparator comparator, const char* target, const char* actual) {
    Indicator made;
    made.level1 = output;
    made.level2 = "数量指标";
    made.level3 = "次数";
    made.comparator = comparator;
    made.value = target;
    made.unit = "次";
    made.actual = actual;
    return indicator_progress(made, 7, pack.monitoring, pack.scoring).light;
  };
  EXPECT_EQ(light(Comparator::at_most, "0", "0"), Light::green);
  EXPECT_EQ(light(Comparator::at_most, "0", "1"), Light::red);
  EXPECT_EQ(light(Comparator::at_least, "0", "0"), Light::green) << "no share of nothing is owed";
  EXPECT_EQ(light(Comparator::at_least, "12", "0"), Light::red);
}

TEST(Boundaries, LightsOfTheYearsShareChangeAtSixtyEightyAndAHundredAndTwenty) {
  // 3.3: below 60% red, to below 80% yellow, to below 120% green, from there blue. Of 1200 by July: 700.
  const policy::Pack& pack = **policy::find_pack("cn-2020");
  Indicator made;
  made.level1 = output;
  made.level2 = "数量指标";
  made.level3 = "次数";
  made.comparator = Comparator::at_least;
  made.value = "1200";
  made.unit = "次";
  for (const auto& [actual, light] : {std::pair{"419.99", Light::red},
                                      {"420", Light::yellow},
                                      {"559.99", Light::yellow},
                                      {"560", Light::green},
                                      {"839.99", Light::green},
                                      {"840", Light::blue}}) {
    made.actual = actual;
    EXPECT_EQ(indicator_progress(made, 7, pack.monitoring, pack.scoring).light, light) << actual;
  }
}

TEST(Boundaries, TheSichuanAlarmsCountFromTheirPercent) {
  // 川财绩〔2025〕10号: below 25% up to April, 40% to June, 60% to August, 80% to October.
  const auto& monitoring = (*policy::find_pack("sichuan-2025"))->monitoring;
  for (const auto& [month, at, below] : {std::tuple{4, "25", "24.99"}, {6, "40", "39.99"}, {8, "60", "59.99"}, {10, "80", "79.99"}}) {
    EXPECT_EQ(execution_progress(number("100"), number(at), month, monitoring, 2).light, Light::green) << month;
    EXPECT_EQ(execution_progress(number("100"), number(below), month, monitoring, 2).light, Light::red) << month;
  }
}

TEST(Boundaries, WhereNothingIsApplicableNothingIsScored) {
  EvaluatedTable made = table({indicator(output, Comparator::at_least, "1", "1"), indicator("效益指标", Comparator::at_least, "1", "1")});
  for (EvaluatedIndicator& each : made.indicators) each.not_applicable = true;
  const auto scored = score(made, rules());
  ASSERT_FALSE(scored.ok()) << scored->total.text();
  EXPECT_EQ(scored.error().code, "level-missing");
  // One is left out: the rest is scaled to the whole.
  made.indicators[0].not_applicable = false;
  EXPECT_EQ(score(made, rules())->indicators[0].weight->text(), "90.00");
}

}  // namespace
}  // namespace jiheng::scoring
