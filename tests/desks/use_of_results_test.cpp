// 结果应用: what grades ask of next year's money, what is decided, the ranking of units.
#include <gtest/gtest.h>

#include "evaluating.h"

namespace jiheng::desks {
namespace {

struct UsingResults : Evaluating {};

TEST_P(UsingResults, GradesAskWhatThePackHasAndTheLeaderDecides) {
  concluded("道路养护", "0");  // 100 万元, 优
  const auto says = [&](const std::string& unit, const std::string& project, const char* amount, const char* total, const char* grade) {
    said_.push_back(
        {units_[unit], project, 2026, *Decimal::parse(amount), GradedProject::Source::self_evaluation, "s", *Decimal::parse(total), grade});
  };
  says("甲局", "道路 养护", "100", "55", "差");  // evaluated: what the unit said itself does not count
  says("甲局", "培训", "33.33", "70", "中");
  says("乙局", "桥梁", "50", "59.99", "差");
  const ResultPage page = results_->list(2026, head_);
  ASSERT_EQ(page.lines.size(), 3U);
  EXPECT_EQ(page.lines[0].graded.project, "桥梁") << "the worst in front";
  EXPECT_EQ(page.lines[0].suggested.plain(), "-50");
  EXPECT_EQ(page.lines[1].suggested.plain(), "-3.33") << "10 % of 33.33";
  EXPECT_EQ(page.lines[2].suggested.plain(), "0");
  EXPECT_EQ(page.suggested.plain(), "-53.33");
  EXPECT_EQ(page.undecided, 3);
  EXPECT_TRUE(results_->list(2026, clerk_).lines.empty()) << "nothing decided yet";
  const auto decide = [&](const std::string& unit, const std::string& project, const char* measure, const char* effect,
                          const std::string& why, const access::Principal& who, int revision = 0) {
    const auto done = results_->decide(2026, {units_[unit], project, revision, *measure_from_code(measure), effect, why}, who);
    return done ? std::string() : done.error().code + (done.error().context.empty() ? "" : " " + done.error().context[0]);
  };
  EXPECT_EQ(decide("甲局", "培训", "compress", "-3.33", "", head_), "forbidden");
  EXPECT_EQ(decide("甲局", "培训", "compress", "-3.33", "", officer_), "forbidden");
  EXPECT_EQ(decide("甲局", "没有的", "keep", "0", "", leader_), "not-found");
  EXPECT_EQ(decide("甲局", "培训", "compress", "x", "", leader_), "invalid-decision effect");
  EXPECT_EQ(decide("甲局", "培训", "compress", "3", "多给", leader_), "invalid-decision effect");
  EXPECT_EQ(decide("甲局", "培训", "compress", "-33.33", "全砍", leader_), "invalid-decision effect") << "that is a cancellation";
  EXPECT_EQ(decide("甲局", "培训", "keep", "1", "加", leader_), "invalid-decision effect");
  EXPECT_EQ(decide("甲局", "培训", "cancel", "-3", "取消", leader_), "invalid-decision effect");
  EXPECT_EQ(decide("甲局", "培训", "prefer", "-1", "优先", leader_), "invalid-decision effect");
  EXPECT_EQ(decide("甲局", "培训", "keep", "0", "", leader_), "why-missing why") << "other than the rule has it";
  EXPECT_EQ(decide("甲局", "培训", "compress", "-3.33", "", leader_), "");
  EXPECT_EQ(results_->list(2026, clerk_).lines.size(), 1U);
  EXPECT_EQ(decide("甲局", "培训", "compress", "-3.33", "", leader_), "stale-revision 1");
  EXPECT_EQ(decide("甲局", "培训", "keep", "0", "明年必办", leader_, 1), "");
  said_[1].grade = "差";
  EXPECT_TRUE(results_->list(2026, clerk_).lines.at(0).outdated);
  // Overdue problems: sparing needs a reason even where the rule has it so.
  NewProblem problem;
  problem.unit = units_["甲局"];
  problem.year = 2026;
  problem.kind = "goal";
  problem.text = "问题";
  problem.action = "改";
  ASSERT_TRUE(problems_->raise(problem, officer_));
  now_ += 60 * 86'400;
  EXPECT_EQ(decide("甲局", "道路养护", "keep", "0", "", leader_), "why-missing why");
  EXPECT_EQ(decide("甲局", "道路养护", "prefer", "0", "整改已有安排", leader_), "");
  EXPECT_EQ(results_->list(2026, head_).decided.plain(), "0");
  EXPECT_TRUE(registry_->verify().ok);
}

TEST_P(UsingResults, UnitsAreRankedByTheirProjectsMoney) {
  const auto says = [&](const std::string& unit, const char* project, const char* amount, const char* total) {
    said_.push_back(
        {units_[unit], project, 2026, *Decimal::parse(amount), GradedProject::Source::self_evaluation, "s", *Decimal::parse(total), "良"});
  };
  says("甲局", "一", "300", "90");
  says("甲局", "二", "100", "70");
  says("乙局", "三", "0", "80");
  says("乙局", "四", "0", "90");
  says("渌口区财政局", "五", "10", "85");
  const auto ranked = results_->ranking(2026, head_);
  ASSERT_EQ(ranked.size(), 3U);
  EXPECT_EQ(ranked[0].points.text(), "85.00") << "(300×90 + 100×70) ÷ 400";
  EXPECT_EQ(ranked[1].points.text(), "85.00") << "no money: the plain mean";
  EXPECT_EQ(ranked[0].rank, 1);
  EXPECT_EQ(ranked[2].rank, 1) << "the same points, the same rank";
  ASSERT_EQ(results_->ranking(2026, clerk_).size(), 1U);
  EXPECT_EQ(results_->ranking(2026, clerk_)[0].rank, 1);
}

TEST_P(UsingResults, AbsurdAmountsStopNobody) {
  const std::string nines(36, '9');
  const std::string id = plan();
  NewEvaluation wanted;
  wanted.unit = units_["甲局"];
  wanted.year = 2026;
  wanted.project = "桥梁";
  for (const std::string& amount : {nines, std::string("-1"), std::string("x")}) {
    wanted.amount = amount;
    EXPECT_EQ(evaluations_->plan(wanted, officer_).error().context.at(0), "amount") << amount;
  }
  EXPECT_EQ(act(id, sheet(id, nines), officer_), "invalid-evaluation points");
  EvaluationDeed deed;
  deed.action = EvaluationAction::criteria;
  for (const std::string& points : {nines, std::string("100.01"), std::string("0"), std::string("1.234")}) {
    deed.criteria = {{"产出", "产出", "产出", *Decimal::parse(points)}, {"效益", "效益", "效益", *Decimal::parse(points)}};
    EXPECT_EQ(act(id, deed, officer_), "invalid-evaluation criteria") << points;
  }
  // What a unit filed is not the bureau's to refuse any more.
  file("甲局", "隧道", nines);
  concluded("隧道", "9");
  const auto says = [&](const char* project, const std::string& amount) {
    said_.push_back({units_["乙局"], project, 2026, *Decimal::parse(amount), GradedProject::Source::self_evaluation, "s",
                     *Decimal::parse("55.55"), "差"});
  };
  says("一", nines);
  says("二", "-100");
  says("三", "100.000000000000000001");
  says("四", "999999999999999");
  says("五", "50");
  const ResultPage page = results_->list(2026, head_);
  ASSERT_EQ(page.lines.size(), 6U);
  EXPECT_EQ(page.amount.plain(), "1000000000000149");
  EXPECT_EQ(page.suggested.plain(), "-1000000000000149");
  EXPECT_EQ(results_->ranking(2026, head_).size(), 2U);
  for (const std::string& effect : {"-" + nines, nines, std::string("-0.0000001")})
    EXPECT_EQ(results_->decide(2026, {units_["乙局"], "五", 0, policy::ResultRule::Measure::compress, effect, "压"}, leader_)
                  .error()
                  .context.at(0),
              "effect");
}

TEST_P(UsingResults, AWholeCancellationIsAsFineAsItsAmount) {
  said_.push_back(
      {units_["乙局"], "桥梁", 2026, *Decimal::parse("50.1234"), GradedProject::Source::self_evaluation, "s", Decimal(50), "差"});
  const ResultPage page = results_->list(2026, head_);
  EXPECT_EQ(page.lines.at(0).suggested.plain(), "-50.1234");
  const auto decided = results_->decide(
      2026, {units_["乙局"], "桥梁", 0, policy::ResultRule::Measure::cancel, page.lines[0].suggested.plain(), ""}, leader_);
  EXPECT_TRUE(decided) << decided.error().message;
}

JIHENG_ON_EACH_ENGINE(UsingResults);

}  // namespace
}  // namespace jiheng::desks
