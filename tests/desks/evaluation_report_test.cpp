// The report of an evaluation: the outline, and where every number and every word of it comes from.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "desks/evaluation/evaluation_report.h"
#include "desks/performance/actuals.h"
#include "evaluating.h"
#include "support/sourced_docx.h"
#include "writing/official/document.h"

namespace jiheng::desks {
namespace {

struct EvaluationReports : Evaluating {};

TEST_P(EvaluationReports, TheReportHoldsTheOutlineItsFiguresAndWhatWasRaised) {
  file("甲局", "道路养护", "120");
  const std::string id = plan();
  EXPECT_EQ(open(id).evaluation.amount, "120") << "what was filed, not what was typed";
  EXPECT_EQ(act(id, EvaluationAction::figures, officer_), "");
  const auto figures = open(id).evaluation.figures;
  ASSERT_FALSE(figures.empty());
  for (const SourcedFigure& each : figures) EXPECT_NE(each.source, "") << each.label;
  EvaluationDeed raising;
  raising.action = EvaluationAction::raise;
  NewProblem problem;
  problem.kind = "performance";
  problem.text = "养护里程没有完成";
  problem.action = "补做";
  raising.problem = problem;
  EXPECT_EQ(act(id, raising, officer_), "");
  raising.problem->kind = "nonsense";
  EXPECT_EQ(act(id, raising, officer_), "invalid-problem kind");
  const auto raised = problems_->list({}, head_);
  ASSERT_EQ(raised.total, 1);
  EXPECT_EQ(raised.items[0].source, ProblemSource::evaluation);
  EXPECT_EQ(act(id, sheet(id, "9"), officer_), "");
  EXPECT_EQ(act(id, sheet(id, "8"), second_), "");
  EvaluationDeed writing;
  writing.action = EvaluationAction::write;
  writing.section = 6;
  EXPECT_EQ(act(id, writing, officer_), "invalid-evaluation section");
  writing.section = 0;
  writing.text = "养护县道30公里。";
  EXPECT_EQ(act(id, writing, officer_), "");
  EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "");
  const auto report = evaluation_report(*registry_, *evaluations_, *problems_, id, head_);
  ASSERT_TRUE(report) << report.error().message;
  std::string text = report->document.title;
  for (const auto& block : report->document.blocks) {
    text += "\n" + block.text + block.title;
    for (const auto& row : block.rows) {
      for (const auto& cell : row) text += " " + cell;
    }
  }
  for (const char* wanted : {"一、基本情况", "二、评价工作开展情况", "三、综合评价情况及结论", "四、指标分析", "五、主要经验及做法",
                             "六、有关建议", "七、其他需要说明的问题", "98.5", "养护县道30公里。", "养护里程没有完成", "满意度没有达到",
                             "决策", "过程", "产出", "效益", "数据来源"})
    EXPECT_NE(text.find(wanted), std::string::npos) << wanted << "\n" << text;
}

TEST_P(EvaluationReports, AMeasureThatNobodyConfirmedIsNoSource) {
  const std::string text = replace_all(form("甲局"), "通行村数\t≥\t3\t个", "线上解决问题次数\t≥\t3\t次");
  const auto imported = import_file(*registry_, {"甲局.txt", text, std::nullopt}, read, local);
  ASSERT_TRUE(submissions_->act(imported.submission, 1, Action::submit, {}, local));
  const auto has_actual = [&](const std::string& id) {
    EXPECT_EQ(act(id, EvaluationAction::figures, officer_), "");
    const auto figures = open(id).evaluation.figures;
    return std::any_of(figures.begin(), figures.end(),
                       [](const SourcedFigure& each) { return each.label == "线上解决问题次数（完成值）"; });
  };
  const std::string id = plan();
  EXPECT_FALSE(has_actual(id)) << "its name is alike, no more";
  ASSERT_GT(confirm_suggestions(*submissions_, *ledgers_, imported.submission, local).value(), 0);
  EXPECT_TRUE(has_actual(id));
}

TEST_P(EvaluationReports, EveryNumberOfTheReportHasItsSourceOrTheNameOfWhoWroteIt) {
  file("甲局", "道路养护2期", "120");
  const auto proved_by = [&](const std::string& id, const access::Principal& who) {
    const auto report = evaluation_report(*registry_, *evaluations_, *problems_, id, who);
    if (!report) return test::SourcedDocx{{report.error().message}, {}, {}, 0, 0, {}};
    EXPECT_TRUE(writing::official_pdf(report->document, "", report->day).ok());
    return test::check_sources(writing::official_docx(report->document, report->day).value());
  };
  const auto sound = [&](const std::string& id, const access::Principal& who, const char* when) {
    const auto proved = proved_by(id, who);
    for (const std::string& fault : proved.faults) ADD_FAILURE() << when << ": " << fault;
    return proved;
  };
  for (const auto form : {EvaluationForm::key, EvaluationForm::ex_ante}) {
    const std::string id = plan("道路养护2期", form);
    sound(id, head_, "nothing is scored yet");
    EvaluationDeed deed;
    deed.action = EvaluationAction::write;
    deed.section = 0;
    deed.text = "养护县道30公里。\n通行3个村。";
    EXPECT_EQ(act(id, deed, officer_), "");
    deed.text = "养护县道31公里。\n通行3个村。";
    EXPECT_EQ(act(id, deed, second_), "");
    deed.section = 5;
    deed.text = "无。";
    EXPECT_EQ(act(id, deed, officer_), "");
    ASSERT_TRUE(evaluations_->bring(id, open(id).evaluation.revision, "照片", "现场3.jpg", officer_));
    deed = {};
    deed.action = EvaluationAction::note;
    deed.text = "现场核对28公里\n缺2公里";
    deed.criterion = 0;
    deed.evidence = {1};
    EXPECT_EQ(act(id, deed, officer_), "");
    EXPECT_EQ(act(id, EvaluationAction::figures, officer_), "");
    deed = {};
    deed.action = EvaluationAction::raise;
    deed.problem.emplace();
    deed.problem->kind = "performance";
    deed.problem->text = "缺2公里";
    deed.problem->action = "补做2公里";
    EXPECT_EQ(act(id, deed, officer_), "");
    EvaluationDeed points = sheet(id, "5");
    points.reasons.back() = "满意度88%，差2个百分点";
    EXPECT_EQ(act(id, points, officer_), "");
    points.points.back() = "6.5";
    EXPECT_EQ(act(id, points, second_), "");
    sound(id, head_, "a draft");
    EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "");
    const auto proved = sound(id, head_, "concluded");
    EXPECT_EQ(proved.figures.at("total"), open(id).scored.total.plain());
    EXPECT_EQ(proved.sources.at("total"), open(id).scored.total.plain());
    const std::string last = "c" + std::to_string(open(id).evaluation.criteria.size());
    EXPECT_EQ(proved.sources.at(last + ".s1"), "5");
    EXPECT_EQ(proved.sources.at(last + ".s2"), "6.5");
    EXPECT_EQ(proved.figures.at(last + ".mean"), "5.75");
    EXPECT_EQ(proved.sources.at("f1"), "120") << "out of the filed table";
    EXPECT_NE(proved.text.find("满意度88%，差2个百分点（officer、second）"), std::string::npos) << proved.text;
    EXPECT_NE(proved.text.find("文字部分的撰写人：项目概况（second）、其他需要说明的问题（officer）。"), std::string::npos) << proved.text;
    const auto told = sound(id, clerk_, "as the unit is given it");
    for (const char* name : {"officer", "second", "head"}) EXPECT_EQ(told.text.find(name), std::string::npos) << name;
    EXPECT_EQ(told.sources.at(last + ".s1"), "5");
  }
}

JIHENG_ON_EACH_ENGINE(EvaluationReports);

}  // namespace
}  // namespace jiheng::desks
