// 重点评价, 事前绩效评估, draws, 结果应用.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "access/units.h"
#include "base/hash.h"
#include "desks/desk.h"
#include "desks/evaluation/evaluation_report.h"
#include "desks/evaluation/evaluations.h"
#include "desks/evaluation/project_draw.h"
#include "desks/evaluation/project_draws.h"
#include "desks/people/people.h"
#include "desks/results/use_of_results.h"
#include "ledgers/import.h"
#include "ledgers/schema.h"
#include "support/sourced_docx.h"
#include "writing/official/document.h"

namespace jiheng::desks {
namespace {

using access::Role;

class Evaluating : public test::OnEachEngine {
 protected:
  void SetUp() override {
    OnEachEngine::SetUp();
    if (IsSkipped()) return;
    store_ = opened(url_);
    ASSERT_TRUE(ledgers::migrate_ledgers(*store_, ledgers::Catalogue::shipped()));
    registry_ = std::make_unique<registry::Registry>(*store_, folder_.file("data"), "local", [this] { return now_; });
    submissions_ = std::make_unique<Submissions>(*registry_);
    submissions_->prepare();
    ledgers_ = std::make_unique<ledgers::Ledgers>(*registry_, ledgers::Catalogue::shipped());
    problems_ = std::make_unique<Problems>(*registry_, *ledgers_);
    evaluations_ = std::make_unique<Evaluations>(*registry_, *submissions_, *ledgers_, *problems_);
    results_ = std::make_unique<UseOfResults>(
        *registry_, *problems_, [this](int year) { return evaluations_->graded(year); }, [this](int) { return said_; });
    draws_ = std::make_unique<ProjectDraws>(*registry_, [this](int year) { return results_->graded(year); });
    sessions_ = std::make_unique<access::Sessions>(*store_, registry_->tenant(), [this] { return now_; });
    people_ = std::make_unique<People>(*registry_, *sessions_);
    for (const auto& [code, name] : {std::pair{"430212", "渌口区财政局"}, {"201001", "甲局"}, {"202001", "乙局"}}) {
      access::Unit unit;
      unit.code = code;
      unit.name = name;
      const auto stored = people_->put_unit(unit, local);
      ASSERT_TRUE(stored) << stored.error().message;
      units_[name] = stored->id;
    }
    clerk_ = person("clerk", Role::unit_clerk, {false, {units_["甲局"]}});
  }
  static access::Principal person(const std::string& id, Role role, access::Reach reach) {
    return access::Principal::person(id, id, id, {{role, std::move(reach), {}, {}}});
  }
  static access::Principal standing_in(const std::string& id, const std::string& whom, Role role) {
    return access::Principal::person(id, id, id, {{role, {true, {}}, whom, whom}});
  }
  /// Filed, not a draft any more.
  void file(const std::string& unit, const std::string& project, const std::string& amount, const std::string& year = "2026") {
    std::string text = form(unit, project, amount);
    text.replace(0, 4, year);
    const auto imported = import_file(*registry_, {unit + project + year + ".txt", text, std::nullopt}, read, local);
    ASSERT_FALSE(imported.submission.empty());
    const auto opened = submissions_->open(imported.submission, local);
    if (opened->summary.state == State::draft) {
      ASSERT_TRUE(submissions_->act(imported.submission, opened->summary.revision, Action::submit, {}, local));
    }
  }
  std::string plan(const std::string& project = "道路养护", EvaluationForm form = EvaluationForm::key) {
    NewEvaluation made;
    made.form = form;
    made.unit = units_["甲局"];
    made.year = 2026;
    made.project = project;
    made.amount = "100";
    const auto planned = evaluations_->plan(made, officer_);
    EXPECT_TRUE(planned) << planned.error().message;
    return planned ? planned->evaluation.id : "";
  }
  EvaluationView open(const std::string& id) { return *evaluations_->open(id, head_); }
  std::string act(const std::string& id, const EvaluationDeed& deed, const access::Principal& who) {
    const auto done = evaluations_->act(id, open(id).evaluation.revision, deed, who);
    return done ? "" : done.error().code + (done.error().context.empty() ? "" : " " + done.error().context[0]);
  }
  std::string act(const std::string& id, EvaluationAction action, const access::Principal& who, const std::string& text = "同意") {
    EvaluationDeed deed;
    deed.action = action;
    deed.text = text;
    return act(id, deed, who);
  }
  /// Full points but for the last criterion.
  EvaluationDeed sheet(const std::string& id, const std::string& last, const std::string& evaluator = {}) {
    EvaluationDeed deed;
    deed.action = EvaluationAction::score;
    deed.evaluator = evaluator;
    for (const policy::Criterion& each : open(id).evaluation.criteria) {
      deed.points.push_back(each.points.plain());
      deed.reasons.emplace_back();
    }
    deed.points.back() = last;
    deed.reasons.back() = "满意度没有达到";
    return deed;
  }
  std::string concluded(const std::string& project, const std::string& last) {
    const std::string id = plan(project);
    EXPECT_EQ(act(id, sheet(id, last), officer_), "");
    EXPECT_EQ(act(id, sheet(id, last), second_), "");
    EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "");
    return id;
  }

  std::int64_t now_ = 1'772'413'200;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<registry::Registry> registry_;
  std::unique_ptr<Submissions> submissions_;
  std::unique_ptr<ledgers::Ledgers> ledgers_;
  std::unique_ptr<Problems> problems_;
  std::unique_ptr<Evaluations> evaluations_;
  std::unique_ptr<UseOfResults> results_;
  std::unique_ptr<ProjectDraws> draws_;
  std::unique_ptr<access::Sessions> sessions_;
  std::unique_ptr<People> people_;
  std::map<std::string, std::string> units_;
  std::vector<GradedProject> said_;
  access::Principal clerk_;
  const access::Principal officer_ = person("officer", Role::performance_officer, {true, {}});
  const access::Principal second_ = person("second", Role::performance_officer, {true, {}});
  const access::Principal head_ = person("head", Role::performance_head, {true, {}});
  const access::Principal leader_ = person("leader", Role::bureau_leader, {true, {}});
};

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

TEST_P(Evaluating, TheReportHoldsTheOutlineItsFiguresAndWhatWasRaised) {
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

TEST_P(Evaluating, EveryNumberOfTheReportHasItsSourceOrTheNameOfWhoWroteIt) {
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

TEST(ProjectDraw, IsWhatAnybodyFindsWithTheSameHashes) {
  const std::vector<std::string> lines{"201001 甲局 道路养护 120", "202001 乙局 桥梁 80", "203001 丙局 河道 50"};
  const std::string seed(64, 'a');
  EXPECT_EQ(list_hash_of(lines), sha256_hex(lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n"));
  EXPECT_EQ(ticket_of(seed, "06 12", list_hash_of(lines), lines[0]),
            sha256_hex(seed + "\n06 12\n" + list_hash_of(lines) + "\n" + lines[0]));
  const auto first = drawn_of(lines, 2, seed, "");
  EXPECT_EQ(first, drawn_of(lines, 2, seed, ""));
  EXPECT_EQ(drawn_of(lines, 9, seed, "").size(), 3U);
  // Uniform: each of ten is first in about a tenth of 4 000 draws (binomial, five deviations).
  std::vector<std::string> ten;
  for (int i = 0; i < 10; ++i) ten.push_back("line " + std::to_string(i));
  std::vector<int> counts(10);
  for (int i = 0; i < 4000; ++i) ++counts[drawn_of(ten, 1, std::to_string(i), "").front()];
  for (const int count : counts) EXPECT_NEAR(count, 400, 95);
}

TEST_P(Evaluating, ADrawIsSealedDrawnOnceAndSeenForEver) {
  file("甲局", "道路养护", "620", "2025");
  file("甲局", "道路养护", "620");
  file("乙局", "新办培训", "30");
  EXPECT_EQ(draws_->candidates(2026, clerk_).error().code, "forbidden");
  const auto candidates = draws_->candidates(2026, officer_);
  ASSERT_TRUE(candidates);
  ASSERT_EQ(candidates->size(), 2U);
  EXPECT_TRUE(candidates->at(0).large);
  EXPECT_FALSE(candidates->at(0).first_time) << "filed the year before, too";
  EXPECT_TRUE(candidates->at(1).first_time);
  ProjectDraws::Wanted wanted{2026, "2026年重点评价项目", 1, true, "2026年3月3日福彩双色球开奖号码", ""};
  EXPECT_EQ(draws_->seal(wanted, clerk_).error().code, "forbidden");
  wanted.count = 3;
  EXPECT_EQ(draws_->seal(wanted, officer_).error().context.at(0), "count");
  wanted.count = 1;
  const auto sealed = draws_->seal(wanted, officer_);
  ASSERT_TRUE(sealed) << sealed.error().message;
  EXPECT_EQ(sealed->list_hash, list_hash_of(sealed->lines));
  EXPECT_FALSE(draws_->open(sealed->id, head_)->is_drawn());
  EXPECT_EQ(draws_->open(sealed->id, head_)->seed, "") << "nobody is told before";
  EXPECT_EQ(draws_->open(sealed->id, clerk_).error().code, "not-found");
  EXPECT_EQ(draws_->draw(sealed->id, "", officer_).error().context.at(0), "beacon");
  file("乙局", "后来的", "900");
  const auto drawn = draws_->draw(sealed->id, "06 12 18 25 30 33 + 09", officer_);
  ASSERT_TRUE(drawn) << drawn.error().message;
  EXPECT_EQ(sha256_hex(drawn->seed), sealed->seed_hash);
  EXPECT_EQ(drawn->lines, sealed->lines) << "what was filed since is not in it";
  const auto again = drawn_of(drawn->lines, 1, drawn->seed, drawn->beacon);
  ASSERT_EQ(drawn->drawn.size(), 1U);
  EXPECT_EQ(static_cast<std::size_t>(drawn->drawn[0]), again[0]);
  EXPECT_EQ(draws_->draw(sealed->id, "01", officer_).error().code, "action-not-allowed");
  EXPECT_EQ(draws_->seal(wanted, officer_).error().code, "why-missing") << "a second draw says why";
  wanted.why = "原抽取项目已并入其他项目";
  wanted.beacon_source.clear();
  const auto second = draws_->seal(wanted, officer_);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->earlier, 1);
  EXPECT_EQ(draws_->draw(second->id, "12", officer_).error().code, "invalid-draw") << "none was agreed on";
  EXPECT_TRUE(draws_->draw(second->id, "", officer_));
  EXPECT_EQ(draws_->list(2026, head_).size(), 2U);
  int seeds = 0;
  store_->read()->query("SELECT COUNT(*) FROM draw_seeds", {}, [&](const store::Row& row) { seeds = row.small(0); });
  EXPECT_EQ(seeds, 0);
}

TEST_P(Evaluating, GradesAskWhatThePackHasAndTheLeaderDecides) {
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

TEST_P(Evaluating, UnitsAreRankedByTheirProjectsMoney) {
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

TEST_P(Evaluating, DrawsAndEvaluatorsNameForWhomTheyWereMade) {
  file("甲局", "道路养护", "620");
  const access::Principal deputy = standing_in("deputy", "officer", Role::performance_officer);
  const auto sealed = draws_->seal({2026, "重点评价", 1, true, "", ""}, deputy);
  ASSERT_TRUE(sealed) << sealed.error().message;
  EXPECT_EQ(sealed->sealed_by.for_account, "officer");
  EXPECT_EQ(registry_->latest(draw_kind, sealed->id)->by, "deputy（代officer）");
  const auto drawn = draws_->draw(sealed->id, "", deputy);
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->drawn_by->for_account, "officer");
  Evaluator expert;
  expert.name = "李教授";
  const auto kept = evaluations_->evaluators().put(expert, deputy);
  ASSERT_TRUE(kept);
  EXPECT_EQ(registry_->latest(evaluator_kind, kept->id)->by, "deputy（代officer）");
}

TEST_P(Evaluating, AbsurdAmountsStopNobody) {
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

TEST_P(Evaluating, AWholeCancellationIsAsFineAsItsAmount) {
  said_.push_back(
      {units_["乙局"], "桥梁", 2026, *Decimal::parse("50.1234"), GradedProject::Source::self_evaluation, "s", Decimal(50), "差"});
  const ResultPage page = results_->list(2026, head_);
  EXPECT_EQ(page.lines.at(0).suggested.plain(), "-50.1234");
  const auto decided = results_->decide(
      2026, {units_["乙局"], "桥梁", 0, policy::ResultRule::Measure::cancel, page.lines[0].suggested.plain(), ""}, leader_);
  EXPECT_TRUE(decided) << decided.error().message;
}

TEST_P(Evaluating, NamesADrawOnlyWhereItDrewTheProject) {
  file("甲局", "道路养护", "620");
  file("乙局", "道路养护", "620");
  const auto sealed = draws_->seal({2026, "重点评价", 1, true, "", ""}, officer_);
  ASSERT_TRUE(sealed);
  const auto planned = [&](const std::string& draw, const std::string& unit, int year = 2026) {
    NewEvaluation wanted;
    wanted.unit = unit;
    wanted.year = year;
    wanted.project = "道路 养护";
    wanted.draw = draw;
    const auto done = evaluations_->plan(wanted, officer_);
    return done ? std::string() : done.error().code + " " + done.error().context.at(0);
  };
  const std::string refused = "invalid-evaluation draw";
  EXPECT_EQ(planned(sealed->id, units_["甲局"]), refused) << "nothing is drawn yet";
  const auto drawn = draws_->draw(sealed->id, "", officer_);
  ASSERT_TRUE(drawn);
  const std::string chosen = drawn->pool.at(static_cast<std::size_t>(drawn->drawn.at(0))).unit;
  const std::string other = chosen == units_["甲局"] ? units_["乙局"] : units_["甲局"];
  EXPECT_EQ(planned(sealed->id, other), refused);
  EXPECT_EQ(planned(sealed->id, chosen, 2025), refused);
  EXPECT_EQ(planned("nothing", chosen), refused);
  EXPECT_EQ(planned(std::string(100'000, 'x'), chosen), refused);
  EXPECT_EQ(planned(sealed->id, chosen), "");
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
