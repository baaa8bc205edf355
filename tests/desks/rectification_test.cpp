// 问题整改: raised once, answered, checked, closed by another on something that changed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>

#include "access/units.h"
#include "desks/desk.h"
#include "desks/people/people.h"
#include "desks/rectification/problem_closing.h"
#include "desks/rectification/problem_steps.h"
#include "desks/rectification/problems.h"
#include "ledgers/import.h"
#include "ledgers/register.h"
#include "ledgers/schema.h"
#include "policy/pack.h"

namespace jiheng::desks {
namespace {

using access::Role;

constexpr std::int64_t monday = 1'772'413'200;  ///< 2026-03-02 09:00 in Shanghai
constexpr std::int64_t day = 86'400;

class Rectifying : public test::OnEachEngine {
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
    clerk_ = of_unit("clerk", "甲局");
    other_clerk_ = of_unit("other", "乙局");
  }

  static access::Principal person(const std::string& id, Role role, access::Reach reach) {
    return access::Principal::person(id, id, id, {{role, std::move(reach), {}, {}}});
  }
  access::Principal of_unit(const std::string& id, const std::string& unit) const {
    return person(id, Role::unit_clerk, {false, {units_.at(unit)}});
  }

  NewProblem found(const std::string& kind = "goal", const std::string& unit = "甲局") const {
    NewProblem problem;
    problem.source = ProblemSource::audit;
    problem.unit = units_.at(unit);
    problem.year = 2026;
    problem.kind = kind;
    problem.text = "指标值不能为负";
    problem.action = "改正指标值";
    return problem;
  }
  std::string raised(const NewProblem& problem) { return raised(problem, officer_); }
  std::string raised(const NewProblem& problem, const access::Principal& who) {
    const auto done = problems_->raise(problem, who);
    EXPECT_TRUE(done) << done.error().message;
    return done ? done->id : "";
  }
  /// By whoever finds it, within his own change.
  Raised raised_within(NewProblem problem, const access::Principal& who) {
    problem.raised_by = person_of(who, nullptr);
    auto change = registry_->begin({who.id(), {}});
    const auto done = problems_->raise(change, std::move(problem));
    EXPECT_TRUE(done) << done.error().message;
    change.commit();
    return done ? *done : Raised{};
  }
  /// "" or the code and what it is about.
  std::string refused(const NewProblem& problem, const access::Principal& who) {
    const auto done = problems_->raise(problem, who);
    return done ? "" : done.error().code + (done.error().context.empty() ? "" : " " + done.error().context[0]);
  }
  Problem open(const std::string& id) { return problems_->open(id, head_)->problem; }
  /// "" or the code and, of a closing that was refused, why.
  std::string act(const std::string& id, ProblemDeed deed, const access::Principal& who) {
    const auto done = problems_->act(id, open(id).revision, deed, who);
    if (done) return "";
    return done.error().code + (done.error().context.empty() ? "" : " " + done.error().context[0]);
  }
  std::string act(const std::string& id, ProblemAction action, const access::Principal& who, const std::string& text = "已改正") {
    return act(id, {action, text, {}, 0, {}}, who);
  }
  std::string close(const std::string& id, ClosingBasis basis, const access::Principal& who) {
    return act(id, {ProblemAction::close, "同意销号", {}, 0, std::move(basis)}, who);
  }
  static ClosingBasis document(int number) { return {ClosingBasis::Kind::document, "", {}, number}; }
  static ClosingBasis payment(std::vector<ClosingBasis::Named> records) {
    return {ClosingBasis::Kind::payment, "ledger.payment", std::move(records), 0};
  }
  static ClosingBasis submission(const std::string& id, int revision) {
    return {ClosingBasis::Kind::record, "submission", {{id, revision, "", "", ""}}, 0};
  }
  std::string bring(const std::string& id, const std::string& kind, const access::Principal& who, const std::string& bytes = "凭证") {
    const auto done = problems_->bring(id, open(id).revision, bytes, "材料.pdf", kind, who);
    return done ? "" : done.error().code;
  }
  /// Answered and found good.
  std::string ready(const NewProblem& problem) {
    const std::string id = raised(problem);
    EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "");
    EXPECT_EQ(act(id, ProblemAction::check, officer_), "");
    return id;
  }
  ImportedFile import(const std::string& unit, const std::string& kilometres = "30") {
    return import_file(*registry_, {unit + ".txt", form(unit, "道路养护", "120", kilometres), std::nullopt}, read, local);
  }
  void take(const std::string& type, const std::string& csv) {
    const auto taken = ledgers::import_table(*ledgers_, *ledgers_->catalogue().type(type), std::string(csv), {}, local);
    ASSERT_TRUE(taken) << taken.error().message;
  }
  std::string listed(const ProblemFilter& filter = {}) {
    std::string text;
    for (const ProblemLine& each : problems_->list(filter, head_).items)
      text += each.number + " " + std::string(problem_state_code(each.state)) + " " + each.due + " " + std::to_string(each.earlier) +
              (each.overdue ? " overdue" : "") + (each.checked ? " checked" : "") + (each.time_asked ? " asked" : "") + "\n";
    return text;
  }

  std::int64_t now_ = monday;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<registry::Registry> registry_;
  std::unique_ptr<Submissions> submissions_;
  std::unique_ptr<ledgers::Ledgers> ledgers_;
  std::unique_ptr<Problems> problems_;
  std::unique_ptr<access::Sessions> sessions_;
  std::unique_ptr<People> people_;
  std::map<std::string, std::string> units_;
  access::Principal clerk_;
  access::Principal other_clerk_;
  const access::Principal officer_ = person("officer", Role::performance_officer, {true, {}});
  const access::Principal head_ = person("head", Role::performance_head, {true, {}});
  const access::Principal leader_ = person("leader", Role::bureau_leader, {true, {}});
};

TEST_P(Rectifying, TheSameReferenceRaisesAProblemOnceUnlessThatWasWithdrawn) {
  NewProblem problem = found();
  problem.reference = {"submission", "s-1", 0, 3, "S4", "2026年绩效目标审核"};
  const Raised first = raised_within(problem, officer_);
  EXPECT_TRUE(first.fresh);
  const Raised again = raised_within(problem, head_);
  EXPECT_FALSE(again.fresh);
  EXPECT_EQ(again.id, first.id);
  problem.reference.indicator = 4;
  EXPECT_NE(raised_within(problem, officer_).id, first.id) << "another indicator";
  EXPECT_EQ(act(first.id, ProblemAction::withdraw, head_, "与上一条重复"), "");
  problem.reference.indicator = 3;
  const Raised anew = raised_within(problem, officer_);
  EXPECT_TRUE(anew.fresh);
  EXPECT_NE(anew.id, first.id);
  EXPECT_NE(raised(found()), raised(found())) << "what is raised by hand has no reference";
  EXPECT_EQ(problems_->list({}, head_).items.size(), 5U);
  EXPECT_EQ(open(anew.id).number, "2026-0003");
  EXPECT_EQ(refused(problem, officer_), "source-unknown") << "by hand nothing is raised from what is not there";
}

TEST_P(Rectifying, IsRaisedWithinTheFindersOwnChangeOrNotAtAll) {
  {
    auto change = registry_->begin({"officer", {}});
    ASSERT_TRUE(problems_->raise(change, found()));
  }
  EXPECT_EQ(problems_->list({}, head_).total, 0) << "what is not committed is not there";
  auto change = registry_->begin({"officer", {}});
  ASSERT_TRUE(problems_->raise(change, found()));
  ASSERT_TRUE(problems_->raise(change, found("execution")));
  change.commit();
  EXPECT_EQ(problems_->list({}, head_).total, 2);
  EXPECT_TRUE(registry_->verify().ok);
}

TEST_P(Rectifying, RefusesWhatIsNotValidAndNamesTheField) {
  const auto field = [&](NewProblem problem) {
    const auto done = problems_->raise(std::move(problem), officer_);
    return done ? std::string() : done.error().code + " " + done.error().context.at(0);
  };
  NewProblem problem = found();
  problem.text = "  ";
  EXPECT_EQ(field(problem), "invalid-problem text");
  problem = found();
  problem.action.clear();
  EXPECT_EQ(field(problem), "invalid-problem action");
  problem = found("nonsense");
  EXPECT_EQ(field(problem), "invalid-problem kind");
  problem = found();
  problem.unit = "nobody";
  EXPECT_EQ(field(problem), "invalid-problem unit");
  problem = found();
  problem.amount = "-1";
  EXPECT_EQ(field(problem), "invalid-problem amount");
  problem = found();
  problem.year = 1;
  EXPECT_EQ(field(problem), "invalid-problem year");
  problem = found();
  problem.work_days = 0;
  EXPECT_EQ(field(problem), "invalid-problem work_days");
  problem = found();
  problem.text = "\xC3\x28";
  EXPECT_EQ(field(problem), "invalid-problem text");
  EXPECT_EQ(problems_->raise(found(), clerk_).error().code, "forbidden");
}

TEST_P(Rectifying, GoesFromRaisedToClosedByThreePeople) {
  const std::string id = raised(found());
  EXPECT_EQ(open(id).due, "2026-03-23") << "15 work days after 2 March";
  EXPECT_EQ(act(id, ProblemAction::check, officer_), "action-not-allowed open");
  EXPECT_EQ(act(id, ProblemAction::reply, officer_), "forbidden");
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_, " "), "why-missing text");
  EXPECT_EQ(bring(id, "会计凭证", clerk_), "");
  EXPECT_EQ(act(id, {ProblemAction::reply, "已改正", {7}, 0, {}}, clerk_), "invalid-problem evidence");
  EXPECT_EQ(act(id, {ProblemAction::reply, "已改正", {1}, 0, {}}, clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "action-not-allowed replied");
  EXPECT_EQ(bring(id, "", clerk_), "action-not-allowed") << "it lies with the bureau";
  EXPECT_EQ(close(id, document(1), head_), "action-not-allowed") << "nobody has checked it";
  EXPECT_EQ(act(id, ProblemAction::check, clerk_), "forbidden");
  EXPECT_EQ(act(id, ProblemAction::check, officer_, "凭证与账一致"), "");
  EXPECT_EQ(act(id, ProblemAction::check, officer_), "action-not-allowed");
  EXPECT_EQ(close(id, document(1), officer_), "forbidden");
  EXPECT_EQ(close(id, document(1), head_), "");
  const Problem closed = open(id);
  EXPECT_EQ(closed.state, ProblemState::closed);
  EXPECT_EQ(closed.closing->by.name, "head");
  EXPECT_EQ(bring(id, "", officer_), "action-not-allowed");
  for (const auto action : {ProblemAction::reply, ProblemAction::check, ProblemAction::refuse, ProblemAction::close,
                            ProblemAction::withdraw, ProblemAction::ask_time, ProblemAction::grant_time}) {
    EXPECT_NE(act(id, action, action == ProblemAction::reply || action == ProblemAction::ask_time ? clerk_ : head_), "")
        << problem_action_code(action);
  }
  EXPECT_EQ(act(id, ProblemAction::reopen, head_, "又发现同样的差错"), "");
  EXPECT_EQ(open(id).state, ProblemState::returned);
  EXPECT_FALSE(open(id).closing);
  EXPECT_TRUE(registry_->verify().ok);
}

TEST_P(Rectifying, NobodyClosesWhatHeRaisedOrAnswered) {
  const std::string id = raised(found(), head_);
  EXPECT_EQ(bring(id, "会计凭证", clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::check, officer_), "");
  EXPECT_EQ(close(id, document(1), head_), "four-eyes") << "he raised it";
  const access::Principal stands_in =
      access::Principal::person("deputy", "deputy", "deputy", {{Role::performance_head, {true, {}}, "head", "head"}});
  EXPECT_EQ(close(id, document(1), stands_in), "four-eyes") << "and so did whom he stands in for";
  EXPECT_EQ(act(id, ProblemAction::withdraw, head_, "不算"), "four-eyes");
  // Somebody who is of the unit and of the bureau.
  const access::Principal both = access::Principal::person(
      "both", "both", "both", {{Role::unit_clerk, {false, {units_["甲局"]}}, {}, {}}, {Role::performance_head, {true, {}}, {}, {}}});
  const std::string own = raised(found());
  EXPECT_EQ(act(own, ProblemAction::reply, both), "");
  EXPECT_EQ(act(own, ProblemAction::check, both), "four-eyes");
  EXPECT_EQ(act(own, ProblemAction::refuse, both), "four-eyes");
  EXPECT_EQ(act(own, ProblemAction::check, officer_), "");
  EXPECT_EQ(bring(own, "会计凭证", officer_), "");
  EXPECT_EQ(close(own, document(1), both), "four-eyes") << "he answered it";
  EXPECT_EQ(close(own, document(1), leader_), "");
  EXPECT_EQ(close(id, document(1), leader_), "");
}

TEST_P(Rectifying, ARefusedReplyGoesBackWithSomeDaysAndIsAnsweredAgain) {
  const std::string id = raised(found());
  now_ += 20 * day;  // 22 March; due on the 23rd
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_, "马上改"), "");
  EXPECT_EQ(act(id, ProblemAction::refuse, officer_, ""), "why-missing text");
  EXPECT_EQ(act(id, ProblemAction::refuse, officer_, "没有改"), "");
  const Problem again = open(id);
  EXPECT_EQ(again.state, ProblemState::returned);
  EXPECT_EQ(again.first_due, "2026-03-23");
  EXPECT_EQ(again.due, "2026-04-03") << "10 work days after Sunday 22 March";
  EXPECT_EQ(again.replies.at(0).passed, false);
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_, "改了"), "");
  EXPECT_EQ(open(id).replies.size(), 2U);
}

TEST_P(Rectifying, MoreTimeIsTheBureausToGiveAndTheFirstDateStays) {
  const std::string id = raised(found());
  const auto ask = [&](int days, const access::Principal& who) {
    return act(id, {ProblemAction::ask_time, "正在采购", {}, days, {}}, who);
  };
  EXPECT_EQ(ask(31, clerk_), "invalid-problem work_days") << "the pack allows 30";
  EXPECT_EQ(ask(10, officer_), "forbidden");
  EXPECT_EQ(act(id, ProblemAction::grant_time, head_), "action-not-allowed");
  EXPECT_EQ(ask(10, clerk_), "");
  EXPECT_EQ(ask(10, clerk_), "action-not-allowed");
  EXPECT_EQ(act(id, ProblemAction::grant_time, clerk_), "forbidden");
  EXPECT_EQ(act(id, ProblemAction::grant_time, officer_), "forbidden");
  EXPECT_EQ(act(id, ProblemAction::deny_time, head_, ""), "why-missing text");
  EXPECT_EQ(act(id, ProblemAction::deny_time, head_, "时间够"), "");
  EXPECT_EQ(open(id).due, "2026-03-23");
  EXPECT_EQ(ask(10, clerk_), "") << "what was denied does not count";
  EXPECT_EQ(act(id, ProblemAction::grant_time, head_), "");
  const Problem longer = open(id);
  EXPECT_EQ(longer.first_due, "2026-03-23");
  EXPECT_EQ(longer.due, "2026-04-07") << "10 work days more, with 清明 between";
  EXPECT_EQ(deadline_of(longer)->due.text(), longer.due);
  EXPECT_EQ(deadline_of(longer)->request.extension_why, "正在采购");
  EXPECT_EQ(ask(5, clerk_), "action-not-allowed") << "once by the pack";
  now_ += 60 * day;
  const std::string late = raised(found());
  now_ += 60 * day;
  EXPECT_EQ(act(late, {ProblemAction::ask_time, "忘了", {}, 5, {}}, clerk_), "action-not-allowed") << "it is over";
  EXPECT_EQ(act(late, ProblemAction::reply, clerk_), "");
  EXPECT_TRUE(open(late).replies.back().late);
}

TEST_P(Rectifying, NobodyClosesWhatHeCheckedNorOnWhatHeBrought) {
  const auto standing_in = [](const std::string& id, const std::string& whom) {
    return access::Principal::person(id, id, id, {{Role::performance_head, {true, {}}, whom, whom}});
  };
  const std::string checked = raised(found());
  EXPECT_EQ(bring(checked, "会计凭证", clerk_), "");
  EXPECT_EQ(act(checked, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(act(checked, ProblemAction::refuse, leader_, "没有改"), "");
  EXPECT_EQ(act(checked, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(act(checked, ProblemAction::check, standing_in("deputy", "head")), "");
  EXPECT_EQ(close(checked, document(1), head_), "four-eyes") << "it was checked in his stead";
  EXPECT_EQ(close(checked, document(1), person("deputy", Role::performance_head, {true, {}})), "four-eyes") << "by him";
  EXPECT_EQ(close(checked, document(1), standing_in("other", "deputy")), "four-eyes") << "nor in the checker's stead";
  const auto actions = problems_->open(checked, head_)->actions;
  EXPECT_EQ(std::count(actions.begin(), actions.end(), ProblemAction::close), 0);
  EXPECT_EQ(close(checked, document(1), leader_), "") << "who refused an earlier reply";

  const std::string brought = ready(found());
  EXPECT_EQ(bring(brought, "会计凭证", head_), "");
  EXPECT_EQ(bring(brought, "会计凭证", standing_in("deputy", "leader")), "");
  EXPECT_EQ(close(brought, document(1), head_), "four-eyes") << "he brought it";
  EXPECT_EQ(close(brought, document(1), standing_in("deputy", "head")), "four-eyes") << "for whom he stands in brought it";
  EXPECT_EQ(close(brought, document(2), leader_), "four-eyes") << "it was brought in his stead";
  EXPECT_EQ(close(brought, document(2), head_), "");
}

TEST_P(Rectifying, ADocumentClosesOnce) {
  const std::string id = ready(found());
  EXPECT_EQ(bring(id, "会计凭证", officer_), "");
  EXPECT_EQ(close(id, document(1), head_), "");
  EXPECT_EQ(act(id, ProblemAction::reopen, head_, "又错了"), "");
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::check, officer_), "");
  EXPECT_EQ(close(id, document(1), head_), "closing-refused document-older");
  EXPECT_EQ(bring(id, "会计凭证", officer_), "");
  EXPECT_EQ(close(id, document(2), head_), "") << "brought since";
}

TEST_P(Rectifying, TheDeadlineReckonedDayByDayIsTheProblemsOwn) {
  const std::string id = raised(found());
  const auto told = [&](const char* due, const char* start) {
    const auto view = problems_->open(id, head_);
    EXPECT_EQ(view->problem.due, due);
    EXPECT_EQ(view->deadline.due.text(), due);
    EXPECT_EQ(view->deadline.request.start.text(), start);
  };
  const auto more = [&](int days) {
    EXPECT_EQ(act(id, {ProblemAction::ask_time, "正在采购", {}, days, {}}, clerk_), "");
    EXPECT_EQ(act(id, ProblemAction::grant_time, head_), "");
  };
  told("2026-03-23", "2026-03-02");
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::refuse, officer_, "没有改"), "");
  told("2026-03-23", "2026-03-02");  // more was left than a reply sent back is given
  now_ += 20 * day;
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::refuse, officer_, "没有改"), "");
  told("2026-04-03", "2026-03-22");
  more(10);
  told("2026-04-20", "2026-03-22");
  now_ += 20 * day;
  EXPECT_EQ(bring(id, "会计凭证", clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::check, officer_), "");
  EXPECT_EQ(close(id, document(1), head_), "");
  now_ += 30 * day;
  EXPECT_EQ(act(id, ProblemAction::reopen, head_, "又错了"), "");
  EXPECT_EQ(problems_->open(id, head_)->deadline.due.text(), open(id).due);
  EXPECT_EQ(problems_->open(id, head_)->deadline.request.start.text(), "2026-05-11");
}

TEST_P(Rectifying, WhatIsRefusedLeavesNoFileBehind) {
  const std::string id = raised(found());
  const auto kept = [&] {
    int files = 0;
    const std::string folder = folder_.file("data") + "/attachments";
    if (!std::filesystem::exists(folder)) return 0;
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) files += each.is_regular_file() ? 1 : 0;
    return files;
  };
  EXPECT_EQ(problems_->bring(id, 7, "凭证", "材料.pdf", "", clerk_).error().code, "stale-revision");
  EXPECT_EQ(kept(), 0);
  EXPECT_EQ(bring(id, "", clerk_), "");
  EXPECT_EQ(kept(), 1);
}

TEST_P(Rectifying, AStatementAloneClosesNothing) {
  const std::string id = ready(found());
  EXPECT_EQ(act(id, ProblemAction::close, head_, "已经整改到位"), "invalid-problem basis");
  EXPECT_EQ(close(id, document(1), head_), "closing-refused record-unknown");
  EXPECT_EQ(bring(id, "情况说明", officer_), "invalid-problem");
  EXPECT_EQ(bring(id, "", officer_), "");
  EXPECT_EQ(close(id, document(1), head_), "closing-refused document-kind") << "a file of no listed kind";
  EXPECT_EQ(close(id, {ClosingBasis::Kind::record, "submission", {}, 0}, head_), "closing-refused record-unknown");
  EXPECT_EQ(close(id, {ClosingBasis::Kind::record, "account", {{"head", 1, "", "", ""}}, 0}, head_), "closing-refused record-unknown");
  EXPECT_EQ(close(id, {ClosingBasis::Kind::record, "ledger.unit", {{"201001", 1, "", "", ""}}, 0}, head_),
            "closing-refused record-unknown");
  EXPECT_EQ(bring(id, "验收资料", officer_), "");
  EXPECT_EQ(close(id, document(2), head_), "");
}

TEST_P(Rectifying, AChangedSubmissionClosesWhereItsContentChangedSince) {
  const std::string theirs = import("乙局").submission;
  const std::string ours = import("甲局").submission;
  const std::string id = ready(found());
  const auto revision = [&](const std::string& each) { return submissions_->open(each, local)->summary.revision; };
  EXPECT_EQ(close(id, submission("nothing", 1), head_), "closing-refused record-unknown");
  EXPECT_EQ(close(id, submission(theirs, revision(theirs)), head_), "closing-refused other-unit");
  EXPECT_EQ(close(id, submission(ours, revision(ours)), head_), "closing-refused record-older");
  ASSERT_TRUE(submissions_->act(ours, revision(ours), Action::submit, {}, local));
  EXPECT_EQ(close(id, submission(ours, revision(ours)), head_), "closing-refused record-unchanged") << "submitted, not mended";
  ASSERT_TRUE(submissions_->act(ours, revision(ours), Action::send_back, "请改", local));
  auto tables = tables_of(*submissions_->open(ours, local));
  tables[0].amount = "99";
  ASSERT_TRUE(submissions_->edit(ours, revision(ours), tables, local));
  EXPECT_EQ(close(id, submission(ours, revision(ours) - 1), head_), "stale-revision " + std::to_string(revision(ours)))
      << "it moved on since he looked";
  EXPECT_EQ(close(id, submission(ours, revision(ours)), head_), "");
  EXPECT_EQ(open(id).closing->basis.records.at(0).label, "甲局2026年绩效目标");
  // Reopened: what closed it once does not close it again.
  EXPECT_EQ(act(id, ProblemAction::reopen, head_, "又错了"), "");
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::check, officer_), "");
  EXPECT_EQ(close(id, submission(ours, revision(ours)), head_), "closing-refused record-older");
}

TEST_P(Rectifying, ASubmissionOfAnotherYearClosesNothing) {
  const std::string ours = import("甲局").submission;
  std::string last_year = form("甲局");
  last_year.replace(0, 4, "2025");
  const std::string earlier = import_file(*registry_, {"上年.txt", last_year, std::nullopt}, read, local).submission;
  ASSERT_NE(ours, earlier);
  const std::string id = ready(found());
  const auto mend = [&](const std::string& submission_id) {
    auto tables = tables_of(*submissions_->open(submission_id, local));
    tables[0].amount = "99";
    ASSERT_TRUE(submissions_->edit(submission_id, submissions_->open(submission_id, local)->summary.revision, tables, local));
  };
  mend(earlier);
  EXPECT_EQ(close(id, submission(earlier, 2), head_), "closing-refused other-year") << "it is of 2025, the problem of 2026";
  mend(ours);
  EXPECT_EQ(close(id, submission(ours, 2), head_), "");
}

TEST_P(Rectifying, WhatWasFoundInOneTableIsClosedOnThatTableAlone) {
  const std::string ours = import("甲局").submission;
  const auto edit = [&](const std::function<void(std::vector<GoalTable>&)>& change) {
    const auto now = submissions_->open(ours, local);
    auto tables = tables_of(*now);
    change(tables);
    const auto done = submissions_->edit(ours, now->summary.revision, tables, local);
    ASSERT_TRUE(done) << done.error().message;
  };
  const auto revision = [&] { return submissions_->open(ours, local)->summary.revision; };
  edit([](std::vector<GoalTable>& tables) {
    tables.push_back(tables[0]);
    tables[1].project_name = "桥梁养护";
  });
  NewProblem problem = found();
  problem.reference = {"submission", ours, 0, 0, "target-unclear", "2026年绩效目标审核：“道路养护”"};
  const std::string id = raised_within(problem, officer_).id;
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::check, officer_), "");
  edit([](std::vector<GoalTable>& tables) { tables[1].amount = "7"; });
  EXPECT_EQ(close(id, submission(ours, revision()), head_), "closing-refused record-unchanged") << "the other project was changed";
  edit([](std::vector<GoalTable>& tables) { std::swap(tables[0], tables[1]); });
  EXPECT_EQ(close(id, submission(ours, revision()), head_), "closing-refused record-unchanged") << "its place alone";
  edit([](std::vector<GoalTable>& tables) { tables[1].indicators[0].value = "31"; });
  EXPECT_EQ(close(id, submission(ours, revision()), head_), "");
}

TEST_P(Rectifying, ALedgersRecordOfAnotherYearClosesNothing) {
  take("project", "code,name,unit,year\nP1,评审,甲局,2025\nP2,养护,甲局,2026\n");
  const std::string id = ready(found());
  NewProblem of_before = found("funds");
  of_before.source = ProblemSource::inspection;
  const std::string inspected = ready(of_before);
  take("project", "code,name,unit,year\nP1,评审服务,甲局,2025\nP2,道路养护,甲局,2026\n");
  const auto project = [&](const char* code) {
    return ClosingBasis{ClosingBasis::Kind::record, "ledger.project", {{code, 2, "", "", ""}}, 0};
  };
  EXPECT_EQ(close(id, project("P1"), head_), "closing-refused other-year");
  EXPECT_EQ(close(id, project("P2"), head_), "");
  EXPECT_EQ(close(inspected, project("P1"), head_), "") << "an inspection goes back over years";
}

TEST_P(Rectifying, AProblemIsRaisedFromAnAuditsFindingOfAFiledTable) {
  const std::string ours = import("甲局", "-30").submission;
  const auto submitted = submissions_->open(ours, local);
  const auto& findings = submitted->audit.findings;
  const auto finding = std::find_if(findings.begin(), findings.end(), [](const auditing::Finding& each) {
    return !each.at.empty() && each.at.front().indicator.has_value();
  });
  ASSERT_NE(finding, findings.end());
  NewProblem problem = found();
  problem.reference = {"submission", ours, finding->at.front().table, finding->at.front().indicator, std::string(finding->rule),
                       "随便写的"};
  EXPECT_EQ(refused(problem, officer_), "source-settled not-filed") << "nobody filed it yet";
  const auto act_on = [&](Action action) {
    const auto now = submissions_->open(ours, local);
    ASSERT_TRUE(submissions_->act(ours, now->summary.revision, action, {}, local));
  };
  act_on(Action::submit);
  const access::Principal desk = person("desk", Role::desk_staff, {true, {}});
  EXPECT_EQ(refused(problem, desk), "source-unknown") << "he sees no submissions";
  EXPECT_EQ(refused(problem, clerk_), "forbidden");
  const auto draft = problems_->draft(problem.reference, officer_);
  ASSERT_TRUE(draft) << draft.error().message;
  EXPECT_EQ(draft->problem.unit, units_["甲局"]);
  EXPECT_EQ(draft->unit_name, "甲局");
  EXPECT_EQ(draft->problem.kind, "goal");
  EXPECT_FALSE(draft->open);
  EXPECT_TRUE(contains(draft->problem.text, finding->message)) << draft->problem.text;
  EXPECT_EQ(draft->problem.reference.label, "2026年绩效目标审核：“道路养护”，养护里程");
  NewProblem wrong = problem;
  wrong.unit = units_["乙局"];
  EXPECT_EQ(refused(wrong, officer_), "invalid-problem unit");
  wrong = problem;
  wrong.year = 2025;
  EXPECT_EQ(refused(wrong, officer_), "invalid-problem year");
  wrong = problem;
  wrong.reference.indicator = 99;
  EXPECT_EQ(refused(wrong, officer_), "source-unknown");
  wrong = problem;
  wrong.reference.id = "no such thing";
  EXPECT_EQ(refused(wrong, officer_), "source-unknown");
  wrong = problem;
  wrong.reference.kind = "account";
  EXPECT_EQ(refused(wrong, officer_), "source-unknown");
  problem.unit.clear();
  problem.year = 0;
  problem.source = ProblemSource::other;
  const std::string id = raised(problem);
  const Problem stored = open(id);
  EXPECT_EQ(stored.unit, units_["甲局"]);
  EXPECT_EQ(stored.year, 2026);
  EXPECT_EQ(stored.source, ProblemSource::audit);
  EXPECT_EQ(stored.reference.label, draft->problem.reference.label) << "the place's own, not the raiser's";
  EXPECT_EQ(refused(problem, head_), "problem-exists " + id);
  EXPECT_EQ(problems_->draft(problem.reference, head_)->open->number, "2026-0001");
  EXPECT_EQ(problems_->open(id, clerk_)->page, "/submissions/" + ours + "?table=0&indicator=0&rule=" + std::string(finding->rule));
  // Closed, the same fault may be found again.
  EXPECT_EQ(bring(id, "会计凭证", clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(refused(problem, head_), "problem-exists " + id) << "answered is not closed";
  EXPECT_EQ(act(id, ProblemAction::check, officer_), "");
  EXPECT_EQ(close(id, document(1), head_), "");
  EXPECT_NE(raised(problem), id);
}

TEST_P(Rectifying, AProblemIsRaisedFromAFindingOfAccountingSupervision) {
  take("finding",
       "finding_no,source,unit_name,problem,basis,amount,requirement,due_on,state\n"
       "WT1,inspection,甲局,多列支出,会计法第十三条,15000,调整账目,2026-05-01,open\nWT2,inspection,甲局,误列,,,,2026-05-01,void\n"
       "WT3,inspection,甲局,已办,,,,2026-05-01,closed\n");
  const auto at = [&](const char* number) {
    const ledgers::RecordType& type = *ledgers_->catalogue().type("finding");
    return ProblemReference{"ledger.finding", *ledgers::entry_named(*store_->read(), registry_->tenant(), type, number).id, {}, {}, {}, {}};
  };
  const access::Principal desk = person("desk", Role::desk_staff, {true, {}});
  const auto draft = problems_->draft(at("WT1"), desk);
  ASSERT_TRUE(draft) << draft.error().message;
  EXPECT_EQ(draft->problem.source, ProblemSource::inspection);
  EXPECT_EQ(draft->problem.unit, units_["甲局"]);
  EXPECT_EQ(draft->problem.text, "多列支出");
  EXPECT_EQ(draft->problem.amount, "1.5") << "万元";
  EXPECT_EQ(draft->problem.basis, "会计法第十三条");
  EXPECT_EQ(draft->problem.action, "调整账目");
  EXPECT_EQ(problems_->draft(at("WT2"), desk).error().context.at(0), "void");
  EXPECT_EQ(problems_->draft(at("WT3"), desk).error().context.at(0), "closed");
  NewProblem problem = draft->problem;
  problem.year = 2025;  // An inspection goes back over years.
  const std::string id = raised(problem, desk);
  EXPECT_EQ(open(id).year, 2025);
  EXPECT_EQ(refused(problem, desk), "problem-exists " + id);
  EXPECT_EQ(problems_->open(id, head_)->page, "/ledgers/finding/" + at("WT1").id);
  EXPECT_EQ(problems_->open(id, clerk_)->page, "") << "the unit sees no ledgers";
  EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(act(id, ProblemAction::check, officer_), "");
  take("finding", "finding_no,source,unit_name,problem,due_on,result\nWT1,inspection,甲局,多列支出,2026-05-01,说是改了\n");
  EXPECT_EQ(close(id, {ClosingBasis::Kind::record, "ledger.finding", {{"WT1", 0, "", "", ""}}, 0}, head_), "closing-refused other-matter")
      << "the bureau's own note of it is no proof";
}

TEST_P(Rectifying, PaymentsCloseWhereTheyAreLaterEnoughAndNobodyElses) {
  take("project", "code,name,unit,year\nP1,评审,甲局,2026\nP2,评审,乙局,2026\n");
  NewProblem problem = found("funds");
  problem.amount = "1.5";
  const std::string id = ready(problem);
  take("payment",
       "payment_no,project,paid_on,amount,state\nZ1,P1,2026-02-27,20000,valid\nZ2,P1,2026-03-05,10000,valid\nZ3,P2,2026-03-05,20000,valid\n"
       "Z4,P1,2026-03-06,20000,void\nZ5,P1,2026-03-06,-5000,valid\n");
  const auto named = [](std::initializer_list<const char*> numbers) {
    std::vector<ClosingBasis::Named> records;
    for (const char* each : numbers) records.push_back({each, 0, "", "", ""});
    return payment(records);
  };
  EXPECT_EQ(close(id, named({"Z9"}), head_), "closing-refused record-unknown");
  EXPECT_EQ(close(id, {ClosingBasis::Kind::record, "ledger.payment", {{"Z2", 0, "", "", ""}}, 0}, head_), "closing-refused record-payment")
      << "neither its day nor its amount would be looked at";
  EXPECT_EQ(close(id, named({"Z1"}), head_), "closing-refused payment-older");
  EXPECT_EQ(close(id, named({"Z3"}), head_), "closing-refused other-unit");
  EXPECT_EQ(close(id, named({"Z4"}), head_), "closing-refused record-void");
  EXPECT_EQ(close(id, named({"Z2"}), head_), "closing-refused payment-short");
  EXPECT_EQ(close(id, named({"Z2", "Z2"}), head_), "closing-refused payment-used");
  EXPECT_EQ(close(id, {ClosingBasis::Kind::payment, "ledger.project", {{"P1", 0, "", "", ""}}, 0}, head_),
            "closing-refused record-unknown");
  EXPECT_EQ(close(id, named({"Z2", "Z5"}), head_), "") << "a refund is written below 0";
  EXPECT_EQ(open(id).closing->basis.records.at(1).amount, "-5000.00");
  const std::string next = ready(found("funds"));
  EXPECT_EQ(close(next, named({"Z2"}), head_), "closing-refused payment-used");
  EXPECT_EQ(act(id, ProblemAction::reopen, head_, "钱又退回了"), "");
  EXPECT_EQ(close(next, named({"Z2"}), head_), "") << "free again";
}

TEST_P(Rectifying, ALedgersRecordClosesWhereItChangedSince) {
  take("project", "code,name,unit,year\nP1,评审,甲局,2026\n");
  const std::string id = ready(found());
  const auto project = [&](int revision) {
    return ClosingBasis{ClosingBasis::Kind::record, "ledger.project", {{"P1", revision, "", "", ""}}, 0};
  };
  EXPECT_EQ(close(id, project(1), head_), "closing-refused record-older");
  take("project", "code,name,unit,year\nP1,评审服务,甲局,2026\n");
  EXPECT_EQ(close(id, project(1), head_), "stale-revision 2");
  EXPECT_EQ(close(id, project(2), head_), "");
  EXPECT_EQ(open(id).closing->basis.records.at(0).label, "预算项目 P1");
}

TEST_P(Rectifying, ALedgersRecordMustNameTheUnitAndHaveBeenThere) {
  take("tenant", "code,name\nT1,张三\n");
  const std::string id = ready(found());
  take("tenant", "code,name\nT1,张三丰\n");
  take("project", "code,name,unit,year\nP1,评审,甲局,2026\n");
  const auto record = [](const std::string& type, const std::string& number) {
    return ClosingBasis{ClosingBasis::Kind::record, "ledger." + type, {{number, 0, "", "", ""}}, 0};
  };
  EXPECT_EQ(close(id, record("tenant", "T1"), head_), "closing-refused no-unit") << "it would close any unit's";
  EXPECT_EQ(close(id, record("project", "P1"), head_), "closing-refused record-new") << "nothing was changed in it";
  take("project", "code,name,unit,year\nP1,评审服务,甲局,2026\n");
  EXPECT_EQ(close(id, record("project", "P1"), head_), "closing-refused record-new");
}

TEST(Payments, OnlyLedgersThatNameAUnitAndHaveTheFieldsCount) {
  const policy::Rectification shipped = (*policy::find_pack(""))->rectification;
  const ledgers::Catalogue& catalogue = ledgers::Catalogue::shipped();
  EXPECT_NE(payments_in(shipped, *catalogue.type("payment")), nullptr);
  EXPECT_EQ(payments_in(shipped, *catalogue.type("rent_receipt")), nullptr) << "it names no unit";
  policy::Rectification rules;
  rules.payments = {{"payment", "no_such_day", "amount"}, {"nothing", "paid_on", "amount"}};
  EXPECT_EQ(payments_in(rules, *catalogue.type("payment")), nullptr);
  rules.payments.push_back({"payment", "paid_on", "amount"});
  EXPECT_EQ(payments_in(rules, *catalogue.type("payment")), &rules.payments.back());
}

TEST_P(Rectifying, TheSameUnitAndKindWithinThreeYearsIsARecurrence) {
  const std::string first = raised(found());
  raised(found("goal", "乙局"));
  now_ += 3 * 365 * day;  // 2029-03-01
  const std::string second = raised(found());
  raised(found("execution"));
  now_ += 2 * day;  // 2029-03-03: the first is more than three years old
  const std::string third = raised(found());
  const auto earlier = [&](const std::string& id) {
    std::string text;
    const auto view = problems_->open(id, head_);
    for (const ProblemLine& each : view->earlier) text += each.number + " ";
    return text;
  };
  EXPECT_EQ(earlier(first), "");
  EXPECT_EQ(earlier(second), "2026-0001 ");
  EXPECT_EQ(earlier(third), "2029-0001 ");
  ProblemFilter recurring;
  recurring.recurring = true;
  EXPECT_EQ(problems_->list(recurring, head_).total, 2);
  EXPECT_EQ(problems_->list({}, head_).recurring, 2);
  EXPECT_EQ(act(second, ProblemAction::withdraw, head_, "误报"), "");
  EXPECT_EQ(earlier(third), "") << "what was withdrawn is none";
}

TEST_P(Rectifying, EverybodySeesWhatHisPostsReachAndWhatIsHisToDo) {
  const std::string ours = raised(found());
  const std::string theirs = raised(found("goal", "乙局"));
  EXPECT_EQ(problems_->list({}, clerk_).total, 1);
  EXPECT_EQ(problems_->open(theirs, clerk_).error().code, "not-found");
  EXPECT_EQ(problems_->act(theirs, 1, {ProblemAction::reply, "改", {}, 0, {}}, clerk_).error().code, "not-found");
  EXPECT_EQ(problems_->bring(theirs, 1, "x", "x", "", clerk_).error().code, "not-found");
  EXPECT_EQ(problems_->board(0, clerk_).size(), 1U);
  EXPECT_EQ(problems_->list({}, access::Principal()).total, 0);
  EXPECT_EQ(bring(ours, "", clerk_, "秘密"), "");
  EXPECT_EQ(problems_->file(ours, 1, head_)->bytes, "秘密");
  EXPECT_EQ(problems_->file(ours, 1, other_clerk_).error().code, "not-found");
  EXPECT_EQ(problems_->file(ours, 2, clerk_).error().code, "not-found");
  const auto mine = [&](const access::Principal& who) { return problems_->list({}, who).mine; };
  EXPECT_EQ(mine(clerk_), 1);
  EXPECT_EQ(mine(officer_), 0);
  EXPECT_EQ(act(ours, ProblemAction::reply, clerk_), "");
  EXPECT_EQ(mine(clerk_), 0);
  EXPECT_EQ(mine(officer_), 1);
  EXPECT_EQ(act(ours, ProblemAction::check, officer_), "");
  EXPECT_EQ(mine(officer_), 0);
  EXPECT_EQ(mine(head_), 1);
  const access::Principal looking = access::Principal::person("look", "look", "look", {{Role::performance_head, {true, {}}, {}, {}}}, true);
  EXPECT_TRUE(problems_->open(ours, looking)->actions.empty());
  EXPECT_FALSE(problems_->open(ours, looking)->may_bring);
  EXPECT_EQ(problems_->act(ours, 1, {ProblemAction::refuse, "不", {}, 0, {}}, head_).error().code, "stale-revision");
}

TEST_P(Rectifying, TheBoardCountsWhatIsOverAndByHowMuch) {
  raised(found());  // due 23 March
  const std::string replied = raised(found("other"));
  raised(found("performance", "乙局"));  // 60 work days
  EXPECT_EQ(act(replied, ProblemAction::reply, clerk_), "");
  now_ += 24 * day;  // 26 March
  const auto board = problems_->board(2026, head_);
  ASSERT_EQ(board.size(), 2U);
  EXPECT_EQ(board[0].name, "甲局");
  EXPECT_EQ(board[0].overdue, 1);
  EXPECT_EQ(board[0].worst, 3) << "23 March to 26 March";
  EXPECT_EQ(board[0].counts[static_cast<int>(ProblemState::replied)], 1);
  EXPECT_EQ(board[1].overdue, 0);
  EXPECT_TRUE(problems_->board(2025, head_).empty());
  ProblemFilter overdue;
  overdue.overdue = true;
  const ProblemPage page = problems_->list(overdue, head_);
  EXPECT_EQ(page.total, 1);
  EXPECT_EQ(page.overdue, 1);
  EXPECT_EQ(page.items.at(0).days_left, -3);
  ProblemFilter query;
  query.query = "甲";
  EXPECT_EQ(problems_->list(query, head_).total, 2);
  query.query = "2026-0003";
  EXPECT_EQ(problems_->list(query, head_).total, 1);
  query.query = "%";
  EXPECT_EQ(problems_->list(query, head_).total, 0);
  access::Unit wide;
  wide.code = "203001";
  wide.name = "ＡＢ（三）中心";
  const auto stored = people_->put_unit(wide, local);
  ASSERT_TRUE(stored) << stored.error().message;
  units_["wide"] = stored->id;
  raised(found("goal", "wide"));
  for (const char* each : {"ab", "ＡＢ", "Ｂ（三", "（三）中心"}) {
    query.query = each;
    EXPECT_EQ(problems_->list(query, head_).total, 1) << each;
  }
}

TEST_P(Rectifying, ListsMadeAnewAreTheSame) {
  const std::string closed = ready(found());
  EXPECT_EQ(bring(closed, "会计凭证", officer_), "");
  EXPECT_EQ(close(closed, document(1), head_), "");
  const std::string asked = raised(found());
  EXPECT_EQ(act(asked, {ProblemAction::ask_time, "忙", {}, 5, {}}, clerk_), "");
  ready(found("other"));
  act(raised(found("execution", "乙局")), ProblemAction::withdraw, head_, "误报");
  const std::string before = listed();
  EXPECT_EQ(std::count(before.begin(), before.end(), '\n'), 4);
  EXPECT_EQ(problems_->rebuild(), 4);
  EXPECT_EQ(listed(), before);
  auto reading = store_->read();
  int rows = 0;
  reading->query("SELECT COUNT(*) FROM problems", {}, [&](const store::Row& row) { rows = row.small(0); });
  EXPECT_EQ(rows, 4);
}

JIHENG_ON_EACH_ENGINE(Rectifying);

}  // namespace
}  // namespace jiheng::desks
