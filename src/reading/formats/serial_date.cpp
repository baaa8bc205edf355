#include "reading/formats/serial_date.h"

#include <chrono>

namespace jiheng::reading {
namespace {

constexpr long long seconds_a_day = 86400;
constexpr long long last_serial = 2958465;  // 9999-12-31

std::string padded(long long value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() >= width ? text : std::string(width - text.size(), '0') + text;
}

/// The fraction of a day in whole seconds, rounded.
long long seconds_of(const StoredNumber& serial) {
  long long value = 0;
  for (const char c : serial.fraction(9)) value = value * 10 + (c - '0');
  return (value * seconds_a_day + 500'000'000) / 1'000'000'000;
}

constexpr std::string_view month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                            "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view day_names[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::string_view chinese_days[] = {"日", "一", "二", "三", "四", "五", "六"};

/// The day that the serial 0 stands for. The 1900 system counts a 29 February 1900 that never was, the serial 60.
std::chrono::sys_days first_day(bool from_1904, bool before_march_1900) {
  using namespace std::chrono;
  return from_1904 ? sys_days(year{1904} / 1 / 1) : sys_days(year{1899} / 12 / (before_march_1900 ? 31 : 30));
}

/// Two or four digits and no more; -1 for anything else.
int digits_at(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<StoredNumber> serial_of_day(std::string_view moment, bool from_1904) {
  using namespace std::chrono;
  constexpr std::size_t date_size = 10;
  if (moment.size() < date_size || moment[4] != '-' || moment[7] != '-') return std::nullopt;
  if (moment.size() > date_size && moment.find_first_not_of("T0:.Z", date_size) != std::string_view::npos) return std::nullopt;
  const int year_told = digits_at(moment, 0, 4);
  const int month_told = digits_at(moment, 5, 2);
  const int day_told = digits_at(moment, 8, 2);
  if (year_told < 1901 || month_told < 1 || day_told < 1) return std::nullopt;
  const year_month_day date = year{year_told} / month_told / day_told;
  if (!date.ok()) return std::nullopt;
  const auto serial = (sys_days(date) - first_day(from_1904, false)).count();
  return serial < 0 ? std::nullopt : parse_stored_number(std::to_string(serial));
}

std::optional<Moment> moment_of_serial(const StoredNumber& serial, bool from_1904) {
  if (serial.negative || serial.point > 7) return std::nullopt;
  long long days = 0;
  for (const char c : serial.whole()) days = days * 10 + (c - '0');
  long long seconds = seconds_of(serial);
  if (seconds == seconds_a_day) {
    ++days;
    seconds = 0;
  }
  if (days > last_serial) return std::nullopt;
  Moment moment;
  moment.elapsed_seconds = days * seconds_a_day + seconds;
  moment.hour = static_cast<int>(seconds / 3600);
  moment.minute = static_cast<int>(seconds / 60 % 60);
  moment.second = static_cast<int>(seconds % 60);
  using namespace std::chrono;
  const sys_days date = first_day(from_1904, days < 60) + std::chrono::days(days);
  const year_month_day calendar(date);
  moment.year = static_cast<int>(calendar.year());
  moment.month = static_cast<int>(static_cast<unsigned>(calendar.month()));
  moment.day = static_cast<int>(static_cast<unsigned>(calendar.day()));
  moment.weekday = static_cast<int>(weekday(date).c_encoding());
  return moment;
}

std::string Moment::part(std::string_view code, bool half_day) const {
  if (code == "上午") return hour < 12 ? "上午" : "下午";
  if (code == "AM") return hour < 12 ? "AM" : "PM";
  const std::size_t width = code.size();
  switch (code[0]) {
    case 'y':
      return width <= 2 ? padded(year % 100, 2) : padded(year, 4);
    case 'e':
      return std::to_string(year);
    case 'm':
      if (width == 3) return std::string(month_names[month - 1].substr(0, 3));
      if (width >= 4) return std::string(month_names[month - 1].substr(0, width == 5 ? 1 : std::string_view::npos));
      return padded(month, width);
    case 'd':
      if (width == 3) return std::string(day_names[weekday].substr(0, 3));
      if (width >= 4) return std::string(day_names[weekday]);
      return padded(day, width);
    case 'a':
      return width >= 4 ? "星期" + std::string(chinese_days[weekday]) : std::string(chinese_days[weekday]);
    case 'h':
      return padded(half_day ? (hour + 11) % 12 + 1 : hour, width);
    case 'i':
      return padded(minute, width);
    case 's':
      return padded(second, width);
    case 'H':
      return std::to_string(elapsed_seconds / 3600);
    case 'M':
      return std::to_string(elapsed_seconds / 60);
    case 'S':
      return std::to_string(elapsed_seconds);
    default:
      return "";
  }
}

}  // namespace jiheng::reading
