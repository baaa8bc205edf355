#include "writing/icalendar.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace jiheng::writing {
namespace {

CalendarEvent event(std::string title) {
  return {"filing-2026", "2026-03-31", std::move(title), "甲局、乙局", "https://jixiao.example/wall?year=2026", true};
}

/// The lines as RFC 5545 3.1 puts them together again.
std::string unfolded(const std::string& file) {
  return replace_all(file, "\r\n ", "");
}

TEST(ICalendar, IsAWholeDayWithAReminderTheMorningBefore) {
  const CalendarEvent one = event("申报截止");
  const std::string file = icalendar({&one, 1}, "期限", "2026-03-02T01:00:00Z");
  for (const char* line : {"BEGIN:VCALENDAR\r\n", "VERSION:2.0\r\n", "UID:filing-2026@jiheng\r\n", "DTSTAMP:20260302T010000Z\r\n",
                           "DTSTART;VALUE=DATE:20260331\r\n", "DTEND;VALUE=DATE:20260401\r\n", "SUMMARY:申报截止\r\n",
                           "URL:https://jixiao.example/wall?year=2026\r\n", "TRIGGER:-PT15H\r\n", "END:VCALENDAR\r\n"})
    EXPECT_NE(file.find(line), std::string::npos) << line;
}

TEST(ICalendar, FoldsLinesAtSeventyFiveOctetsWithoutCuttingACharacter) {
  std::string title;
  for (int i = 0; i < 60; ++i) title += "渌口";
  const CalendarEvent one = event(title);
  const std::string file = icalendar({&one, 1}, "期限", "2026-03-02T01:00:00Z");
  std::size_t from = 0;
  while (from < file.size()) {
    const std::size_t end = file.find("\r\n", from);
    ASSERT_NE(end, std::string::npos);
    const std::string line = file.substr(from, end - from);
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_TRUE(is_valid_utf8(line)) << line;
    from = end + 2;
  }
  EXPECT_NE(unfolded(file).find("SUMMARY:" + title + "\r\n"), std::string::npos);
}

TEST(ICalendar, WhatANameHoldsEndsNeitherTheValueNorTheLine) {
  const CalendarEvent one = event("甲局,乙局;丙局\\丁局\r\nBEGIN:VEVENT");
  const std::string file = icalendar({&one, 1}, "期限", "2026-03-02T01:00:00Z");
  EXPECT_NE(unfolded(file).find("SUMMARY:甲局\\,乙局\\;丙局\\\\丁局\\nBEGIN:VEVENT\r\n"), std::string::npos) << file;
}

TEST(ICalendar, WithoutADayThereIsNoEvent) {
  CalendarEvent one = event("没有日子");
  one.date = "";
  EXPECT_EQ(icalendar({&one, 1}, "期限", "2026-03-02T01:00:00Z").find("VEVENT"), std::string::npos);
}

}  // namespace
}  // namespace jiheng::writing
