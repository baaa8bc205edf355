#include "access/day.h"

#include "base/date.h"

namespace jiheng::access {

std::string local_day(std::int64_t seconds) {
  constexpr std::int64_t east_of_greenwich = 8 * 3600;
  constexpr std::int64_t day = 24 * 3600;
  return (Date() + static_cast<int>((seconds + east_of_greenwich) / day)).text();
}

bool is_day(std::string_view text) {
  return Date::parse(text).has_value();
}

std::string day_before(std::string_view day) {
  return (Date::parse(day).value_or(Date()) - 1).text();
}

int days_between(std::string_view from, std::string_view to) {
  return Date::parse(to).value_or(Date()) - Date::parse(from).value_or(Date());
}

}  // namespace jiheng::access
