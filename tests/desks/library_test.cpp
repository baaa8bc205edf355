// The indicator library: it grows from approved tables, people better its words, and a new table's targets are held beside it.
#include "desks/performance/library.h"

#include <gtest/gtest.h>

#include "desks/desk.h"
#include "desks/people/people.h"
#include "desks/performance/comparisons.h"
#include "desks/performance/lists.h"
#include "desks/performance/peer_targets.h"

namespace jiheng::desks {
namespace {

Decimal d(std::string_view text) {
  return *Decimal::parse(text);
}

std::vector<Decimal> ds(std::initializer_list<std::string_view> texts) {
  std::vector<Decimal> values;
  for (const auto text : texts) values.push_back(d(text));
  return values;
}

TEST(Quartiles, AreThoseOfASpreadsheetAndExact) {
  // =QUARTILE.INC({1,2,4,7,8,9,10,12},{1,2,3}) gives 3.5, 7.5, 9.25.
  const auto found = *quartiles_of(ds({"7", "12", "1", "9", "2", "10", "4", "8"}));
  EXPECT_EQ(found.q1.plain(), "3.5");
  EXPECT_EQ(found.median.plain(), "7.5");
  EXPECT_EQ(found.q3.plain(), "9.25");
  EXPECT_EQ(found.least.plain() + " " + found.most.plain(), "1 12");
  const auto one = *quartiles_of(ds({"95.10"}));
  EXPECT_EQ(one.q1.plain() + one.median.plain() + one.q3.plain(), "95.195.195.1");
  EXPECT_FALSE(quartiles_of({}));
  EXPECT_EQ(quartiles_of(ds({"0.1", "0.2"}))->median.plain(), "0.15");
}

TEST(Quartiles, ATargetIsFarOnlyBeyondTheFencesAndWithEnoughPeers) {
  const ComparisonRule rule;
  const auto peers = *quartiles_of(ds({"90", "92", "95", "95", "98"}));  // q1 92, q3 95: fences 87.5 and 99.5
  EXPECT_EQ(side_of(d("87.5"), peers, rule), Side::within);
  EXPECT_EQ(side_of(d("87.4"), peers, rule), Side::below);
  EXPECT_EQ(side_of(d("99.5"), peers, rule), Side::within);
  EXPECT_EQ(side_of(d("99.6"), peers, rule), Side::within) << "less than 5 % from the median";
  EXPECT_EQ(side_of(d("150"), peers, rule), Side::above);
  EXPECT_EQ(side_of(d("1"), *quartiles_of(ds({"90", "92", "95", "95"})), rule), Side::within) << "four peers tell nothing";
  const auto agreed = *quartiles_of(ds({"95", "95", "95", "95", "95"}));
  EXPECT_EQ(side_of(d("96"), agreed, rule), Side::within) << "a hair's breadth is not far";
  EXPECT_EQ(side_of(d("80"), agreed, rule), Side::below);
}

TEST(Quartiles, AChangeIsFarBeyondAFifth) {
  const ComparisonRule rule;
  EXPECT_FALSE(is_far_change(d("100"), d("120"), rule));
  EXPECT_TRUE(is_far_change(d("100"), d("120.1"), rule));
  EXPECT_TRUE(is_far_change(d("100"), d("79"), rule));
  EXPECT_FALSE(is_far_change(d("0"), d("0"), rule));
  EXPECT_TRUE(is_far_change(d("0"), d("1"), rule));
  EXPECT_EQ(change_percent(d("30"), d("40"))->plain(), "33.3");
  EXPECT_EQ(change_percent(d("-30"), d("-40"))->plain(), "-33.3");
  EXPECT_FALSE(change_percent(d("0"), d("1")));
}

Indicator indicator(std::string level3, Comparator comparator = Comparator::at_least, std::string value = "95", Text unit = "%") {
  Indicator made;
  made.level1 = "产出指标";
  made.level2 = "质量指标";
  made.level3 = std::move(level3);
  made.comparator = comparator;
  made.value = std::move(value);
  made.unit = std::move(unit);
  return made;
}

TEST(IndicatorIdentity, IsTheSameHoweverItIsPrinted) {
  const std::string id = identity_of(indicator("验收合格率")).id;
  Indicator printed = indicator("验 收 合格率 ", Comparator::more_than, "98", "％");
  printed.level1 = "产出类指标";
  EXPECT_EQ(identity_of(printed).id, id);
  EXPECT_NE(identity_of(indicator("验收合格率", Comparator::at_most)).id, id) << "which way it binds is part of it";
  EXPECT_NE(identity_of(indicator("验收合格率", Comparator::at_least, "95", "个")).id, id) << "what it is measured in too";
  EXPECT_EQ(identity_of(indicator("验收合格率", Comparator::at_least, "95", "个")).path_key, identity_of(printed).path_key);
}

TEST(IndicatorIdentity, OnlyOneAnnualNumberCompares) {
  EXPECT_EQ(comparable_target(indicator("合格率", Comparator::at_least, "95.50"))->plain(), "95.5");
  for (const char* text : {"", "显著提升", "1e9", "1234567890123456", "0.1234567"})
    EXPECT_FALSE(comparable_target(indicator("合格率", Comparator::at_least, text))) << text;
  Indicator range = indicator("合格率");
  range.upper = "98";
  EXPECT_FALSE(comparable_target(range));
  Indicator later = indicator("合格率");
  later.long_term = true;
  EXPECT_FALSE(comparable_target(later));
}

TEST(IndicatorIdentity, AProjectIsTheSameInAnotherYear) {
  GoalTable table;
  table.project_name = "2026年度道路养护";
  EXPECT_EQ(table_key_of(table), "道路养护");
  table.project_name = "道路养护（2025年）";
  EXPECT_EQ(table_key_of(table), "道路养护");
  table.project_name = "G2026国道养护";
  EXPECT_EQ(table_key_of(table), "g国道养护");
  table.project_name = "120260号工程";
  EXPECT_EQ(table_key_of(table), "120260号工程");
}

TEST(IndicatorIdentity, EvidenceIsReadFromItsOwnTexts) {
  Indicator one = indicator("合格率");
  one.explanation = "合格数占比。数据来源：验收报告；每季统计";
  EXPECT_EQ(stated_evidence(one), "验收报告");
  one.explanation = "本指标的数据来源广泛";
  EXPECT_FALSE(stated_evidence(one));
}

class LibraryTest : public OnDesk {
 protected:
  void SetUp() override {
    OnDesk::SetUp();
    if (!IsSkipped()) library_ = std::make_unique<Library>(desk_->registry);
  }
  static std::string in_year(std::string text, const std::string& year) { return replace_all(std::move(text), "2026", year); }
  std::string file(const std::string& unit, const std::string& kilometres = "30", const std::string& year = "2026") {
    return desk_->import(unit + year + ".txt", in_year(form(unit, "2026年道路养护", "120", kilometres), year)).submission;
  }
  void act(const std::string& id, Action action, const Text& opinion = {}) {
    const auto done = desk_->submissions.act(id, desk_->open(id).summary.revision, action, opinion, local);
    ASSERT_TRUE(done.ok()) << done.error().message;
  }
  std::string approve(const std::string& unit, const std::string& kilometres = "30", const std::string& year = "2026") {
    const std::string id = file(unit, kilometres, year);
    act(id, Action::submit);
    act(id, Action::approve);
    return id;
  }
  std::optional<LibraryEntry> entry(const std::string& name) const {
    LibraryFilter filter;
    filter.query = name;
    const auto page = library_->page(filter);
    return page.items.empty() ? std::nullopt : std::optional(page.items.front());
  }
  /// Everything the library holds, to compare before and after.
  std::string all() const {
    settle_library(desk_->registry);
    std::string text;
    auto reading = desk_->store->read();
    reading->query(
        "SELECT id || revision || level1 || COALESCE(level2, '') || name || direction || comparator || COALESCE(measure_unit, '') || "
        "tables "
        "|| '/' || units || '/' || years || '/' || numbers || COALESCE(least, '') || '/' || COALESCE(median, '') || '/' || COALESCE(most, "
        "'') "
        "|| search || retired FROM library_entries ORDER BY id",
        {}, [&](const store::Row& row) { text += row.string(0) + "\n"; });
    reading->query("SELECT COUNT(*) FROM library_grams", {}, [&](const store::Row& row) { text += std::to_string(row.integer(0)); });
    return text;
  }
  std::unique_ptr<Library> library_;
  PeerTargets peers_;
};
JIHENG_ON_EACH_ENGINE(LibraryTest);

TEST_P(LibraryTest, GrowsFromApprovedTablesOnly) {
  const std::string id = file("甲镇");
  EXPECT_FALSE(entry("养护里程")) << "a draft says nothing";
  act(id, Action::submit);
  EXPECT_FALSE(entry("养护里程"));
  act(id, Action::approve);
  const auto found = entry("养护里程");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->level1 + found->level2.value_or("") + found->unit.value_or(""), "产出指标数量指标公里");
  EXPECT_EQ(found->tables, 1);
  EXPECT_EQ(found->project_tables, 1);
  EXPECT_EQ(found->figures->median, "30");
  approve("乙镇", "50");
  approve("甲镇", "10", "2025");
  const auto more = entry("养护里程");
  EXPECT_EQ(more->tables, 3);
  EXPECT_EQ(more->units, 2);
  EXPECT_EQ(more->years, 2);
  EXPECT_EQ(more->last_year, 2026);
  EXPECT_EQ(more->figures->count, 2) << "the same unit's same project counts with its newest target";
  EXPECT_EQ(more->figures->median, "40");
}

TEST_P(LibraryTest, IsWorkedOutWhenSomebodyLooks) {
  const auto count = [&](const char* table) {
    std::int64_t found = 0;
    desk_->store->read()->query(std::string("SELECT COUNT(*) FROM ") + table, {}, [&](const store::Row& row) { found = row.integer(0); });
    return found;
  };
  approve("甲镇");
  approve("乙镇", "50");
  EXPECT_EQ(count("library_entries"), 0) << "an approval reads no other unit's tables";
  EXPECT_GT(count("library_pending"), 0);
  const auto head = desk_->registry.head();
  const auto typed = library_->suggestions("养护", {});
  ASSERT_FALSE(typed.empty());
  EXPECT_EQ(typed.front().tables, 2);
  EXPECT_EQ(count("library_pending"), 0);
  EXPECT_EQ(desk_->registry.head(), head) << "nothing that people did";
  approve("丙镇", "70");
  EXPECT_EQ(library_->open(typed.front().id, local)->entry.tables, 3);
}

TEST_P(LibraryTest, KeepsWhatWasApprovedWhileItIsAdjusted) {
  const std::string id = approve("甲镇", "30");
  act(id, Action::adjust, "线路改了");
  auto tables = tables_of(desk_->open(id));
  tables[0].indicators[0].value = "45";
  ASSERT_TRUE(desk_->submissions.edit(id, desk_->open(id).summary.revision, tables, local).ok());
  EXPECT_EQ(entry("养护里程")->figures->median, "30");
  const std::string before = all();
  desk_->submissions.rebuild();
  EXPECT_EQ(all(), before);
  act(id, Action::submit);
  act(id, Action::approve);
  EXPECT_EQ(entry("养护里程")->figures->median, "45");
}

TEST_P(LibraryTest, IsMadeAnewFromTheRecords) {
  approve("甲镇", "30");
  approve("乙镇", "50");
  const auto found = entry("养护里程");
  ASSERT_TRUE(library_->curate(found->id, 0, {"公路养护里程", "实际养护的里程", "验收单", "214", false}, local).ok());
  const std::string before = all();
  EXPECT_EQ(desk_->submissions.rebuild(), 0);
  EXPECT_EQ(all(), before);
  ASSERT_TRUE(desk_->registry.backup(folder_.file("backup.tar")).ok());
  Desk other(new_url(), folder_.file("other"));
  ASSERT_TRUE(other.registry.restore(folder_.file("backup.tar")).ok());
  other.submissions.rebuild();
  EXPECT_EQ(Library(other.registry).open(found->id, local)->entry.name, "公路养护里程");
  EXPECT_TRUE(desk_->registry.verify().ok);
}

TEST_P(LibraryTest, WhatPeopleWroteIsShownInPlaceOfWhatWasDerived) {
  approve("甲镇", "30");
  const auto found = *entry("养护里程");
  const auto written = library_->curate(found.id, 0, {"公路养护里程", "实际养护的里程", {}, "214", false}, local, "统一名称");
  ASSERT_TRUE(written.ok());
  EXPECT_EQ(written->entry.name, "公路养护里程");
  EXPECT_EQ(written->original, "养护里程");
  EXPECT_EQ(entry("公路养护")->id, found.id);
  EXPECT_EQ(entry("养护里程")->id, found.id) << "found by either name";
  approve("乙镇", "50");
  EXPECT_EQ(entry("公路养护")->tables, 2) << "tables go on counting under the name they have";
  EXPECT_EQ(library_->curate(found.id, 0, {}, local).error().code, "stale-revision");
  EXPECT_EQ(library_->curate(found.id, 1, {{}, {}, {}, "999", false}, local).error().code, "invalid-entry");
  EXPECT_EQ(library_->curate(std::string(32, 'a'), 0, {}, local).error().code, "not-found");
  const auto clerk = access::Principal::person("c", "c", "c", {{access::Role::unit_clerk, {false, {"x"}}, {}, {}}});
  EXPECT_EQ(library_->curate(found.id, 1, {}, clerk).error().code, "forbidden");
  ASSERT_TRUE(library_->curate(found.id, 1, {{}, {}, {}, {}, true}, local).ok());
  EXPECT_FALSE(entry("养护里程")) << "retired";
  EXPECT_TRUE(library_->suggestions("养护", {}).empty());
  LibraryFilter retired;
  retired.retired = true;
  EXPECT_EQ(library_->page(retired).total, 1);
}

TEST_P(LibraryTest, IsFoundWhileTyping) {
  approve("甲镇");
  const auto names = [&](std::string_view typed, const LibraryFilter& within = {}) {
    std::string text;
    for (const auto& each : library_->suggestions(typed, within)) text += each.name + " ";
    return text;
  };
  EXPECT_EQ(names("养"), "养护里程 ");
  EXPECT_EQ(names("村"), "村民满意度 通行村数 ") << "what begins with it stands in front";
  EXPECT_EQ(names("里程"), "养护里程 ");
  EXPECT_EQ(names("公路养护里程"), "养护里程 ") << "what looks like it";
  EXPECT_EQ(names("完全不同的词"), "");
  EXPECT_EQ(names("，"), names("")) << "no letters: what is used most";
  LibraryFilter satisfaction;
  satisfaction.level1 = "满意度指标";
  EXPECT_EQ(names("村", satisfaction), "村民满意度 ");
  EXPECT_EQ(library_->suggestions("", {}, 2).size(), 2U);
}

TEST_P(LibraryTest, OfAClassifiedUnitNothingShows) {
  access::Sessions sessions(*desk_->store, desk_->registry.tenant(), [this] { return desk_->registry.now(); });
  People people(desk_->registry, sessions);
  ASSERT_TRUE(people.take_units(std::vector<UnitLine>{{"101", "甲镇", "", "", "", false}, {"102", "乙镇", "", "", "", false}}, local).ok());
  approve("甲镇", "30");
  approve("乙镇", "50");
  EXPECT_EQ(entry("养护里程")->units, 2);
  ASSERT_TRUE(people.take_units(std::vector<UnitLine>{{"101", "甲镇", "", {}, {}, true}}, local).ok());
  EXPECT_EQ(entry("养护里程")->units, 1);
  EXPECT_EQ(entry("养护里程")->figures->median, "50");
  EXPECT_EQ(library_->open(entry("养护里程")->id, local)->uses.size(), 1U);
  const std::string before = all();
  desk_->submissions.rebuild();
  EXPECT_EQ(all(), before);
}

TEST_P(LibraryTest, ATargetIsHeldBesideItsPeersAndLastYear) {
  for (int i = 0; i < 5; ++i) approve("镇" + std::to_string(i), std::to_string(28 + i));
  approve("甲镇", "30", "2025");
  const std::string id = file("甲镇", "300");
  const auto found = comparisons_of(desk_->registry, peers_, id, local);
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->items.size(), 3U);
  const Comparison& kilometres = found->items[0];
  EXPECT_EQ(kilometres.peers->count, 5);
  EXPECT_EQ(kilometres.peers->q1 + " " + kilometres.peers->median + " " + kilometres.peers->q3, "29 30 31");
  EXPECT_EQ(kilometres.last_year->number, "30");
  EXPECT_EQ(kilometres.last_year->change_percent, "900");
  ASSERT_EQ(kilometres.hints.size(), 2U);
  EXPECT_EQ(kilometres.hints[0].code, "far-from-peers");
  EXPECT_EQ(kilometres.hints[0].message, "同类5个目标值多在29～31公里（中位数30公里），本表为300公里，明显偏高，请核实。");
  EXPECT_EQ(kilometres.hints[1].code, "far-from-last-year");
  EXPECT_EQ(kilometres.hints[1].message, "上年批复的目标值为30公里，本年为300公里，提高900%，请说明变动原因。");
  EXPECT_TRUE(found->items[1].hints.empty());
  approve("镇9", "40");
  EXPECT_EQ(comparisons_of(desk_->registry, peers_, id, local)->items[0].peers->count, 6) << "what was kept is read anew";
  const auto stranger = access::Principal::person("s", "s", "s", {{access::Role::unit_clerk, {false, {"another"}}, {}, {}}});
  EXPECT_EQ(comparisons_of(desk_->registry, peers_, id, stranger).error().code, "not-found");
  EXPECT_EQ(comparisons_of(desk_->registry, peers_, "nothing", local).error().code, "not-found");
}

}  // namespace
}  // namespace jiheng::desks
