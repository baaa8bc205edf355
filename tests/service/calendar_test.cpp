// 期限日历: what is due for whom and when.
#include <gtest/gtest.h>

#include "service/filing_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;

/// Monday, 2 March 2026; the window of 2026 opens on 25 February and has ten work days: until Tuesday, 10 March (28 February is a
/// Saturday that is worked).
class DeadlineCalendar : public tests::FilingTest {
 protected:
  void SetUp() override {
    FilingTest::SetUp();
    const json::object window{{"opens", "2026-02-25"}, {"work_days", 10}, {"notice", "请按时报送"}};
    ASSERT_EQ(send("PUT", "/api/v1/years/2026", window, as("chief")).status, 201);
  }
  json::value calendar(const std::string& login, const std::string& range = "from=2026-02-01&to=2026-04-30") const {
    return expect_documented(get("/api/v1/calendar?" + range, as(login)), "calendar");
  }
  /// "filing 2026-03-10 甲局,乙局 (2/3)"
  std::string entries(const std::string& login, const std::string& kind) const {
    std::string text;
    const json::value found = calendar(login);
    for (const json::value& each : found.at("entries").as_array()) {
      if (each.at("kind").as_string() != kind) continue;
      if (!text.empty()) text += "; ";
      text += std::string(each.at("date").as_string());
      for (const json::value& unit : each.at("units").as_array()) text += " " + std::string(unit.as_string());
      text += " " + std::to_string(each.at("count").as_int64()) + "/" + std::to_string(each.at("total").as_int64());
    }
    return text;
  }
  json::value only(const std::string& login, const std::string& kind) const {
    const json::value found = calendar(login);
    for (const json::value& each : found.at("entries").as_array()) {
      if (each.at("kind").as_string() == kind) return each;
    }
    ADD_FAILURE() << "nothing of the kind " << kind;
    return {};
  }
};

TEST_F(DeadlineCalendar, EverybodySeesTheWindowOfHisUnitsOnly) {
  EXPECT_EQ(entries("clerk", "filing"), "2026-03-10 甲局 1/1");
  EXPECT_EQ(entries("stranger", "filing"), "2026-03-10 乙局 1/1");
  // The bureau counts itself among the units.
  EXPECT_EQ(only("chief", "filing").at("total").as_int64(), 4);
  EXPECT_EQ(entries("section", "filing"), "2026-03-10 甲局 甲局下属中心 乙局 3/3");
  EXPECT_EQ(only("clerk", "opens").at("date").as_string(), "2026-02-25");
  EXPECT_EQ(only("clerk", "filing").at("days_left").as_int64(), 6);
  const json::value nobody = expect_documented(get("/api/v1/calendar", cookie_of(auditor())), "calendar");
  EXPECT_TRUE(nobody.at("entries").as_array().empty()) << "an administrator has no filings, but the days";
  EXPECT_EQ(nobody.at("days").as_array().size(), 93U);
}

TEST_F(DeadlineCalendar, WhatIsFiledIsNoLongerOwedAndWaitsForWhoseTurnItIs) {
  const std::string id = file();
  EXPECT_EQ(only("clerk", "filing").at("page").as_string(), "/submissions/" + id);
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(entries("clerk", "filing"), "2026-03-10 甲局 0/1");
  EXPECT_TRUE(only("clerk", "filing").at("done").as_bool());
  EXPECT_EQ(entries("section", "filing"), "2026-03-10 甲局下属中心 乙局 2/3");
  const json::value step = only("head", "step");
  EXPECT_EQ(step.at("step").as_string(), "unit");
  EXPECT_EQ(step.at("date").as_string(), "2026-03-02") << "no rule sets a limit: it waits today";
  EXPECT_FALSE(step.at("limited").as_bool());
  EXPECT_EQ(entries("section", "step"), "") << "it is not his turn";
  EXPECT_EQ(outcome(id, "head", "approve"), "");
  EXPECT_EQ(entries("head", "step"), "");
  EXPECT_EQ(entries("section", "step"), "2026-03-02 甲局 1/1");
}

TEST_F(DeadlineCalendar, AnExtensionStandsOnItsOwnDayWithItsReason) {
  const json::value year = json::parse(get("/api/v1/years", as("chief")).body).at(0);
  tests::Headers headers = as("chief");
  headers.emplace_back("If-Match", "\"" + std::to_string(year.at("revision").as_int64()) + "\"");
  const json::object more{{"unit", unit("乙局")}, {"work_days", 3}, {"why", "机构改革"}};
  ASSERT_EQ(send("POST", "/api/v1/years/2026/extensions", more, headers).status, 200);
  EXPECT_EQ(entries("stranger", "filing"), "2026-03-13 乙局 1/1");
  EXPECT_EQ(only("stranger", "filing").at("why").as_string(), "机构改革");
  EXPECT_EQ(entries("section", "filing"), "2026-03-10 甲局 甲局下属中心 2/2; 2026-03-13 乙局 1/1");
}

TEST_F(DeadlineCalendar, PublicationIsCountedDownForThoseWhoPublish) {
  const std::string id = file();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  approve_all(id);
  EXPECT_EQ(entries("officer", "publication"), "2026-03-22 甲局 1/1");
  EXPECT_EQ(entries("clerk", "publication"), "");
  const json::value entry = only("officer", "publication");
  EXPECT_EQ(entry.at("days_left").as_int64(), 20);
  EXPECT_FALSE(entry.at("work_days").as_bool()) << "预算法 counts days of the calendar";
}

TEST_F(DeadlineCalendar, AClosedYearIsOver) {
  const json::object closed{{"opens", "2026-02-25"}, {"work_days", 10}, {"notice", ""}, {"closed", true}};
  tests::Headers headers = as("chief");
  headers.emplace_back("If-Match", "\"1\"");
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", closed, headers).status, 200);
  EXPECT_EQ(entries("clerk", "filing"), "");
}

TEST_F(DeadlineCalendar, TheDaysAreTheStateCouncils) {
  const json::value found = calendar("clerk", "from=2026-09-25&to=2026-10-10");
  std::map<std::string, std::string> kinds;
  for (const json::value& day : found.at("days").as_array())
    kinds[std::string(day.at("date").as_string())] = std::string(day.at("kind").as_string());
  EXPECT_EQ(kinds["2026-10-01"], "holiday");
  EXPECT_EQ(kinds["2026-10-10"], "make_up_work_day");
  EXPECT_EQ(kinds["2026-09-28"], "work_day");
  const json::value next = calendar("clerk", "from=2027-01-04&to=2027-01-04");
  EXPECT_TRUE(next.at("days").at(0).at("provisional").as_bool()) << "the notice for 2027 is not out";
}

TEST_F(DeadlineCalendar, AStandInSeesHisLastDay) {
  const json::object given{
      {"to_account", ids_["officer"]}, {"role", "performance_head"}, {"from_day", "2026-03-02"}, {"to_day", "2026-03-13"}};
  ASSERT_LT(send("POST", "/api/v1/delegations", given, as("chief")).status, 300);
  EXPECT_EQ(only("officer", "delegation").at("units").at(0).as_string(), "chief同志");
  EXPECT_FALSE(only("officer", "delegation").at("given").as_bool());
  EXPECT_TRUE(only("chief", "delegation").at("given").as_bool());
  EXPECT_EQ(entries("clerk", "delegation"), "");
}

TEST_F(DeadlineCalendar, TheFileSaysTheSameToOtherCalendars) {
  const Answer answer = get("/api/v1/calendar/file?from=2026-02-01&to=2026-04-30", as("stranger"));
  expect_documented(answer, "calendarFile");
  EXPECT_NE(answer.body.find("DTSTART;VALUE=DATE:20260310\r\n"), std::string::npos) << answer.body;
  EXPECT_NE(answer.body.find("乙局：2026年绩效目标报送截止"), std::string::npos) << answer.body;
  EXPECT_EQ(answer.body.find("甲局"), std::string::npos);
  EXPECT_NE(answer.body.find("URL:http://"), std::string::npos);
  const Answer forged = get("/api/v1/calendar/file", [&] {
    auto headers = as("stranger");
    headers.emplace_back("Host", "evil\" onclick");
    return headers;
  }());
  EXPECT_EQ(forged.body.find("evil"), std::string::npos);
}

TEST_F(DeadlineCalendar, ARangeThatIsNoneIsRefused) {
  EXPECT_EQ(code_of(get("/api/v1/calendar?from=2026-03-02&to=2026-03-01", as("clerk"))), "calendar-range");
  EXPECT_EQ(code_of(get("/api/v1/calendar?from=2026-03-02&to=2028-03-01", as("clerk"))), "calendar-range");
  EXPECT_EQ(code_of(get("/api/v1/calendar?from=2199-12-31", as("clerk"))), "calendar-range") << "beyond the years reckoned with";
  EXPECT_EQ(code_of(get("/api/v1/calendar?from=2026-02-30", as("clerk"))), "bad-parameter");
  EXPECT_EQ(code_of(get("/api/v1/calendar")), "not-logged-in");
}

}  // namespace
}  // namespace jiheng::service
