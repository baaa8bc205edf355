// 销号: on what a problem is closed, and on what not.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "desks/rectification/problem_closing.h"
#include "policy/pack.h"
#include "rectifying.h"

namespace jiheng::desks {
namespace {

struct ClosingProblems : Rectifying {};

TEST_P(ClosingProblems, NobodyClosesWhatHeCheckedNorOnWhatHeBrought) {
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

TEST_P(ClosingProblems, ADocumentClosesOnce) {
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

TEST_P(ClosingProblems, AStatementAloneClosesNothing) {
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

TEST_P(ClosingProblems, AChangedSubmissionClosesWhereItsContentChangedSince) {
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

TEST_P(ClosingProblems, ASubmissionOfAnotherYearClosesNothing) {
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

TEST_P(ClosingProblems, WhatWasFoundInOneTableIsClosedOnThatTableAlone) {
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

TEST_P(ClosingProblems, ALedgersRecordOfAnotherYearClosesNothing) {
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

TEST_P(ClosingProblems, PaymentsCloseWhereTheyAreLaterEnoughAndNobodyElses) {
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
  EXPECT_EQ(close(ready(found("funds")), named({"Z2"}), head_), "closing-refused payment-unasked") << "it names no amount";
  EXPECT_EQ(close(id, {ClosingBasis::Kind::payment, "ledger.project", {{"P1", 0, "", "", ""}}, 0}, head_),
            "closing-refused record-unknown");
  EXPECT_EQ(close(id, named({"Z2", "Z5"}), head_), "") << "a refund is written below 0";
  EXPECT_EQ(open(id).closing->basis.records.at(1).amount, "-5000.00");
  problem.amount = "1";
  const std::string next = ready(problem);
  EXPECT_EQ(close(next, named({"Z2"}), head_), "closing-refused payment-used");
  EXPECT_EQ(act(id, ProblemAction::reopen, head_, "钱又退回了"), "");
  EXPECT_EQ(close(next, named({"Z2"}), head_), "") << "free again";
}

TEST_P(ClosingProblems, ALedgersRecordClosesWhereItChangedSince) {
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

TEST_P(ClosingProblems, ALedgersRecordMustNameTheUnitAndHaveBeenThere) {
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

JIHENG_ON_EACH_ENGINE(ClosingProblems);

}  // namespace
}  // namespace jiheng::desks
