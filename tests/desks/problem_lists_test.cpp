// Problems in lists: recurrence, what is whose, what is over.
#include <gtest/gtest.h>

#include <algorithm>

#include "access/units.h"
#include "rectifying.h"

namespace jiheng::desks {
namespace {

struct ProblemLists : Rectifying {};

TEST_P(ProblemLists, TheSameUnitAndKindWithinThreeYearsIsARecurrence) {
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

TEST_P(ProblemLists, EverybodySeesWhatHisPostsReachAndWhatWaitsForHim) {
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

TEST_P(ProblemLists, TheBoardCountsWhatIsOverAndByHowMuch) {
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

TEST_P(ProblemLists, ListsMadeAnewAreTheSame) {
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

JIHENG_ON_EACH_ENGINE(ProblemLists);

}  // namespace
}  // namespace jiheng::desks
