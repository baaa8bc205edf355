// The year in figures, and the notices of those who file.
#include <gtest/gtest.h>

#include "service/people_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using access::Role;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;

class Figures : public tests::PeopleTest {
 protected:
  void SetUp() override {
    set_up();
    person("clerk", {{Role::unit_clerk, unit("甲局")}});
    person("other", {{Role::unit_clerk, unit("乙局")}});
    person("head", {{Role::unit_head, unit("甲局")}});
    person("officer", {{Role::performance_officer, {}}});
    person("chief", {{Role::performance_head, {}}});
    person("section", {{Role::section_officer, section("预算股")}});
    person("leader", {{Role::bureau_leader, {}}});
    const json::object window{{"opens", "2026-02-25"}, {"work_days", 5}, {"notice", "请按时报送"}};
    EXPECT_EQ(send("PUT", "/api/v1/years/2026", window, as("chief")).status, 201);
  }
  void person(const std::string& login, const std::vector<Wanted>& posts) {
    make(login, posts);
    cookies_[login] = log_in(login);
  }
  tests::Headers as(const std::string& login, int revision = 0) const {
    tests::Headers headers = cookie_of(cookies_.at(login));
    if (revision > 0) headers.emplace_back("If-Match", "\"" + std::to_string(revision) + "\"");
    return headers;
  }
  std::string bring(const std::string& login, const GoalTable& table) const {
    const Answer started = upload({{"表.docx", tests::document_of(table)}}, as(login));
    const std::string job = "/api/v1/imports/" + std::string(json::parse(started.body).at("id").as_string());
    for (int i = 0; i < 2000; ++i) {
      const json::value now = json::parse(get(job, as(login)).body);
      if (now.at("state").as_string() != "running") return std::string(now.at("files").at(0).at("submission").as_string());
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return "the import does not end";
  }
  void act(const std::string& id, const std::string& login, const std::string& action, const std::string& opinion = {}) const {
    const json::value body = json::parse(get("/api/v1/submissions/" + id, as(login)).body);
    const auto revision = static_cast<int>(body.at("submission").at("revision").as_int64());
    const Answer answer =
        send("POST", "/api/v1/submissions/" + id + "/actions", json::object{{"action", action}, {"opinion", opinion}}, as(login, revision));
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  json::value overview(const std::string& login) const {
    return expect_documented(get("/api/v1/years/2026/overview", as(login)), "overview");
  }
  json::value notices(const std::string& login) const { return expect_documented(get("/api/v1/me/notices", as(login)), "listNotices"); }
  std::string kinds(const std::string& login) const {
    std::string text;
    const json::value all = notices(login);
    // What is told of accounts is mail_test.cpp's.
    for (const json::value& each : all.at("items").as_array())
      if (!each.at("year").is_null()) text += std::string(each.at("kind").as_string()) + (each.at("read").as_bool() ? "(read) " : " ");
    return text;
  }

  std::map<std::string, std::string> cookies_;
};

TEST_F(Figures, OfAYearLeadFromAllToTheSectionToTheUnit) {
  const std::string id = bring("clerk", tests::goal_table("甲局", 2026, true));
  act(id, "clerk", "submit");
  const json::value found = overview("leader");
  const json::value& all = found.at("all");
  EXPECT_EQ(all.at("counts").at("waiting").as_int64(), 1);
  EXPECT_EQ(all.at("late").as_int64(), 0);
  EXPECT_EQ(found.at("faulty").as_int64(), 1);
  ASSERT_GE(found.at("sections").as_array().size(), 1U);
  EXPECT_EQ(found.at("sections").at(0).at("name").as_string(), "预算股");
  EXPECT_EQ(found.at("sections").at(0).at("units").as_int64(), 3);
  ASSERT_FALSE(found.at("rules").as_array().empty());
  EXPECT_EQ(found.at("rules").at(0).at("severity").as_string(), "error");
  const std::string rule(found.at("rules").at(0).at("rule").as_string());
  const auto units = expect_documented(get("/api/v1/years/2026/overview/rules/" + rule, as("leader")), "unitsWithRule");
  ASSERT_EQ(units.as_array().size(), 1U);
  EXPECT_EQ(units.at(0).at("submission").as_string(), id);
  EXPECT_EQ(units.at(0).at("name").as_string(), "甲局");
  // A unit's clerk sees no more of it than his own unit.
  EXPECT_EQ(overview("other").at("all").at("units").as_int64(), 1);
  EXPECT_TRUE(json::parse(get("/api/v1/years/2026/overview/rules/" + rule, as("other")).body).as_array().empty());
  EXPECT_EQ(code_of(get("/api/v1/years/2031/overview", as("leader"))), "not-found");
}

TEST_F(Figures, CountWhoCameAfterTheDay) {
  pass(2 * 24 * 3600);  // Wednesday, the day after
  cookies_["clerk"] = log_in("clerk");
  cookies_["leader"] = log_in("leader");
  const std::string id = bring("clerk", tests::goal_table("甲局"));
  act(id, "clerk", "submit");
  const json::value found = overview("leader");
  EXPECT_EQ(found.at("all").at("late").as_int64(), 1);
  EXPECT_GE(found.at("all").at("overdue").as_int64(), 1);
  EXPECT_LT(found.at("days_left").as_int64(), 0);
}

TEST_F(Figures, AClerkIsToldWhatHappenedToHisUnitsFilingOnly) {
  EXPECT_EQ(kinds("clerk"), "due_soon ") << "one work day is left";
  EXPECT_EQ(kinds("leader"), "") << "the bureau has its wall";
  const std::string id = bring("clerk", tests::goal_table("甲局"));
  act(id, "clerk", "submit");
  EXPECT_EQ(kinds("clerk"), "");
  act(id, "head", "return", "请补充解释");
  EXPECT_EQ(kinds("clerk"), "returned due_soon ");
  EXPECT_EQ(kinds("head"), "returned due_soon ");
  EXPECT_EQ(kinds("other"), "due_soon ");
  act(id, "clerk", "submit");
  for (const char* login : {"head", "section", "chief", "leader"}) act(id, login, "approve");
  EXPECT_EQ(kinds("clerk"), "approved returned ");
  const json::value year = json::parse(get("/api/v1/years", as("chief")).body).at(0);
  const json::object more{{"unit", unit("乙局")}, {"work_days", 3}, {"why", "机构改革"}};
  EXPECT_EQ(send("POST", "/api/v1/years/2026/extensions", more, as("chief", static_cast<int>(year.at("revision").as_int64()))).status, 200);
  EXPECT_EQ(kinds("other"), "extended ") << "with the new day there is time again";
  EXPECT_EQ(notices("other").at("items").at(0).at("why").as_string(), "机构改革");
}

TEST_F(Figures, WhatWasReadIsReadForWhoReadIt) {
  const std::string id = bring("clerk", tests::goal_table("甲局"));
  act(id, "clerk", "submit");
  act(id, "head", "return", "请补充解释");
  const json::value before = notices("clerk");
  EXPECT_EQ(before.at("unread").as_int64(), 3) << "that his posts were granted is one";
  json::array ids{before.at("items").at(0).at("id"), json::string("submission-999999")};
  EXPECT_EQ(send("POST", "/api/v1/me/notices/read", json::object{{"notices", ids}}, as("clerk")).status, 204);
  EXPECT_EQ(notices("clerk").at("unread").as_int64(), 2);
  EXPECT_EQ(notices("head").at("unread").as_int64(), 3);
  EXPECT_EQ(send("POST", "/api/v1/me/notices/read", json::object{{"notices", ids}}, as("clerk")).status, 204) << "twice does no harm";
  EXPECT_EQ(code_of(send("POST", "/api/v1/me/notices/read", json::object{{"notices", 7}}, as("clerk"))), "json-shape");
}

}  // namespace
}  // namespace jiheng::service
