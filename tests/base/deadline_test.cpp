#include "base/deadline.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace jiheng {
namespace {

Date on(std::string_view text) {
  return *Date::parse(text);
}

DeadlineRequest from(std::string_view start, int days) {
  DeadlineRequest request;
  request.rule = "政策口径 sichuan-2025：alarm_answer";
  request.start = on(start);
  request.days = days;
  return request;
}

TEST(Deadlines, SkipHolidaysAndCountMakeUpDays) {
  // Thursday 24 September 2026: 中秋 25–27 September, 国庆 1–7 October, Saturday 10 October is worked.
  const auto deadline = reckon(from("2026-09-24", 10));
  EXPECT_EQ(deadline->due.text(), "2026-10-15");
  EXPECT_FALSE(deadline->provisional);
  const auto skipped = std::count_if(deadline->days.begin(), deadline->days.end(), [](const DeadlineDay& day) { return day.counted == 0; });
  EXPECT_EQ(skipped, 11);  // 3 + 7 + Sunday the 11th
  EXPECT_NE(deadline_text(*deadline).find("2026-10-10 星期六  第6天（国庆节调休，上班）"), std::string::npos) << deadline_text(*deadline);
  EXPECT_NE(deadline_text(*deadline).find("2026-09-25 星期五  中秋节放假，不计"), std::string::npos);
}

TEST(Deadlines, PausesAndExtensionsAreShown) {
  DeadlineRequest request = from("2026-03-02", 5);
  request.pauses = {{on("2026-03-04"), on("2026-03-06"), "退回补充材料"}, {on("2026-03-05"), on("2026-03-05"), ""}};
  request.extension = 2;
  request.extension_why = "绩效股批准";
  const auto deadline = reckon(request);
  // 3, 9, 10, 11, 12 March, then 13 and 16.
  EXPECT_EQ(deadline->due.text(), "2026-03-16");
  EXPECT_TRUE(deadline->days.back().extended);
  EXPECT_NE(deadline_text(*deadline).find("暂停（退回补充材料），不计"), std::string::npos);
  EXPECT_NE(deadline_text(*deadline).find("第7天（延长），到期"), std::string::npos);
}

TEST(Deadlines, OverDaysWithoutANoticeAreProvisional) {
  EXPECT_TRUE(reckon(from("2026-12-24", 3))->provisional);
  EXPECT_FALSE(reckon(from("2026-12-22", 3))->provisional);
  EXPECT_TRUE(reckon(from("2027-03-01", 1))->provisional);
}

TEST(Deadlines, OfCalendarDaysCountEveryDay) {
  DeadlineRequest request = from("2026-02-10", 20);
  request.work_days = false;
  EXPECT_EQ(reckon(request)->due.text(), "2026-03-02");
  EXPECT_FALSE(reckon(request)->provisional);
}

TEST(Deadlines, OfNoDayAreTheStart) {
  EXPECT_EQ(reckon(from("2026-02-10", 0))->due.text(), "2026-02-10");
}

TEST(Deadlines, ThatCannotBeReckonedAreRefused) {
  EXPECT_EQ(reckon(from("2026-02-10", -1)).error().code, "deadline-days");
  EXPECT_EQ(reckon(from("2026-02-10", 1000000)).error().code, "deadline-days");
  DeadlineRequest request = from("2026-02-10", 1);
  request.extension = 2147483647;
  EXPECT_EQ(reckon(request).error().code, "deadline-days");
  request.extension = 0;
  request.pauses = {{on("2026-03-04"), on("2026-03-03"), ""}};
  EXPECT_EQ(reckon(request).error().code, "deadline-pause");
  request.pauses = {{on("1900-01-01"), on("2199-12-31"), ""}};
  EXPECT_EQ(reckon(request).error().code, "deadline-range");
}

TEST(Deadlines, AsJsonHoldEveryDay) {
  EXPECT_EQ(deadline_json(*reckon(from("2026-10-09", 1))),
            R"({"rule":"政策口径 sichuan-2025：alarm_answer","start":"2026-10-09","days":1,"count":"work_days","pauses":[],"extension":0,)"
            R"("extension_why":null,"due":"2026-10-10","provisional":false,"steps":[{"date":"2026-10-10","weekday":"星期六",)"
            R"("kind":"make_up_work_day","name":"国庆节","paused":false,"counted":1,"extended":false,"provisional":false}]})");
}

RC_GTEST_PROP(Deadlines, AgreeWithTheCalendarAndNeverComeEarlierByAPause, ()) {
  DeadlineRequest request = from("2015-01-01", *rc::gen::inRange(0, 100));
  request.start += *rc::gen::inRange(0, 4000);
  const auto plain = reckon(request);
  RC_ASSERT(plain->due == WorkCalendar::state_council().add_work_days(request.start, request.days));
  const Date pause = request.start + *rc::gen::inRange(-10, 100);
  request.pauses.push_back({pause, pause + *rc::gen::inRange(0, 20), ""});
  RC_ASSERT(reckon(request)->due >= plain->due);
}

}  // namespace
}  // namespace jiheng
