#include "scoring/light.h"

#include <gtest/gtest.h>

#include "policy/pack.h"

namespace jiheng::scoring {
namespace {

const policy::Pack& pack(std::string_view name) {
  return **policy::find_pack(name);
}

Indicator counted(Comparator comparator, Text target, Text actual, std::string_view level2 = "数量指标", Text unit = "次") {
  Indicator made;
  made.level1 = "产出指标";
  made.level2 = std::string(level2);
  made.level3 = "次数";
  made.comparator = comparator;
  made.value = std::move(target);
  made.unit = std::move(unit);
  made.actual = std::move(actual);
  return made;
}

Light light(const Indicator& indicator, int month = 7) {
  return indicator_progress(indicator, month, pack("cn-2020").monitoring, pack("cn-2020").scoring).light;
}

TEST(Light, WhatGrowsIsHeldAgainstItsShareOfTheYear) {
  // 120 × 7 ÷ 12 = 70 by the end of July.
  EXPECT_EQ(light(counted(Comparator::at_least, "120", "41")), Light::red);
  EXPECT_EQ(light(counted(Comparator::at_least, "120", "42")), Light::yellow);
  EXPECT_EQ(light(counted(Comparator::at_least, "120", "55")), Light::yellow);
  EXPECT_EQ(light(counted(Comparator::at_least, "120", "56")), Light::green);
  EXPECT_EQ(light(counted(Comparator::at_least, "120", "83")), Light::green);
  EXPECT_EQ(light(counted(Comparator::at_least, "120", "84")), Light::blue);
  EXPECT_EQ(light(counted(Comparator::equal, "120", "70")), Light::green);
  EXPECT_EQ(light(counted(Comparator::at_least, "120", "120"), 12), Light::green);
}

TEST(Light, WhatHoldsOnEveryDayIsMetOrNot) {
  EXPECT_EQ(light(counted(Comparator::at_least, "95", "95", "质量指标", "%")), Light::green);
  EXPECT_EQ(light(counted(Comparator::at_least, "95", "94.99", "质量指标", "%")), Light::red);
  // A share is no number of things, whatever its level.
  EXPECT_EQ(light(counted(Comparator::at_least, "100", "58", "数量指标", "%")), Light::red);
  EXPECT_EQ(light(counted(Comparator::at_most, "1813.77", "1000", "成本指标", "万元")), Light::green);
  EXPECT_EQ(light(counted(Comparator::at_most, "1813.77", "1813.78", "成本指标", "万元")), Light::red);
  EXPECT_EQ(light(counted(Comparator::equal, "0", "0")), Light::green);
  EXPECT_EQ(light(counted(Comparator::equal, "0", "1")), Light::red);
  EXPECT_EQ(light(counted(Comparator::less_than, "0", "0")), Light::green);
  EXPECT_EQ(light(counted(Comparator::equal, "92", "93")), Light::red);  // beyond it already
}

TEST(Light, WordsAndSilence) {
  EXPECT_EQ(light(counted(Comparator::at_least, "120", std::nullopt)), Light::none);
  EXPECT_EQ(light(counted(Comparator::at_least, "120", "不详")), Light::none);
  Indicator words = counted(Comparator::qualitative, "显著提升", "有所提升");
  EXPECT_EQ(light(words), Light::none);
  words.likelihood = "有可能";
  EXPECT_EQ(light(words), Light::yellow);
  Indicator hopeless = counted(Comparator::at_least, "120", "100");
  hopeless.likelihood = "完全不可能";
  EXPECT_EQ(light(hopeless), Light::red);
  hopeless.likelihood = "确定能";  // figures speak for themselves
  EXPECT_EQ(light(hopeless), Light::blue);
}

TEST(Light, MoneyByAlarmOrByTheEvenShare) {
  const auto executed = [](std::string_view name, const char* amount, int month) {
    return execution_progress(Decimal(1200), *Decimal::parse(amount), month, pack(name).monitoring, 2);
  };
  EXPECT_EQ(executed("cn-2020", "419", 7).light, Light::red);  // of 700
  EXPECT_EQ(executed("cn-2020", "420", 7).light, Light::yellow);
  EXPECT_EQ(executed("cn-2020", "560", 7).light, Light::green);
  EXPECT_EQ(executed("cn-2020", "560", 7).percent->text(), "46.67");
  EXPECT_EQ(executed("sichuan-2025", "959.99", 10).light, Light::red);
  EXPECT_EQ(executed("sichuan-2025", "960", 10).light, Light::green);
  EXPECT_EQ(execution_progress(Decimal(0), Decimal(1), 7, pack("cn-2020").monitoring, 2).light, Light::none);
}

TEST(Light, GoalsAndMoneyApart) {
  const std::vector<Indicator> indicators{counted(Comparator::at_least, "100", "50"), counted(Comparator::at_least, "3", "1"),
                                          counted(Comparator::at_least, "3", "9"), counted(Comparator::at_most, "3", "1"),
                                          counted(Comparator::at_least, "95", "95", "质量指标", "%")};
  const auto& rules = pack("sichuan-2025").monitoring;
  const auto goals = goal_progress(indicators, rules, 2);
  ASSERT_TRUE(goals.has_value());
  EXPECT_EQ(goals->text(), "61.11");  // (50 + 33.33… + 100) ÷ 3
  EXPECT_EQ(divergence(*goals, *Decimal::parse("51.11"), rules)->light, Light::green);
  EXPECT_EQ(divergence(*goals, *Decimal::parse("51.10"), rules)->light, Light::red);
  EXPECT_EQ(divergence(*goals, *Decimal::parse("71.12"), rules)->light, Light::red);
  EXPECT_FALSE(divergence(*goals, *Decimal::parse("0"), pack("cn-2020").monitoring).has_value());
  EXPECT_FALSE(goal_progress({}, rules, 2).has_value());
}

}  // namespace
}  // namespace jiheng::scoring
