// Where a problem is raised from: once while it is open, by whoever may see the place.
#include <gtest/gtest.h>

#include <algorithm>

#include "rectifying.h"

namespace jiheng::desks {
namespace {

struct ProblemSources : Rectifying {};

TEST_P(ProblemSources, TheSameReferenceRaisesAProblemOnceUnlessThatWasWithdrawn) {
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

TEST_P(ProblemSources, IsRaisedWithinTheFindersOwnChangeOrNotAtAll) {
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

TEST_P(ProblemSources, AProblemIsRaisedFromAnAuditsFindingOfAFiledTable) {
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

TEST_P(ProblemSources, AProblemIsRaisedFromAFindingOfAccountingSupervision) {
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

JIHENG_ON_EACH_ENGINE(ProblemSources);

}  // namespace
}  // namespace jiheng::desks
