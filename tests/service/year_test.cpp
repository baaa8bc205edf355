// A year of filing as the bureau sees it on its wall.
#include <gtest/gtest.h>

#include "service/people_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using access::Role;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;

class Year : public tests::PeopleTest {
 protected:
  void SetUp() override {
    set_up();
    for (const auto& [login, role] : {std::pair{"chief", Role::performance_head}, std::pair{"officer", Role::performance_officer}}) {
      make(login, {{role, {}}});
      cookies_[login] = log_in(login);
    }
    make("clerk", {{Role::unit_clerk, unit("甲局")}});
    cookies_["clerk"] = log_in("clerk");
  }
  tests::Headers as(const std::string& login, int revision = 0) const {
    tests::Headers headers = cookie_of(cookies_.at(login));
    if (revision > 0) headers.emplace_back("If-Match", "\"" + std::to_string(revision) + "\"");
    return headers;
  }
  json::object window(const std::string& opens = "2026-02-25", int work_days = 5) const {
    return {{"opens", opens}, {"work_days", work_days}, {"notice", "请各单位按时报送"}};
  }
  json::value wall(const std::string& login = "chief") const {
    return expect_documented(get("/api/v1/years/2026/wall", as(login)), "wall");
  }
  json::object tile(const std::string& name) const {
    const json::value all = wall();
    for (const json::value& each : all.at("tiles").as_array()) {
      if (each.at("name").as_string() == name) return each.as_object();
    }
    ADD_FAILURE() << "no tile of " << name;
    return {};
  }
  std::string state(const std::string& name) const { return std::string(tile(name).at("state").as_string()); }

  std::string bring(const std::string& login, const GoalTable& table) const {
    const Answer started = upload({{"表.docx", tests::document_of(table)}}, as(login));
    const std::string job = "/api/v1/imports/" + std::string(json::parse(started.body).at("id").as_string());
    for (int i = 0; i < 2000; ++i) {
      const json::value now = json::parse(get(job, as(login)).body);
      const json::value& file = now.at("files").at(0);
      if (now.at("state").as_string() != "running")
        return std::string(file.at("code").is_null() ? file.at("submission").as_string() : file.at("code").as_string());
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return "the import does not end";
  }
  std::string act(const std::string& id, const std::string& login, const std::string& action) const {
    const json::value body = json::parse(get("/api/v1/submissions/" + id, as(login)).body);
    const auto revision = static_cast<int>(body.at("submission").at("revision").as_int64());
    const Answer answer = send("POST", "/api/v1/submissions/" + id + "/actions", json::object{{"action", action}}, as(login, revision));
    return answer.status < 300 ? "" : code_of(answer);
  }

  std::map<std::string, std::string> cookies_;
};

TEST_F(Year, IsOpenedOnceAndChangedByRevision) {
  EXPECT_EQ(code_of(send("PUT", "/api/v1/years/2026", window(), as("clerk"))), "forbidden");
  EXPECT_EQ(code_of(get("/api/v1/years/2026/wall", as("chief"))), "not-found");
  const auto opened = expect_documented(send("PUT", "/api/v1/years/2026", window(), as("officer")), "putYear");
  // Five work days after Wednesday, 25 February 2026; Saturday the 28th is a make-up work day.
  EXPECT_EQ(opened.at("due").as_string(), "2026-03-03");
  EXPECT_EQ(code_of(send("PUT", "/api/v1/years/2026", window(), as("officer"))), "year-exists");
  EXPECT_EQ(send("PUT", "/api/v1/years/2026", window("2026-02-25", 10), as("chief", 1)).status, 200);
  EXPECT_EQ(code_of(send("PUT", "/api/v1/years/2026", window(), as("chief", 1))), "stale-revision");
  for (const json::object& bad : {window("2026-02-30"), window("2026-02-25", 0), window("2026-02-25", 401)})
    EXPECT_EQ(code_of(send("PUT", "/api/v1/years/2027", bad, as("chief"))), "invalid-year");
  EXPECT_EQ(expect_documented(get("/api/v1/years", as("clerk")), "listYears").as_array().size(), 1U);
}

TEST_F(Year, TheWallShowsEachUnitWhereItIs) {
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", window(), as("chief")).status, 201);
  EXPECT_EQ(state("甲局"), "not_filed");
  EXPECT_EQ(tile("甲局").at("days_left").as_int64(), 1) << "today is Monday, 2 March";
  const std::string id = bring("clerk", tests::goal_table("甲局"));
  EXPECT_EQ(state("甲局"), "draft");
  EXPECT_EQ(act(id, "clerk", "submit"), "");
  EXPECT_EQ(state("甲局"), "waiting");
  EXPECT_EQ(tile("甲局").at("step").as_string(), "unit");
  bring("officer", tests::goal_table("无名单位"));
  const json::value all = wall();
  EXPECT_EQ(all.at("counts").at("waiting").as_int64(), 1);
  EXPECT_EQ(all.at("counts").at("not_filed").as_int64() + all.at("counts").at("waiting").as_int64(),
            static_cast<std::int64_t>(all.at("tiles").as_array().size()));
  EXPECT_EQ(all.at("strangers").as_int64(), 1);
  // A clerk's wall is his own card.
  const json::value own = wall("clerk");
  ASSERT_EQ(own.at("tiles").as_array().size(), 1U);
  EXPECT_EQ(own.at("strangers").as_int64(), 0);
}

TEST_F(Year, WhoIsLateStandsInFrontUnlessHisTimeWasExtended) {
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", window(), as("chief")).status, 201);
  const auto extend = [&](int revision, const std::string& why) {
    return send("POST", "/api/v1/years/2026/extensions", json::object{{"unit", unit("乙局")}, {"work_days", 3}, {"why", why}},
                as("chief", revision));
  };
  EXPECT_EQ(code_of(extend(1, " ")), "invalid-year");
  EXPECT_EQ(extend(1, "机构改革").status, 200);
  pass(2 * 24 * 3600);  // Wednesday, the day after
  cookies_["chief"] = log_in("chief");
  EXPECT_TRUE(tile("甲局").at("overdue").as_bool());
  EXPECT_EQ(tile("甲局").at("days_left").as_int64(), -1);
  EXPECT_FALSE(tile("乙局").at("overdue").as_bool());
  EXPECT_EQ(tile("乙局").at("due").as_string(), "2026-03-06");
  const json::value all = wall();
  EXPECT_TRUE(all.at("tiles").at(0).at("overdue").as_bool());
  EXPECT_EQ(all.at("tiles").as_array().back().at("name").as_string(), "乙局");
  const json::value days = expect_documented(get("/api/v1/years/2026/deadline?unit=" + unit("乙局"), as("chief")), "yearDeadline");
  EXPECT_EQ(days.at("due").as_string(), "2026-03-06");
}

TEST_F(Year, AnExemptUnitIsNotAskedFor) {
  json::object body = window();
  body["exempt"] = json::array{json::string(unit("乙局"))};
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", body, as("chief")).status, 201);
  const json::value all = wall();
  for (const json::value& each : all.at("tiles").as_array()) EXPECT_NE(each.at("name").as_string(), "乙局");
  body["exempt"] = json::array{json::string("01930000-0000-7000-8000-000000000000")};
  EXPECT_EQ(code_of(send("PUT", "/api/v1/years/2027", body, as("chief"))), "invalid-year");
}

TEST_F(Year, ClosedStaysAsItIsUntilItIsOpenedAgain) {
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", window(), as("chief")).status, 201);
  const std::string id = bring("clerk", tests::goal_table("甲局"));
  json::object body = window();
  body["closed"] = true;
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", body, as("chief", 1)).status, 200);
  EXPECT_EQ(act(id, "clerk", "submit"), "year-closed");
  EXPECT_EQ(act(id, "clerk", "delete"), "year-closed");
  EXPECT_EQ(bring("clerk", tests::goal_table("甲局", 2026, true)), "year-closed");
  GoalTable without_year = tests::goal_table("甲局", 2026, true);
  without_year.year.reset();
  EXPECT_EQ(bring("clerk", without_year), "year-closed") << "it would join the closed year's";
  json::value tables = json::parse(get("/api/v1/submissions/" + id, as("clerk")).body).at("tables");
  tables.at(0).as_object()["year"] = 2027;
  EXPECT_EQ(code_of(send("PUT", "/api/v1/submissions/" + id + "/tables", json::object{{"tables", tables}}, as("clerk", 1))), "year-closed")
      << "nothing leaves a closed year by naming another";
  body["closed"] = false;
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", body, as("chief", 2)).status, 200);
  EXPECT_EQ(act(id, "clerk", "submit"), "");
}

TEST_F(Year, ManyAreSignedAtOnceAndEachRefusalIsTold) {
  const std::string one = bring("officer", tests::goal_table("甲局"));
  const std::string two = bring("officer", tests::goal_table("乙局"));
  EXPECT_EQ(act(one, "officer", "submit"), "");
  EXPECT_EQ(act(two, "officer", "submit"), "");
  make("section", {{Role::section_officer, section("预算股")}});
  const std::string cookie = log_in("section");
  const json::object body{{"action", "approve"},
                          {"opinion", "同意"},
                          {"items", {json::object{{"id", one}, {"revision", 2}}, json::object{{"id", two}, {"revision", 1}}}}};
  const json::value done = expect_documented(send("POST", "/api/v1/submissions/actions", body, cookie_of(cookie)), "actOnMany");
  EXPECT_TRUE(done.at(0).at("code").is_null()) << json::serialize(done);
  EXPECT_EQ(done.at(1).at("code").as_string(), "stale-revision");
}

}  // namespace
}  // namespace jiheng::service
