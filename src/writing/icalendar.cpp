#include "writing/icalendar.h"

#include "base/date.h"
#include "base/text.h"

namespace jiheng::writing {
namespace {

constexpr std::size_t longest_line = 75;  ///< octets, RFC 5545 3.1

/// RFC 5545 3.3.11: what would end the value or the line.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) {
      out += c;
    }
  }
  return out;
}

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
}

/// A line folded so that none is too long and no character is cut.
void put(std::string& out, std::string_view line) {
  std::size_t room = longest_line;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && !begins_character(line[cut])) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = longest_line - 1;
  }
  out.append(line).append("\r\n");
}

/// "2026-03-20" → "20260320".
std::string compact(std::string_view date) {
  return replace_all(std::string(date), "-", "");
}

void put_event(std::string& out, const CalendarEvent& event, const std::string& stamp) {
  const auto day = Date::parse(event.date);
  if (!day) return;
  put(out, "BEGIN:VEVENT");
  put(out, "UID:" + escaped(event.id) + "@jiheng");
  put(out, "DTSTAMP:" + stamp);
  put(out, "DTSTART;VALUE=DATE:" + compact(event.date));
  put(out, "DTEND;VALUE=DATE:" + compact((*day + 1).text()));
  put(out, "SUMMARY:" + escaped(event.title));
  if (!event.words.empty()) put(out, "DESCRIPTION:" + escaped(event.words));
  if (!event.address.empty()) put(out, "URL:" + event.address);
  put(out, "TRANSP:TRANSPARENT");
  if (event.reminds) {
    put(out, "BEGIN:VALARM");
    put(out, "ACTION:DISPLAY");
    put(out, "DESCRIPTION:" + escaped(event.title));
    put(out, "TRIGGER:-PT15H");
    put(out, "END:VALARM");
  }
  put(out, "END:VEVENT");
}

}  // namespace

std::string icalendar(std::span<const CalendarEvent> events, std::string_view name, std::string_view made_at) {
  const std::string stamp = replace_all(compact(made_at), ":", "");
  std::string out;
  put(out, "BEGIN:VCALENDAR");
  put(out, "VERSION:2.0");
  put(out, "PRODID:-//Jiheng//Jiheng//ZH");
  put(out, "CALSCALE:GREGORIAN");
  put(out, "METHOD:PUBLISH");
  put(out, "X-WR-CALNAME:" + escaped(name));
  put(out, "X-WR-TIMEZONE:Asia/Shanghai");
  for (const CalendarEvent& event : events) put_event(out, event, stamp);
  put(out, "END:VCALENDAR");
  return out;
}

}  // namespace jiheng::writing
