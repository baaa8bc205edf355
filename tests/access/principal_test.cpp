#include "access/principal.h"

#include <gtest/gtest.h>

#include "access/day.h"

namespace jiheng::access {
namespace {

Principal person(std::vector<Post> posts, bool read_only = false) {
  return Principal::person("id", "zhang", "张三", std::move(posts), read_only);
}

TEST(Principal, NobodyMayNothing) {
  const Principal nobody;
  for (int i = 0; i < permission_count; ++i) {
    EXPECT_FALSE(nobody.may(static_cast<Permission>(i)));
    EXPECT_FALSE(nobody.may(static_cast<Permission>(i), "u"));
  }
  EXPECT_TRUE(nobody.reach(Permission::see_submissions).none());
}

TEST(Principal, APostReachesItsUnitsAndNoOther) {
  const Principal clerk = person({{Role::unit_clerk, {false, {"a", "c"}}, {}, {}}});
  EXPECT_TRUE(clerk.may(Permission::file_submissions, "a"));
  EXPECT_TRUE(clerk.may(Permission::file_submissions, "c"));
  EXPECT_FALSE(clerk.may(Permission::file_submissions, "b"));
  EXPECT_FALSE(clerk.may(Permission::file_submissions, "")) << "what is nobody's is not his";
  EXPECT_FALSE(clerk.may(Permission::confirm_filing, "a"));
  const Principal chief = person({{Role::performance_head, {true, {}}, {}, {}}});
  EXPECT_TRUE(chief.may(Permission::audit_performance, ""));
  EXPECT_FALSE(person({{Role::section_officer, {}, {}, {}}}).may(Permission::audit_section)) << "a section in charge of nothing";
}

TEST(Principal, SeveralPostsReachTogetherEachInItsOwnWay) {
  const Principal two = person({{Role::unit_clerk, {false, {"b"}}, {}, {}}, {Role::unit_head, {false, {"a"}}, {}, {}}});
  EXPECT_EQ(two.reach(Permission::see_submissions).units, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(two.reach(Permission::file_submissions).units, (std::vector<std::string>{"b"}));
  EXPECT_FALSE(two.may(Permission::confirm_filing, "b"));
}

TEST(Principal, ATokenThatMayOnlyLookLooks) {
  const Principal looking = person({{Role::performance_officer, {true, {}}, {}, {}}}, true);
  EXPECT_TRUE(looking.may(Permission::see_submissions, "a"));
  EXPECT_FALSE(looking.may(Permission::file_submissions, "a"));
  EXPECT_TRUE(looking.reach(Permission::audit_performance).none());
}

TEST(Principal, StandsInOnlyWhereHisOwnPostDoesNotDo) {
  const Principal both = person({{Role::unit_head, {false, {"a"}}, {}, {}}, {Role::unit_head, {false, {"a", "b"}}, "other", "李四"}});
  EXPECT_EQ(both.stands_in(Permission::confirm_filing, "a"), nullptr);
  ASSERT_NE(both.stands_in(Permission::confirm_filing, "b"), nullptr);
  EXPECT_EQ(both.stands_in(Permission::confirm_filing, "b")->for_name, "李四");
  EXPECT_EQ(both.stands_in(Permission::approve_filing, "b"), nullptr);
}

TEST(Principal, OfTheSameMarkStandInForTheSame) {
  const Principal own = person({{Role::unit_head, {false, {"a"}}, {}, {}}});
  const Principal for_other = person({{Role::unit_head, {false, {"a"}}, "other", "李四"}});
  EXPECT_NE(own.mark(), for_other.mark()) << "for whom he signs decides what he may sign";
  EXPECT_EQ(own.mark(), person({{Role::unit_head, {false, {"a"}}, {}, {}}}).mark());
}

TEST(Role, TheThreeAdministratorsShareNoPermissionThatChangesAnything) {
  const Role three[] = {Role::system_admin, Role::security_admin, Role::audit_admin};
  PermissionSet changing = 0;
  for (int i = 0; i < permission_count; ++i) {
    if (changes(static_cast<Permission>(i))) changing |= bit_of(static_cast<Permission>(i));
  }
  for (const Role one : three) {
    EXPECT_EQ(permissions_of(one) & bit_of(Permission::see_submissions), 0U) << role_code(one);
    for (const Role other : three) {
      if (one == other) continue;
      EXPECT_EQ(permissions_of(one) & permissions_of(other) & changing, 0U) << role_code(one);
    }
  }
}

TEST(Role, CodesAreReadBack) {
  for (const Role role : all_roles()) EXPECT_EQ(role_from_code(role_code(role)), role);
  EXPECT_EQ(role_from_code("root"), std::nullopt);
}

TEST(Day, IsTheBureausAndOneOfTheCalendar) {
  EXPECT_EQ(local_day(1772380799), "2026-03-01") << "a second before midnight in Shanghai";
  EXPECT_EQ(local_day(1772380800), "2026-03-02");
  for (const char* good : {"2026-02-28", "2024-02-29", "1999-12-31"}) EXPECT_TRUE(is_day(good)) << good;
  for (const char* bad : {"2026-02-29", "2026-13-01", "2026-1-1", "20260101", "2026-01-00", "", "2026-01-01x"})
    EXPECT_FALSE(is_day(bad)) << bad;
  EXPECT_EQ(day_before("2026-03-01"), "2026-02-28");
  EXPECT_EQ(days_between("2024-02-28", "2024-03-01"), 2);
}

}  // namespace
}  // namespace jiheng::access
