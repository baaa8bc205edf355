// Each test quotes the sentence of the contract of scoring that it proves.
#include "scoring/score.h"

#include <gtest/gtest.h>

#include "maker.h"

namespace jiheng::scoring {
namespace {

constexpr const char* output = "产出指标";

/// What one indicator of weight w earns.
IndicatorScore one(Comparator comparator, const char* target, Text actual, std::optional<policy::Direction> direction = {}) {
  EvaluatedTable made = table({indicator(output, comparator, target, std::move(actual))});
  made.indicators[0].direction = direction;
  auto scored = score(made, rules());
  EXPECT_TRUE(scored.ok());
  return scored->indicators[0];
}

std::string refused(const EvaluatedTable& made) {
  const auto scored = score(made, rules());
  return scored ? "scored " + scored->total.text() : scored.error().code;
}

TEST(Score, ForwardTargetsEarnTheirShare) {
  EXPECT_EQ(one(Comparator::at_least, "50", "40").score->text(), "72.00");
  EXPECT_EQ(one(Comparator::at_least, "50", "500").score->text(), "90.00");
  EXPECT_EQ(one(Comparator::at_least, "0", "0").score->text(), "90.00");
}

TEST(Score, ReverseTargetsEarnTargetOverActual) {
  EXPECT_EQ(one(Comparator::at_most, "5", "8").score->text(), "56.25");
  EXPECT_EQ(one(Comparator::at_most, "5", "8").achievement->text(), "62.50");
  EXPECT_EQ(one(Comparator::at_most, "5", "0").score->text(), "90.00");
  EXPECT_FALSE(one(Comparator::at_most, "5", "0").achievement.has_value());
  EXPECT_EQ(one(Comparator::at_most, "0", "1").score->text(), "0.00");
}

TEST(Score, FiveAccidentsAgainstNoneScoreNothing) {
  EXPECT_EQ(one(Comparator::equal, "0", "5").score->text(), "0.00");
  EXPECT_EQ(one(Comparator::equal, "0", "0").score->text(), "90.00");
}

TEST(Score, NinetyFiveUnitsAgainstNinetyTwoScoreTheRatioUnlessTheFormSaysForward) {
  EXPECT_EQ(one(Comparator::equal, "92", "95").score->text(), "87.16");
  EXPECT_EQ(one(Comparator::equal, "92", "95", policy::Direction::forward).score->text(), "90.00");
  EXPECT_FALSE(*one(Comparator::equal, "92", "95", policy::Direction::forward).met);
}

TEST(Score, MetFollowsTheComparatorStrictly) {
  const IndicatorScore scored = one(Comparator::more_than, "300", "300");
  EXPECT_FALSE(*scored.met);
  EXPECT_EQ(scored.score->text(), "90.00");
}

TEST(Score, WhatIsNotReportedScoresNothing) {
  const IndicatorScore scored = one(Comparator::at_least, "1", std::nullopt);
  EXPECT_EQ(scored.score->text(), "0.00");
  EXPECT_FALSE(*scored.met);
  EXPECT_FALSE(scored.achievement.has_value());
}

TEST(Score, TheExecutionScoreIsCappedAndTheTotalIsTheSumOfPrintedScores) {
  EvaluatedTable made =
      table({indicator(output, Comparator::at_least, "3", "1", "30"), indicator(output, Comparator::at_least, "3", "1", "30"),
             indicator(output, Comparator::at_least, "7", "1", "30")});
  made.executed = "250";
  const auto scored = score(made, rules());
  EXPECT_EQ(scored->execution.rate.text(), "250.00");
  EXPECT_EQ(scored->execution.score.text(), "10.00");
  EXPECT_EQ(scored->total.text(), "34.29");  // 10 + 10 + 4.29 + 10
  EXPECT_EQ(scored->grade, "差");
}

TEST(Score, DigitsAreExactHoweverLong) {
  // A binary computation of 90 × 0.1 / 0.3 and of halves goes astray.
  EXPECT_EQ(one(Comparator::at_least, "0.300000000000000000", "0.1").score->text(), "30.00");
  EXPECT_EQ(one(Comparator::at_least, "100000000000000000000000000000000000", "50000000000000000000000000000000000").score->text(),
            "45.00");
  EXPECT_EQ(one(Comparator::at_least, "180", "0.01").score->text(), "0.01");  // 0.005 is rounded half up
}

TEST(Refusals, AsTheContractListsThem) {
  const auto sound = indicator(output, Comparator::at_least, "1", "1", "90");
  EXPECT_EQ(refused(table({sound})), "scored 100.00");
  EXPECT_EQ(refused(table({sound, indicator(output, Comparator::at_least, "1", "1")})), "weights-mixed");
  EXPECT_EQ(refused(table({sound, sound})), "weights-sum");
  EXPECT_EQ(refused(table({indicator("效益指标", Comparator::at_least, "1", "1", "90")})), "level-missing");
  EXPECT_EQ(refused(table({indicator(output, Comparator::at_least, "1", "1"), indicator("管理指标", Comparator::at_least, "1", "1")})),
            "level-unknown");
  EXPECT_EQ(refused(table({indicator(output, Comparator::at_least, "-1", "1", "90")})), "negative");
  EXPECT_EQ(refused(table({indicator(output, Comparator::at_least, "1", "-1", "90")})), "negative");
  EXPECT_EQ(refused(table({indicator(output, Comparator::at_least, std::nullopt, "1", "90")})), "no-target");
  EXPECT_EQ(refused(table({indicator(output, Comparator::at_least, "12月底", "1", "90")})), "not-a-number");
  EXPECT_EQ(refused(table({indicator(output, Comparator::none, "1", "1", "90")})), "no-comparator");
  EXPECT_EQ(refused(table({})), "level-missing");
  EvaluatedTable out_of_range = table({indicator(output, Comparator::qualitative, "良好", "良好", "90")});
  out_of_range.indicators[0].judged_percent = "100.01";
  EXPECT_EQ(refused(out_of_range), "out-of-range");
  out_of_range.indicators[0].judged_percent = "-0.01";
  EXPECT_EQ(refused(out_of_range), "negative");
  for (const Text& budget : {Text(), Text("0"), Text("0.00")}) {
    EvaluatedTable made = table({sound});
    made.budget = budget;
    EXPECT_EQ(refused(made), "no-budget");
  }
}

TEST(Refusals, NameTableAndIndicator) {
  const EvaluatedTable tables[] = {table({indicator(output, Comparator::at_least, "-1", "1", "90")})};
  const Scores scores = score_all(tables, rules());
  ASSERT_EQ(scores.refusals.size(), 1U);
  EXPECT_EQ(refusal_text(scores.refusals[0]).find("第1张表“道路养护”第1个指标“指标”："), 0U);
}

TEST(Input, HostileJsonIsRefused) {
  const auto code = [](std::string_view json) {
    const auto tables = tables_from_json(json);
    return tables ? std::string("read") : tables.error().code;
  };
  EXPECT_EQ(code(std::string(100000, '[')), "json-syntax");
  EXPECT_EQ(code(R"({"indicators":[], "indicators":[]})"), "json-repeated-name");
  EXPECT_EQ(code(R"({"indicators":[{"value":"1","v\u0061lue":"2"}]})"), "json-repeated-name");
  EXPECT_EQ(code(R"({"indicators":[{"value":1}]})"), "json-shape");
  EXPECT_EQ(code(R"({"indicators":[{"weight":90.0}]})"), "json-shape");
  EXPECT_EQ(code(R"({"indicators":[{"not_applicable":"true"}]})"), "json-shape");
  EXPECT_EQ(code(R"({"indicators":[{"direction":"up"}]})"), "json-shape");
  EXPECT_EQ(code(R"({"indicators":[{"comparator":"~"}]})"), "json-shape");
  EXPECT_EQ(code(R"({"indicators":{}})"), "json-shape");
  EXPECT_EQ(code(R"({"indicators":[],"execution":[]})"), "json-shape");
  EXPECT_EQ(code(R"([1])"), "json-shape");
  EXPECT_EQ(code(R"("x")"), "json-shape");
  EXPECT_EQ(code(""), "json-syntax");
  EXPECT_EQ(code("[] []"), "json-syntax");
  EXPECT_EQ(code("{\"indicators\":[{\"level3\":\"\xff\"}]}"), "json-syntax");
  EXPECT_EQ(code(" [ ] \n"), "read");
  EXPECT_EQ(code("\xEF\xBB\xBF[]"), "read");
}

}  // namespace
}  // namespace jiheng::scoring
