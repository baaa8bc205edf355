// 问题整改: raised once, answered, checked, closed by another on something that changed.
#include <gtest/gtest.h>

#include <filesystem>

#include "rectifying.h"

namespace jiheng::desks {
namespace {

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

JIHENG_ON_EACH_ENGINE(Rectifying);

}  // namespace
}  // namespace jiheng::desks
