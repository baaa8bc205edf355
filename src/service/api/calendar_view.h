// 期限日历 as the page reads it, and as a file for other calendars.
#pragma once

#include <string>
#include <string_view>

#include "desks/performance/calendar.h"

namespace jiheng::service {

std::string calendar_json(const desks::Calendar& calendar);
/// `origin`: "https://jixiao.example.gov.cn", where the entries' pages stand; empty: without addresses.
std::string calendar_file(const desks::Calendar& calendar, std::string_view origin, std::string_view made_at, bool english);

/// The page that the entry is about: "/wall?year=2026".
std::string page_of(const desks::CalendarEntry& entry);

}  // namespace jiheng::service
