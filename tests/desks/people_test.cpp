// Units, accounts and posts, on both engines.
#include "desks/people/people.h"

#include <gtest/gtest.h>

#include "desks/desk.h"
#include "desks/people/bureau_region.h"

namespace jiheng::desks {
namespace {

using access::Role;
using access::Unit;

class Staff : public OnDesk {
 protected:
  void SetUp() override {
    OnDesk::SetUp();
    if (IsSkipped()) return;
    sessions_ = std::make_unique<access::Sessions>(*desk_->store, desk_->registry.tenant(), [this] { return desk_->registry.now(); });
    people_ = std::make_unique<People>(desk_->registry, *sessions_);
  }

  Result<UnitsTaken> take(const std::vector<UnitLine>& lines) { return people_->take_units(lines, local); }
  Unit named(const std::string& name) {
    for (const Unit& each : people_->units(local)) {
      if (each.name == name) return each;
    }
    ADD_FAILURE() << "no unit " << name;
    return {};
  }
  access::Account add(const std::string& login) {
    access::Account account;
    account.login = login;
    account.name = login;
    return people_->add_account(account, local)->account;
  }
  access::Account now_as(const std::string& id) { return *people_->account(id, local); }

  std::unique_ptr<access::Sessions> sessions_;
  std::unique_ptr<People> people_;
};
JIHENG_ON_EACH_ENGINE(Staff);

TEST_P(Staff, AListOfUnitsIsTakenWithTheirDepartmentsAndSections) {
  const auto taken = take({{"101002", "下属中心", "中心；数据中心", "教育局", "教科文股", false},
                           {"101", "教育局", "", "", "教科文股", false},
                           {"102", "公安局", "", "", "行政政法股", true}});
  ASSERT_TRUE(taken.ok()) << taken.error().message;
  EXPECT_EQ(taken->added, 3);
  EXPECT_EQ(named("下属中心").parent, named("教育局").id);
  EXPECT_EQ(named("下属中心").aliases, (std::vector<std::string>{"中心", "数据中心"}));
  EXPECT_EQ(named("教育局").section, named("教科文股").id);
  EXPECT_EQ(named("教科文股").kind, Unit::Kind::section);
  EXPECT_TRUE(named("公安局").classified);
  // The same again changes nothing, and leaves nothing in the journal.
  const auto head = desk_->registry.head();
  EXPECT_EQ(take({{"101", "教育局", "", "", "教科文股", false}})->same, 1);
  EXPECT_EQ(desk_->registry.head(), head);
}

TEST_P(Staff, AListLeavesAloneWhatItHasNoColumnFor) {
  EXPECT_EQ(take({{"101", "教育局", "", "", "教科文股", false}, {"102", "公安局", "", "", "行政政法股", true}})->added, 2);
  EXPECT_EQ(take({{"102", "公安分局", "", {}, {}, {}}})->changed, 1);
  EXPECT_TRUE(named("公安分局").classified);
  EXPECT_EQ(named("公安分局").section, named("行政政法股").id);
  // What it does say is stored, if it is the department alone.
  EXPECT_EQ(take({{"102", "公安分局", "", "101", {}, {}}})->changed, 1);
  EXPECT_EQ(named("公安分局").parent, named("教育局").id);
  EXPECT_EQ(take({{"102", "公安分局", "", "", "", false}})->changed, 1);
  EXPECT_EQ(named("公安分局").parent, std::nullopt);
  EXPECT_EQ(named("公安分局").section, std::nullopt);
}

TEST_P(Staff, OneBadLineAndNothingIsTaken) {
  const auto code_and_line = [&](const std::vector<UnitLine>& lines) {
    const auto taken = take(lines);
    return taken ? std::string() : taken.error().code + " " + taken.error().context.at(0) + " " + taken.error().context.at(1);
  };
  EXPECT_EQ(code_and_line({{"101", "教育局", "", "", "", false}, {"10 2", "公安局", "", "", "", false}}), "invalid-unit-line 2 code");
  EXPECT_EQ(code_and_line({{"101", "教育局", "", "", "", false}, {"101", "公安局", "", "", "", false}}), "invalid-unit-line 2 code");
  EXPECT_EQ(code_and_line({{"101", "", "", "", "", false}}), "invalid-unit-line 1 name");
  EXPECT_EQ(code_and_line({{"101", "教育局", "", "没有的局", "", false}}), "invalid-unit-line 1 parent");
  EXPECT_EQ(code_and_line({{"101", "甲", "", "102", "", false}, {"102", "乙", "", "101", "", false}}), "invalid-unit-line 2 parent");
  EXPECT_TRUE(people_->units(local).empty());
  EXPECT_EQ(desk_->registry.head().first, 0);
}

TEST_P(Staff, ARenamedUnitIsStillKnownByItsOldName) {
  ASSERT_TRUE(take({{"101", "卫生局", "", "", "", false}}).ok());
  const auto imported = desk_->import("a.txt", form("卫生局"));
  Unit unit = named("卫生局");
  EXPECT_EQ(desk_->open(imported.submission).summary.unit_name, "卫生局");
  unit.name = "卫生健康局";
  ASSERT_TRUE(people_->put_unit(unit, local).ok());
  auto reading = desk_->store->read();
  for (const char* name : {"卫生健康局", "卫生局", " 卫 生 局 "}) EXPECT_EQ(access::unit_named(*reading, "local", name), unit.id) << name;
  EXPECT_EQ(access::unit_named(*reading, "local", "卫生"), std::nullopt);
  EXPECT_EQ(people_->units_like("卫生健康委局").at(0).id, unit.id);
}

TEST_P(Staff, ANameThatTwoUnitsBearTellsNothing) {
  ASSERT_TRUE(take({{"101", "第一中学", "一中", "", "", false}, {"102", "城关一中", "一中", "", "", false}}).ok());
  auto reading = desk_->store->read();
  EXPECT_EQ(access::unit_named(*reading, "local", "一中"), std::nullopt);
  EXPECT_NE(access::unit_named(*reading, "local", "第一中学"), std::nullopt);
}

TEST_P(Staff, WhatWasFiledBeforeTheUnitWasKnownBecomesItsOwn) {
  const auto imported = desk_->import("a.txt", form("民政局"));
  ASSERT_TRUE(take({{"103", "区民政局", "民政局", "", "", false}}).ok());
  const auto clerk = access::Principal::person("c", "c", "c", {{Role::unit_clerk, {false, {named("区民政局").id}}, {}, {}}});
  EXPECT_TRUE(desk_->submissions.open(imported.submission, clerk).ok());
  const auto stranger = access::Principal::person("s", "s", "s", {{Role::unit_clerk, {false, {"another"}}, {}, {}}});
  EXPECT_EQ(desk_->submissions.open(imported.submission, stranger).error().code, "not-found");
  // The lists made anew say the same.
  desk_->submissions.rebuild();
  EXPECT_TRUE(desk_->submissions.open_json(imported.submission, clerk).ok());
}

TEST_P(Staff, AUnitChangedByTwoIsToldToTheSecond) {
  ASSERT_TRUE(take({{"101", "甲", "", "", "", false}}).ok());
  Unit one = named("甲");
  Unit two = one;
  one.name = "乙";
  two.name = "丙";
  EXPECT_TRUE(people_->put_unit(one, local).ok());
  EXPECT_EQ(people_->put_unit(two, local).error().code, "stale-revision");
}

TEST_P(Staff, PostsAreHeldToWhatTheyNeed) {
  ASSERT_TRUE(take({{"101", "甲", "", "", "预算股", false}}).ok());
  const access::Account account = add("zhang");
  const auto code = [&](access::Appointment post) {
    const auto appointed = people_->appoint(account.id, now_as(account.id).revision, {std::move(post)}, local);
    return appointed ? std::string() : appointed.error().code;
  };
  const std::string unit = named("甲").id;
  const std::string section = named("预算股").id;
  EXPECT_EQ(code({Role::unit_clerk, std::nullopt, {}, {}}), "invalid-account");
  EXPECT_EQ(code({Role::unit_clerk, section, {}, {}}), "invalid-account");
  EXPECT_EQ(code({Role::section_officer, unit, {}, {}}), "invalid-account");
  EXPECT_EQ(code({Role::bureau_leader, unit, {}, {}}), "invalid-account");
  EXPECT_EQ(code({Role::unit_clerk, "nobody", {}, {}}), "invalid-account");
  EXPECT_EQ(code({Role::unit_clerk, unit, "2026-02-30", {}}), "invalid-account");
  EXPECT_EQ(code({Role::unit_clerk, unit, "2026-03-02", "2026-03-01"}), "invalid-account");
  EXPECT_EQ(code({Role::unit_clerk, unit, "2026-03-01", {}}), "");
  EXPECT_EQ(code({Role::section_officer, section, {}, {}}), "");
}

TEST_P(Staff, HandingOverEndsOnesPostsTheDayBeforeTheOthersBegin) {
  ASSERT_TRUE(take({{"101", "甲", "", "", "", false}}).ok());
  const std::string unit = named("甲").id;
  const access::Account giver = add("old");
  const access::Account taker = add("new");
  ASSERT_TRUE(people_->appoint(giver.id, giver.revision, {{Role::unit_clerk, unit, {}, {}}}, local).ok());
  EXPECT_EQ(people_->hand_over(giver.id, giver.id, "2026-07-01", local).error().code, "invalid-account");
  ASSERT_TRUE(people_->hand_over(giver.id, taker.id, "2026-07-01", local).ok());
  EXPECT_EQ(now_as(giver.id).posts, (std::vector<access::Appointment>{{Role::unit_clerk, unit, {}, "2026-06-30"}}));
  EXPECT_EQ(now_as(taker.id).posts, (std::vector<access::Appointment>{{Role::unit_clerk, unit, "2026-07-01", {}}}));
  auto reading = desk_->store->read();
  const auto may = [&](const std::string& id, const char* day) {
    return access::principal_of(*reading, "local", now_as(id), day).may(access::Permission::file_submissions, unit);
  };
  EXPECT_TRUE(may(giver.id, "2026-06-30"));
  EXPECT_FALSE(may(taker.id, "2026-06-30"));
  EXPECT_FALSE(may(giver.id, "2026-07-01"));
  EXPECT_TRUE(may(taker.id, "2026-07-01"));
  EXPECT_EQ(people_->hand_over(giver.id, taker.id, "2026-08-01", local).error().code, "invalid-account") << "nothing is left to hand over";
}

TEST_P(Staff, NobodyWithoutThePostChangesAnything) {
  const auto clerk = access::Principal::person("c", "c", "c", {{Role::unit_clerk, {false, {"u"}}, {}, {}}});
  EXPECT_EQ(people_->put_unit({}, clerk).error().code, "forbidden");
  EXPECT_EQ(people_->take_units({}, clerk).error().code, "forbidden");
  EXPECT_EQ(people_->add_account({}, clerk).error().code, "forbidden");
  EXPECT_EQ(people_->change_account({}, clerk).error().code, "forbidden");
  EXPECT_EQ(people_->appoint("x", 1, {}, clerk).error().code, "forbidden");
  EXPECT_EQ(people_->new_link("x", clerk).error().code, "forbidden");
  EXPECT_EQ(people_->unlock("x", clerk).error().code, "forbidden");
  EXPECT_EQ(people_->hand_over("x", "y", "2026-01-01", clerk).error().code, "forbidden");
  EXPECT_TRUE(people_->accounts(clerk).empty());
}

TEST_P(Staff, TheBureausRegionChangesWithTheYears) {
  BureauRegions regions(desk_->registry);
  const Regions& table = Regions::shipped();
  const auto day = [](const char* text) { return *Date::parse(text); };
  EXPECT_EQ(regions.shown(), "");
  EXPECT_EQ(regions.put("4302", {}, "", table, local).error().code, "invalid-region");
  EXPECT_EQ(regions.put("430221", day("2020-01-01"), "", table, local).error().context.at(0), "from") << "it was a district by then";
  EXPECT_EQ(regions.put("430999", {}, "", table, local).error().context.at(0), "name");
  EXPECT_EQ(regions.put("430212", {}, "", table, access::Principal()).error().code, "forbidden");
  const auto put = regions.put("430212", {}, "", table, local);
  ASSERT_TRUE(put) << put.error().message;
  ASSERT_EQ(put->size(), 2U) << "what became it stands before it";
  EXPECT_EQ(regions.on(day("2018-06-18"))->name, "湖南省株洲市株洲县");
  EXPECT_EQ(regions.on(day("2018-06-19"))->name, "湖南省株洲市渌口区");
  EXPECT_EQ(regions.shown(), "湖南省株洲市渌口区（430212）");
  // Said by hand where the table does not know it, from that day on.
  ASSERT_TRUE(regions.put("430299", day("2025-01-01"), "湖南省株洲市新区", table, local));
  EXPECT_EQ(regions.on(day("2024-12-31"))->code, "430212");
  EXPECT_EQ(regions.shown(), "湖南省株洲市新区（430299）");
  EXPECT_TRUE(desk_->registry.verify().ok);
}

TEST_P(Staff, ABackupOfAnotherBureauSaysWhoseItIs) {
  registry::Registry other(*desk_->store, folder_.file("data/bureaus/430281"), "430281");
  auto change = other.begin({});
  ASSERT_TRUE(change.put({"note", "n", 0, "kept", "add", "{}", {}}));
  change.commit();
  ASSERT_TRUE(other.backup(folder_.file("other.tar")).ok());
  Desk empty("sqlite:" + folder_.file("empty/jiheng.db"), folder_.file("empty"));
  const auto restored = empty.registry.restore(folder_.file("other.tar"));
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, "backup-unreadable");
  EXPECT_NE(restored.error().message.find("430281"), std::string::npos) << restored.error().message;
}

TEST_P(Staff, ComesBackFromABackupOnTheOtherEngineWithPasswordsAndPosts) {
  ASSERT_TRUE(take({{"101", "甲", "甲机关", "", "预算股", false}}).ok());
  const access::Account account = add("zhang");
  ASSERT_TRUE(people_->appoint(account.id, account.revision, {{Role::unit_clerk, named("甲").id, {}, {}}}, local).ok());
  ASSERT_TRUE(people_->choose_password(*people_->new_link(account.id, local), "Correct-horse-7").ok());
  ASSERT_TRUE(desk_->registry.backup(folder_.file("backup.tar")).ok());
  Desk other("sqlite:" + folder_.file("other/jiheng.db"), folder_.file("other"));
  ASSERT_TRUE(other.registry.restore(folder_.file("backup.tar")).ok());
  access::Sessions sessions(*other.store, "local", [&] { return other.registry.now(); });
  People people(other.registry, sessions);
  people.rebuild();
  EXPECT_EQ(people.units(local).size(), 2U);
  EXPECT_EQ(people.accounts(local).at(0).posts, now_as(account.id).posts);
  EXPECT_TRUE(sessions.log_in({"ZHANG", "Correct-horse-7", "", "", ""}).ok());
  EXPECT_TRUE(other.registry.verify().ok);
}

}  // namespace
}  // namespace jiheng::desks
