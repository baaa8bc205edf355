#include "goals/differences.h"

#include <gtest/gtest.h>

namespace jiheng {
namespace {

Indicator indicator(const std::string& name, const std::string& value) {
  Indicator made;
  made.level1 = "产出指标";
  made.level2 = "数量指标";
  made.level3 = name;
  made.comparator = Comparator::at_least;
  made.value = value;
  made.unit = "次";
  return made;
}

GoalTable table(const std::string& project = "道路养护") {
  GoalTable made;
  made.project_name = project;
  made.unit_name = "甲局";
  made.year = 2026;
  made.amount = "120.00";
  made.indicators = {indicator("巡查", "12"), indicator("养护", "3")};
  return made;
}

TEST(Differences, OfTheSameAreNone) {
  GoalTable other = table();
  other.amount = "120";
  other.annual_goal = std::nullopt;
  other.indicators[0].value = "１２";
  other.indicators[1].source.row = 9;
  EXPECT_TRUE(differences(std::vector{table()}, std::vector{other}).empty());
}

TEST(Differences, NamePlaceFieldAndBothValues) {
  GoalTable other = table();
  other.amount = "99";
  other.indicators[0].value = "13";
  const auto found = differences(std::vector{table()}, std::vector{other});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].field, "年度预算金额");
  EXPECT_EQ(found[0].before, "120.00");
  EXPECT_EQ(found[0].after, "99");
  EXPECT_EQ(found[1].table, "道路养护");
  EXPECT_EQ(found[1].place, "产出指标 / 数量指标 / 巡查");
  EXPECT_EQ(found[1].field, "指标值");
  EXPECT_EQ(found[1].before, "≥12次");
  EXPECT_EQ(found[1].after, "≥13次");
}

TEST(Differences, AComparatorOrAUnitIsAValueToo) {
  GoalTable other = table();
  other.indicators[0].comparator = Comparator::at_most;
  other.indicators[1].unit = "%";
  EXPECT_EQ(differences(std::vector{table()}, std::vector{other}).size(), 2U);
}

TEST(Differences, IndicatorsAndTablesThatCameOrWent) {
  GoalTable other = table();
  other.indicators.erase(other.indicators.begin());
  other.indicators.push_back(indicator("培训", "5"));
  const auto found = differences(std::vector{table(), table("桥梁")}, std::vector{other, table("隧道")});
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].kind, Difference::Kind::missing);
  EXPECT_EQ(found[0].before, "≥12次");
  EXPECT_EQ(found[1].kind, Difference::Kind::added);
  EXPECT_EQ(found[1].place, "产出指标 / 数量指标 / 培训");
  EXPECT_EQ(found[2].table, "桥梁");
  EXPECT_EQ(found[3].after, "隧道");
}

TEST(Differences, ARowMovedIsNoDifference) {
  GoalTable other = table();
  std::swap(other.indicators[0], other.indicators[1]);
  EXPECT_TRUE(differences(std::vector{table()}, std::vector{other}).empty());
}

TEST(Differences, ARenamedIndicatorIsOneChange) {
  GoalTable other = table();
  other.indicators[0].level3 = "道路巡查";
  const auto found = differences(std::vector{table()}, std::vector{other});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].field, "三级指标");
}

}  // namespace
}  // namespace jiheng
