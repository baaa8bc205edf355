#include "base/work_calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

namespace jiheng {
namespace {

const WorkCalendar& calendar = WorkCalendar::state_council();

Date on(std::string_view text) {
  return *Date::parse(text);
}

Date any_day() {
  const int first = on("2015-01-01").days();
  return Date() + *rc::gen::inRange(first, on("2026-12-26").days());
}

/// The files as they lie in policies/holidays, read in another way: date → off.
std::map<std::string, bool> files() {
  std::map<std::string, bool> days;
  const std::regex line(R"re("date": "([0-9-]+)", "isOffDay": (true|false))re");
  for (const auto& file : std::filesystem::directory_iterator("policies/holidays")) {
    if (file.path().extension() != ".json") continue;
    std::stringstream text;
    text << std::ifstream(file.path()).rdbuf();
    const std::string all = text.str();
    for (std::sregex_iterator at(all.begin(), all.end(), line), end; at != end; ++at) days[(*at)[1]] = (*at)[2] == "true";
  }
  return days;
}

TEST(Dates, ThatDoNotExistAreNone) {
  for (const char* text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "2026-01-1a", "20260101", "", "2026-01-011", "1899-12-31",
                           "-026-01-01", "2026-04-31"})
    EXPECT_FALSE(Date::parse(text).has_value()) << text;
  EXPECT_EQ(on("2024-02-29").text(), "2024-02-29");
  EXPECT_EQ(on("1970-01-01").days(), 0);
  EXPECT_EQ(on("2026-11-26").weekday_name(), "星期四");
}

RC_GTEST_PROP(Dates, ReadBackAndGoUp, ()) {
  const Date date = Date() + *rc::gen::inRange(on("1900-01-01").days(), on("2199-12-30").days());
  RC_ASSERT(*Date::parse(date.text()) == date);
  RC_ASSERT((date + 1).text() > date.text());
  RC_ASSERT((date + 7).weekday() == date.weekday());
}

TEST(Calendar, EqualsTheFilesForEveryDayOf2015To2026) {
  const auto days = files();
  ASSERT_GE(days.size(), 390U);
  for (Date date = on("2015-01-01"); date <= on("2026-12-31"); ++date) {
    const auto special = days.find(date.text());
    const bool worked = special == days.end() ? date.weekday() <= 5 : !special->second;
    ASSERT_EQ(calendar.is_work_day(date), worked) << date.text();
  }
}

TEST(Calendar, MakeUpDaysAreWorkedAndNamed) {
  EXPECT_EQ(calendar.kind(on("2026-09-20")), WorkCalendar::Kind::make_up_work_day);  // a Sunday
  EXPECT_EQ(calendar.name(on("2026-09-20")), "国庆节");
  EXPECT_EQ(calendar.kind(on("2018-12-29")), WorkCalendar::Kind::make_up_work_day);  // stands in the file of 2019
  EXPECT_EQ(calendar.kind(on("2018-12-31")), WorkCalendar::Kind::holiday);
  EXPECT_EQ(calendar.kind(on("2026-10-11")), WorkCalendar::Kind::weekend);
}

TEST(Calendar, TheLastDaysOf2026And2027AreProvisional) {
  EXPECT_FALSE(calendar.is_provisional(on("2026-12-25")));
  EXPECT_TRUE(calendar.is_provisional(on("2026-12-29")));
  EXPECT_TRUE(calendar.is_provisional(on("2027-01-04")));
  EXPECT_TRUE(calendar.is_provisional(on("2027-12-31")));
  EXPECT_FALSE(calendar.is_provisional(on("2018-12-31")));
}

RC_GTEST_PROP(Calendar, WorkDaysGoUpAndBackAgain, ()) {
  const Date start = any_day();
  const int count = *rc::gen::inRange(0, 400);
  const Date end = calendar.add_work_days(start, count);
  RC_ASSERT(calendar.add_work_days(start, count + 1) > end);
  RC_ASSERT(calendar.work_days_between(start, end) == count);
  RC_ASSERT(calendar.work_days_between(end, start) == -count);
  if (count > 0) RC_ASSERT(calendar.is_work_day(end));
  if (calendar.is_work_day(start)) RC_ASSERT(calendar.add_work_days(end, -count) == start);
}

RC_GTEST_PROP(Calendar, ALaterStartIsNeverDueEarlier, ()) {
  const Date start = any_day();
  const Date later = start + *rc::gen::inRange(0, 30);
  const int count = *rc::gen::inRange(0, 60);
  RC_ASSERT(calendar.add_work_days(start, count) <= calendar.add_work_days(later, count) || count == 0);
}

TEST(Calendar, FilesOfAnotherShapeAreRefused) {
  for (const char* text : {"", "[]", "{}", R"({"year":"2026","papers":[],"days":[]})", R"({"year":2026,"papers":[],"days":[1]})",
                           R"({"year":2026,"papers":[],"days":[{"name":"春节","date":"2026-02-30","isOffDay":true}]})"}) {
    const embedded::File file[] = {{"2026.json", text}};
    const auto read = WorkCalendar::of_files(file);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().code, "calendar-shape");
  }
}

}  // namespace
}  // namespace jiheng
