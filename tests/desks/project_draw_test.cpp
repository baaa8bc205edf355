// Draws of projects to evaluate that anybody can do again.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "desks/evaluation/project_draw.h"
#include "evaluating.h"

namespace jiheng::desks {
namespace {

struct ProjectDrawing : Evaluating {};

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

TEST_P(ProjectDrawing, ADrawIsSealedDrawnOnceAndSeenForEver) {
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

TEST_P(ProjectDrawing, ChoosesByTheTablesAsTheyAreNowInWhateverMoneyTheyAre) {
  file("乙局", "新办培训", "30");
  ASSERT_EQ(draws_->candidates(2026, officer_)->size(), 1U);
  EXPECT_EQ(draws_->candidates(2026, officer_)->front().amount, "30");
  EXPECT_FALSE(draws_->candidates(2026, officer_)->front().large);
  const Summary filed = submissions_->list({}, local).items.front();
  auto now = submissions_->act(filed.id, filed.revision, Action::send_back, "金额有误", local);
  ASSERT_TRUE(now) << now.error().message;
  std::vector<GoalTable> tables;
  for (const FiledTable& each : now->tables) tables.push_back(each.table);
  tables.front().amount = "6200000";
  tables.front().money_unit = "元";
  now = submissions_->edit(filed.id, now->summary.revision, tables, local);
  ASSERT_TRUE(now) << now.error().message;
  now = submissions_->act(filed.id, now->summary.revision, Action::submit, {}, local);
  ASSERT_TRUE(now) << now.error().message;
  EXPECT_EQ(draws_->candidates(2026, officer_)->front().amount, "620");
  EXPECT_TRUE(draws_->candidates(2026, officer_)->front().large);
}

TEST_P(ProjectDrawing, NamesADrawOnlyWhereItDrewTheProject) {
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

TEST_P(ProjectDrawing, DrawsAndEvaluatorsNameForWhomTheyWereMade) {
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

JIHENG_ON_EACH_ENGINE(ProjectDrawing);

}  // namespace
}  // namespace jiheng::desks
