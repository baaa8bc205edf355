// 重点评价, 事前绩效评估: scored by several, concluded by another, kept from who has to do with it.
#include <gtest/gtest.h>

#include <filesystem>

#include "evaluating.h"

namespace jiheng::desks {
namespace {

TEST_P(Evaluating, SeveralScoreAndAnotherConcludes) {
  const std::string id = plan();
  EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "scores-missing 2");
  EXPECT_EQ(act(id, sheet(id, "11"), officer_), "invalid-evaluation points") << "10 is the most";
  EXPECT_EQ(act(id, sheet(id, "-1"), officer_), "invalid-evaluation points");
  EXPECT_EQ(act(id, sheet(id, "1.234"), officer_), "invalid-evaluation points");
  EvaluationDeed silent = sheet(id, "5");
  silent.reasons.clear();
  EXPECT_EQ(act(id, silent, officer_), "invalid-evaluation reasons");
  EvaluationDeed part = sheet(id, "5");
  part.points.pop_back();
  EXPECT_EQ(act(id, part, officer_), "invalid-evaluation points");
  EXPECT_EQ(act(id, sheet(id, "5.5"), officer_), "");
  EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "scores-missing 1");
  EXPECT_EQ(act(id, sheet(id, "0"), second_), "");
  const EvaluationView both = open(id);
  EXPECT_EQ(both.scored.total.text(), "92.75");
  EXPECT_EQ(both.scored.means.back().text(), "2.75");
  EXPECT_EQ(both.scored.spread.plain(), "5.5");
  EXPECT_EQ(both.scored.results.text(), "52.75") << "60 points but for what was taken";
  EXPECT_EQ(act(id, EvaluationAction::conclude, officer_), "four-eyes") << "he scored";
  EXPECT_EQ(act(id, EvaluationAction::conclude, leader_), "forbidden");
  EXPECT_EQ(act(id, EvaluationAction::cancel, head_), "action-not-allowed") << "there are scores";
  EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "");
  EXPECT_EQ(open(id).evaluation.result->grade, "优");
  for (const auto action : {EvaluationAction::score, EvaluationAction::note, EvaluationAction::assign, EvaluationAction::write,
                            EvaluationAction::criteria, EvaluationAction::conclude, EvaluationAction::figures})
    EXPECT_EQ(act(id, action, officer_), "action-not-allowed concluded") << evaluation_action_code(action);
  ASSERT_EQ(evaluations_->graded(2026).size(), 1U);
  EXPECT_TRUE(evaluations_->graded(2025).empty());
  EXPECT_TRUE(registry_->verify().ok);
}

TEST_P(Evaluating, GradesAtTheirBoundaries) {
  // 90 criteria points but the last: 10 - what is taken.
  EXPECT_EQ(open(concluded("甲", "0")).evaluation.result->grade, "优") << "exactly 90";
  const std::string below = plan("乙");
  EXPECT_EQ(act(below, sheet(below, "0"), officer_), "");
  EvaluationDeed less = sheet(below, "0");
  less.points.front() = "2.98";
  less.reasons.front() = "依据不全";
  EXPECT_EQ(act(below, less, second_), "");
  EXPECT_EQ(act(below, EvaluationAction::conclude, head_), "");
  EXPECT_EQ(open(below).evaluation.result->total, "89.99");
  EXPECT_EQ(open(below).evaluation.result->grade, "良");
}

TEST_P(Evaluating, ALargeSpreadMustBeExplainedAndAnExplanationIsOfItsSpread) {
  const std::string id = plan();
  EXPECT_EQ(act(id, sheet(id, "10"), officer_), "");
  EvaluationDeed low = sheet(id, "0");
  low.points.front() = "2";
  low.reasons.front() = "依据不全";
  EXPECT_EQ(act(id, low, second_), "");
  EXPECT_TRUE(open(id).must_explain);
  EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "spread-unexplained 11");
  EXPECT_EQ(act(id, EvaluationAction::explain, head_, " "), "why-missing text");
  EXPECT_EQ(act(id, EvaluationAction::explain, head_, "对满意度样本看法不同，复核后取平均"), "");
  EXPECT_EQ(act(id, sheet(id, "0"), second_), "") << "scored anew, in place of the old sheet";
  EXPECT_EQ(open(id).evaluation.scores.size(), 2U);
  EXPECT_EQ(open(id).evaluation.spread_why, "");
  EXPECT_FALSE(open(id).must_explain) << "10 is not above 10";
  EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "");
}

TEST_P(Evaluating, CriteriaMayBeTheProjectsOwnButResultsHoldAtLeastSixty) {
  const std::string id = plan();
  EvaluationDeed deed;
  deed.action = EvaluationAction::criteria;
  const auto with = [&](std::initializer_list<std::pair<const char*, int>> levels) {
    deed.criteria.clear();
    for (const auto& [level, points] : levels) deed.criteria.push_back({level, level, level, Decimal(points)});
    return act(id, deed, officer_);
  };
  EXPECT_EQ(with({{"决策", 20}, {"过程", 21}, {"产出", 29}, {"效益", 30}}), "invalid-evaluation criteria") << "59";
  EXPECT_EQ(with({{"决策", 20}, {"过程", 20}, {"产出", 30}, {"效益", 31}}), "invalid-evaluation criteria") << "101 together";
  EXPECT_EQ(with({{"决策", 20}, {"过程", 20}, {"产出", 30}, {"效益", 30}, {"", 0}}), "invalid-evaluation criteria");
  EXPECT_EQ(with({}), "invalid-evaluation criteria");
  EXPECT_EQ(with({{"决策", 20}, {"过程", 20}, {"产出", 30}, {"效益", 30}}), "");
  EXPECT_EQ(act(id, sheet(id, "30"), officer_), "");
  EXPECT_EQ(with({{"决策", 10}, {"过程", 20}, {"产出", 40}, {"效益", 30}}), "action-not-allowed") << "there are scores";
}

TEST_P(Evaluating, ExAnteEndsInAConclusionAndTouchesNoMoney) {
  const std::string id = plan("新建项目", EvaluationForm::ex_ante);
  EXPECT_EQ(open(id).evaluation.criteria.size(), 5U);
  EXPECT_EQ(open(id).evaluation.criteria.front().level3, "立项必要性");
  EvaluationDeed first = sheet(id, "0");
  EXPECT_EQ(act(id, first, officer_), "");
  EXPECT_EQ(act(id, first, second_), "");
  EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "");
  EXPECT_EQ(open(id).evaluation.result->total, "80.00");
  EXPECT_EQ(open(id).evaluation.result->grade, "支持");
  EXPECT_TRUE(evaluations_->graded(2026).empty());
  EXPECT_EQ(plan("新建项目", EvaluationForm::key) != "", true) << "another form of the same project";
  NewEvaluation again;
  again.form = EvaluationForm::ex_ante;
  again.unit = units_["甲局"];
  again.year = 2026;
  again.project = "新建 项目";
  EXPECT_EQ(evaluations_->plan(again, officer_).error().code, "evaluation-exists");
}

TEST_P(Evaluating, WhoHasToDoWithItKeepsAway) {
  Evaluator expert;
  expert.name = "李教授";
  expert.employer = "甲 局";
  const auto employed = evaluations_->evaluators().put(expert, officer_);
  ASSERT_TRUE(employed) << employed.error().message;
  expert.name = "王会计师";
  expert.employer = "会计师事务所";
  expert.units = {units_["甲局"]};
  const auto served = evaluations_->evaluators().put(expert, officer_);
  expert.name = "赵高工";
  expert.units.clear();
  expert.projects = {"道路养护"};
  const auto involved = evaluations_->evaluators().put(expert, officer_);
  expert.name = "钱专家";
  expert.projects = {"桥梁维修"};
  const auto free = evaluations_->evaluators().put(expert, officer_);
  ASSERT_TRUE(free);
  expert.agency = true;
  expert.lead.clear();
  EXPECT_EQ(evaluations_->evaluators().put(expert, officer_).error().context.at(0), "lead") << "an agency's lead signs";
  EXPECT_EQ(evaluations_->evaluators().put(expert, clerk_).error().code, "forbidden");
  EXPECT_TRUE(evaluations_->evaluators().list(clerk_).empty());
  const std::string id = plan();
  EvaluationDeed deed;
  deed.action = EvaluationAction::assign;
  for (const auto& each : {employed, served, involved}) {
    deed.evaluators = {free->id, each->id};
    EXPECT_EQ(act(id, deed, officer_), "avoidance " + each->id) << each->name;
  }
  EXPECT_TRUE(open(id).evaluation.evaluators.empty());
  EXPECT_EQ(act(id, sheet(id, "9", free->id), officer_), "invalid-evaluation evaluator") << "not assigned";
  deed.evaluators = {free->id};
  EXPECT_EQ(act(id, deed, officer_), "");
  EXPECT_EQ(act(id, sheet(id, "9", free->id), officer_), "");
  deed.evaluators.clear();
  EXPECT_EQ(act(id, deed, officer_), "action-not-allowed") << "he has scored";
  const access::Principal both = access::Principal::person(
      "both", "both", "both", {{Role::unit_clerk, {false, {units_["甲局"]}}, {}, {}}, {Role::performance_officer, {true, {}}, {}, {}}});
  EXPECT_EQ(act(id, sheet(id, "9"), both), "avoidance") << "he is of the unit";
  EXPECT_EQ(act(id, sheet(id, "9"), second_), "");
  EXPECT_EQ(act(id, EvaluationAction::conclude, officer_), "four-eyes") << "he entered the expert's";
}

TEST_P(Evaluating, UnitsSeeWhatIsConcludedWithoutTheWorkingPapers) {
  const std::string id = plan();
  EXPECT_EQ(evaluations_->open(id, clerk_).error().code, "not-found");
  EXPECT_TRUE(evaluations_->list(0, clerk_).empty());
  ASSERT_TRUE(evaluations_->bring(id, open(id).evaluation.revision, "照片", "现场.jpg", officer_));
  EvaluationDeed deed;
  deed.action = EvaluationAction::note;
  deed.text = "现场核对养护里程";
  deed.criterion = 99;
  EXPECT_EQ(act(id, deed, officer_), "invalid-evaluation criterion");
  deed.criterion = 11;
  deed.evidence = {2};
  EXPECT_EQ(act(id, deed, officer_), "invalid-evaluation evidence");
  deed.evidence = {1};
  EXPECT_EQ(act(id, deed, officer_), "");
  EXPECT_EQ(act(id, sheet(id, "9"), officer_), "");
  EXPECT_EQ(act(id, sheet(id, "8"), second_), "");
  EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "");
  const auto seen = evaluations_->open(id, clerk_);
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->evaluation.notes.empty());
  EXPECT_TRUE(seen->evaluation.evidence.empty());
  EXPECT_EQ(seen->evaluation.scores.at(0).name, "");
  EXPECT_TRUE(seen->actions.empty());
  EXPECT_EQ(evaluations_->file(id, 1, clerk_).error().code, "not-found");
  EXPECT_EQ(evaluations_->file(id, 1, head_)->bytes, "照片");
  EXPECT_EQ(evaluations_->open(id, person("x", Role::unit_clerk, {false, {units_["乙局"]}})).error().code, "not-found");
}

TEST_P(Evaluating, WhoStandsInForSomebodyScoresAndSignsForHim) {
  const access::Principal deputy = standing_in("deputy", "officer", Role::performance_officer);
  const access::Principal acting_head = standing_in("deputy-head", "head", Role::performance_head);
  const std::string id = plan();
  EXPECT_EQ(act(id, sheet(id, "9"), deputy), "");
  ASSERT_EQ(open(id).evaluation.scores.size(), 1U);
  EXPECT_EQ(open(id).evaluation.scores[0].by.for_account, "officer");
  EXPECT_EQ(open(id).evaluation.scores[0].name, "deputy（代officer）");
  EXPECT_EQ(registry_->latest(evaluation_kind, id)->by, "deputy（代officer）");
  EXPECT_EQ(act(id, sheet(id, "9"), officer_), "four-eyes") << "one post, one sheet";
  EXPECT_EQ(act(id, sheet(id, "9"), person("deputy", Role::performance_officer, {true, {}})), "four-eyes") << "nor he in his own name";
  EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "scores-missing 1");
  EXPECT_EQ(act(id, sheet(id, "8"), deputy), "") << "in place of his own";
  EXPECT_EQ(open(id).evaluation.scores.size(), 1U);
  EXPECT_EQ(act(id, sheet(id, "9"), second_), "");
  EXPECT_EQ(act(id, sheet(id, "9"), standing_in("deputy-two", "second", Role::performance_officer)), "four-eyes");
  EXPECT_EQ(act(id, EvaluationAction::conclude, officer_), "four-eyes") << "it was scored in his stead";
  EXPECT_EQ(act(id, EvaluationAction::conclude, standing_in("clean", "second", Role::performance_officer)), "four-eyes")
      << "whom he stands in for has scored";
  NewProblem problem;
  problem.kind = "performance";
  problem.text = "没有完成";
  problem.action = "补做";
  EvaluationDeed raising;
  raising.action = EvaluationAction::raise;
  raising.problem = problem;
  EXPECT_EQ(act(id, raising, acting_head), "");
  const auto raised = problems_->list({}, head_);
  ASSERT_EQ(raised.total, 1);
  const ProblemDeed withdrawing{ProblemAction::withdraw, "不算", {}, 0, {}};
  const auto withdrawn = problems_->act(raised.items[0].id, 1, withdrawing, head_);
  ASSERT_FALSE(withdrawn) << "it was raised in his stead";
  EXPECT_EQ(withdrawn.error().code, "four-eyes");
  EvaluationDeed note;
  note.text = "现场核对";
  EXPECT_EQ(act(id, note, deputy), "");
  EXPECT_EQ(open(id).evaluation.notes.at(0).by.for_account, "officer");
  ASSERT_TRUE(evaluations_->bring(id, open(id).evaluation.revision, "照片", "现场.jpg", deputy));
  EXPECT_EQ(open(id).evaluation.evidence.at(0).by.for_account, "officer");
  EXPECT_EQ(act(id, EvaluationAction::conclude, acting_head), "");
  EXPECT_EQ(open(id).evaluation.result->by.for_account, "head");
}

TEST_P(Evaluating, WhatIsRefusedLeavesNoFileBehind) {
  const std::string id = plan();
  EXPECT_EQ(evaluations_->bring(id, 7, "照片", "现场.jpg", officer_).error().code, "stale-revision");
  EXPECT_FALSE(std::filesystem::exists(folder_.file("data") + "/attachments"));
  EXPECT_TRUE(evaluations_->bring(id, 1, "照片", "现场.jpg", officer_));
  EXPECT_TRUE(std::filesystem::exists(folder_.file("data") + "/attachments"));
}

JIHENG_ON_EACH_ENGINE(Evaluating);

}  // namespace
}  // namespace jiheng::desks
