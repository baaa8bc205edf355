// 试算: a target on what was reached, a year under another pack; both against arithmetic by hand.
#include <gtest/gtest.h>

#include "desks/performance/actuals.h"
#include "desks/performance/workflow.h"
#include "desks/what_if/pack_trial.h"
#include "desks/what_if/target_trial.h"
#include "two_years.h"

namespace jiheng::desks {
namespace {

struct WhatIf : TwoYears {
  Submission submission(const std::string& unit, int year) {
    for (const Summary& each : submissions_->list({}, local).items) {
      if (each.unit_name == unit && each.year == year) return *submissions_->open(each.id, local);
    }
    ADD_FAILURE() << unit << year;
    return {};
  }
  /// Other units and what they did in 2025.
  void others_did(const std::map<std::string, std::string>& done) {
    int code = 300001;
    for (const auto& [name, kilometres] : done) {
      unit(std::to_string(code++), name, {});
      file(name, "道路养护", "10", 2025, true);
    }
    ASSERT_TRUE(forms_->lay_forms(FollowUpKind::self_evaluation, 2025, 12, local).ok());
    fill_forms(FollowUpKind::self_evaluation, 2025, 12, done);
  }
  access::Unit known(const std::string& name) { return *access::find_unit(*store_->read(), registry_->tenant(), units_.at(name)); }
  void classify(const std::string& name) {
    access::Unit of = known(name);
    of.classified = true;
    ASSERT_TRUE(people_->put_unit(of, local).ok());
  }
  static ledgers::ImportOptions may_move() {
    ledgers::ImportOptions options;
    options.may_move_states = true;
    return options;
  }
  /// 养护里程 as 甲局 has it in 2026, with another target.
  Result<TargetTrial> tried(const std::string& target, const access::Principal& who = local, const Text& weight = {}) {
    const Submission of = submission("甲局", 2026);
    Indicator row = of.tables.front().table.indicators.front();
    row.value = target;
    row.weight = weight;
    return try_target(*submissions_, *ledgers_, of.summary.id, 0, row, who);
  }
};

TEST_P(WhatIf, ATargetIsHeldAgainstWhatWasReachedHereAndElsewhere) {
  ASSERT_NO_FATAL_FAILURE(play());
  // In 2025 甲局 did 30 kilometres of its 30, 乙局 15.
  auto trial = tried("30", local, "20");
  ASSERT_TRUE(trial) << trial.error().message;
  EXPECT_EQ(trial->target, "≥30公里");
  EXPECT_EQ(trial->own.count, 1);
  EXPECT_EQ(trial->own.met, 1);
  EXPECT_EQ(trial->peers.count, 1);
  EXPECT_EQ(trial->peers.met, 0);
  EXPECT_EQ(trial->expected_percent, "100");
  EXPECT_EQ(trial->expected_points, "20");
  ASSERT_EQ(trial->cases.size(), 2U);
  EXPECT_TRUE(trial->cases[0].own);
  EXPECT_EQ(trial->cases[0].actual, "30");
  EXPECT_EQ(trial->cases[1].unit_name, "乙局");
  EXPECT_EQ(trial->cases[1].percent, "50");
  EXPECT_EQ(trial->cases[1].target, "≥30");
  // 30 ÷ 40.
  trial = tried("40");
  EXPECT_EQ(trial->own.met, 0);
  EXPECT_EQ(trial->expected_percent, "75");
  EXPECT_FALSE(trial->expected_points);
  EXPECT_EQ(tried("15")->peers.met, 1);
  EXPECT_NE(tried("很多").ok(), true) << "words are no target to score";
}

TEST_P(WhatIf, AnothersFiguresAreCountedAndNotTold) {
  ASSERT_NO_FATAL_FAILURE(play());
  const auto clerk = access::Principal::person("clerk", "clerk", "clerk", {{access::Role::unit_clerk, {false, {units_["甲局"]}}, {}, {}}});
  auto trial = tried("30", clerk);
  ASSERT_TRUE(trial) << trial.error().message;
  EXPECT_EQ(trial->peers.count, 0) << "of one unit the value could be worked out";
  ASSERT_EQ(trial->cases.size(), 1U);
  EXPECT_EQ(trial->cases[0].unit_name, "甲局");
  others_did({{"丁局", "12"}, {"戊局", "45"}});
  trial = tried("30", clerk);
  EXPECT_EQ(trial->peers.count, 3);
  EXPECT_EQ(trial->peers.met, 1);
  ASSERT_EQ(trial->cases.size(), 1U) << "which units they are is still not told";
  classify("丁局");
  EXPECT_EQ(tried("30", clerk)->peers.count, 0) << "two are left";
  trial = tried("30");
  EXPECT_EQ(trial->peers.count, 2);
  for (const TriedCase& each : trial->cases) EXPECT_NE(each.unit_name, "丁局") << "not even to who sees all";
  const auto stranger =
      access::Principal::person("other", "other", "other", {{access::Role::unit_clerk, {false, {units_["乙局"]}}, {}, {}}});
  EXPECT_EQ(tried("30", stranger).error().code, "not-found");
}

TEST_P(WhatIf, AUnitThatTookAnothersNameHasNothingOfItsPast) {
  ASSERT_NO_FATAL_FAILURE(play());
  access::Unit former = known("乙局");
  former.name = "乙中心";
  ASSERT_TRUE(people_->put_unit(former, local).ok());
  // As long as the old name leads to it, a new unit of that name is not resolved.
  former = known("乙局");
  former.former_names.clear();
  ASSERT_TRUE(people_->put_unit(former, local).ok());
  unit("204001", "乙局", {});
  now_ += 1;
  file("乙局", "道路养护", "10", 2026, false);
  Submission of;
  for (const Summary& each : submissions_->list({}, local).items) {
    if (each.unit == units_["乙局"]) of = *submissions_->open(each.id, local);
  }
  ASSERT_FALSE(of.tables.empty());
  const auto clerk = access::Principal::person("new", "new", "new", {{access::Role::unit_clerk, {false, {units_["乙局"]}}, {}, {}}});
  const auto trial = try_target(*submissions_, *ledgers_, of.summary.id, 0, of.tables.front().table.indicators.front(), clerk);
  ASSERT_TRUE(trial) << trial.error().message;
  EXPECT_EQ(trial->own.count, 0);
  EXPECT_TRUE(trial->cases.empty());
  EXPECT_NE(trial->none.find("不到3家"), std::string::npos) << trial->none;
}

TEST_P(WhatIf, AMeasuredZeroCountsWhereTheLedgerHasRecords) {
  ASSERT_NO_FATAL_FAILURE(play());
  const Submission of = submission("甲局", 2026);
  const Indicator& satisfied = of.tables.front().table.indicators[2];
  const auto own = [&] { return try_target(*submissions_, *ledgers_, of.summary.id, 0, satisfied, local)->own; };
  const int before = own().count;
  const auto linked = link_actual(*submissions_, *ledgers_, of.summary.id, 0, 2, 0, MeasureLink{"review.reduction_rate", ""}, local, {});
  ASSERT_TRUE(linked) << linked.error().message;
  EXPECT_EQ(own().count, before) << "no records, no value";
  const auto taken =
      ledgers::import_table(*ledgers_, *ledgers_->catalogue().type("review_case"),
                            "case_no,project_name,owner_unit,kind,accepted_on,submitted_amount,concluded_amount,concluded_on,"
                            "state\nPS1,道路,甲局,settlement,2024-02-01,100.00,100.00,2024-03-01,concluded\n",
                            may_move(), local);
  ASSERT_TRUE(taken.ok() && taken->bad.empty());
  EXPECT_EQ(own().count, before + 1) << "nothing was cut in 2024, and a record says so";
}

TEST_P(WhatIf, WhatCannotBeTriedSaysWhy) {
  ASSERT_NO_FATAL_FAILURE(play());
  const Submission of = submission("甲局", 2026);
  Indicator row = of.tables.front().table.indicators.front();
  const auto none = [&](const Indicator& indicator) {
    const auto trial = try_target(*submissions_, *ledgers_, of.summary.id, 0, indicator, local);
    return trial ? trial->none : trial.error().code;
  };
  row.value.reset();
  EXPECT_EQ(none(row), "还没有填指标值。");
  row.value = "5";
  row.level3 = "从来没有过的指标";
  EXPECT_NE(none(row).find("没有这个指标的完成值"), std::string::npos);
  row.comparator = Comparator::qualitative;
  EXPECT_EQ(none(row), "定性指标靠评判打分，不能试算。");
  EXPECT_EQ(try_target(*submissions_, *ledgers_, of.summary.id, 9, row, local).error().code, "invalid-entry");
}

TEST_P(WhatIf, AYearIsScoredUnderAnotherPackBesideItsOwn) {
  ASSERT_NO_FATAL_FAILURE(play());
  const auto same = try_pack(*registry_, 2026, "cn-2020");
  ASSERT_TRUE(same) << same.error().message;
  EXPECT_EQ(same->tables, 3);
  EXPECT_EQ(same->regraded, 0) << "the year's own pack changes nothing";
  EXPECT_EQ(same->mean, same->tried_mean);
  for (const TriedTable& each : same->items) EXPECT_EQ(each.total, each.tried_total);
  // A pack under which a target that was missed earns nothing.
  policy::Pack strict = *policy::find_pack("cn-2020").value();
  strict.scoring.forward_missed = policy::Missed::zero;
  const PackTrial trial = try_pack(*registry_, 2026, strict);
  EXPECT_EQ(trial.tables, 3);
  EXPECT_EQ(trial.untried, 0);
  EXPECT_GT(trial.regraded, 0);
  EXPECT_EQ(trial.better, 0);
  std::map<std::string, int> grades;
  for (const TriedTable& each : trial.items) {
    const FollowUp form = forms_->open(each.form, local).value();
    const FilledTable& filled = form.tables[static_cast<std::size_t>(each.table)];
    Decimal kept = Decimal::parse(*filled.table.execution.front().score).value();
    for (std::size_t i = 0; i < filled.facts.size(); ++i) {
      if (filled.facts[i].score->met == true) kept += Decimal::parse(*filled.table.indicators[i].score).value();
    }
    EXPECT_EQ(Decimal::parse(each.tried_total.value_or("")), kept) << each.unit_name;
    EXPECT_EQ(each.tried_grade, policy::band_of(kept, strict.scoring.grades));
    EXPECT_EQ(Decimal::parse(*each.difference), kept - *Decimal::parse(each.total));
    EXPECT_EQ(each.regraded, each.grade != *each.tried_grade);
    ++grades[*each.tried_grade];
  }
  for (const auto& [grade, count] : trial.tried_grades) EXPECT_EQ(count, grades[grade]) << grade;
  EXPECT_TRUE(trial.items.front().regraded) << "what changes stands in front";
  EXPECT_EQ(try_pack(*registry_, 2024, "cn-2020")->tables, 0);
  EXPECT_EQ(try_pack(*registry_, 2026, "no-such-pack").error().code, "unknown-pack");
}

JIHENG_ON_EACH_ENGINE(WhatIf);

}  // namespace
}  // namespace jiheng::desks
