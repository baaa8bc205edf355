#include "base/date.h"

#include <array>
#include <chrono>

namespace jiheng {
namespace {

namespace chrono = std::chrono;

chrono::year_month_day civil(int days) {
  return chrono::year_month_day(chrono::sys_days(chrono::days(days)));
}

/// Digits alone; -1 where there is another character.
int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> Date::of(int year, int month, int day) {
  if (year < first_year || year > last_year || month < 1 || month > 12 || day < 1) return std::nullopt;
  const chrono::year_month_day date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                    chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  Date out;
  out.days_ = static_cast<int>(chrono::sys_days(date).time_since_epoch().count());
  return out;
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  return of(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8)));
}

std::string Date::text() const {
  const chrono::year_month_day date = civil(days_);
  const int year = static_cast<int>(date.year());
  std::string out = std::to_string(year);
  if (out.size() < 4) out.insert(0, 4 - out.size(), '0');
  for (const unsigned part : {static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())})
    out += {'-', static_cast<char>('0' + part / 10), static_cast<char>('0' + part % 10)};
  return out;
}

int Date::year() const {
  return static_cast<int>(civil(days_).year());
}

int Date::month() const {
  return static_cast<int>(static_cast<unsigned>(civil(days_).month()));
}

int Date::day() const {
  return static_cast<int>(static_cast<unsigned>(civil(days_).day()));
}

int Date::weekday() const {
  return static_cast<int>(chrono::weekday(chrono::sys_days(chrono::days(days_))).iso_encoding());
}

std::string_view Date::weekday_name() const {
  static constexpr std::array<std::string_view, 7> names = {"星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"};
  return names[static_cast<std::size_t>(weekday() - 1)];
}

bool Date::is_in_range() const {
  return year() >= first_year && year() <= last_year;
}

}  // namespace jiheng
