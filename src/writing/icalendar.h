// Days with something on them as an iCalendar file (RFC 5545), for the calendar of a telephone or of an office program.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace jiheng::writing {

struct CalendarEvent {
  std::string id;    ///< the same when the file is made again: the calendar then mends its entry instead of adding one
  std::string date;  ///< ISO; the event takes the whole day
  std::string title;
  std::string words;    ///< more about it; may be empty
  std::string address;  ///< of its page; may be empty
  bool reminds = true;  ///< at nine in the morning of the day before
};

/// `made_at`: UTC, as registry::utc_text() writes it. `name`: what the calendar calls itself.
std::string icalendar(std::span<const CalendarEvent> events, std::string_view name, std::string_view made_at);

}  // namespace jiheng::writing
