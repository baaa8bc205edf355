#include "access/day.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

namespace jiheng::access {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

std::optional<year_month_day> parsed(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  unsigned numbers[3] = {};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    unsigned& number = numbers[i < 4 ? 0 : i < 7 ? 1 : 2];
    number = number * 10 + static_cast<unsigned>(text[i] - '0');
  }
  const year_month_day day{std::chrono::year{static_cast<int>(numbers[0])}, std::chrono::month{numbers[1]}, std::chrono::day{numbers[2]}};
  constexpr std::chrono::year first{1900};
  return day.ok() && day.year() >= first ? std::optional(day) : std::nullopt;
}

sys_days days_of(std::string_view text) {
  return sys_days(parsed(text).value_or(year_month_day{}));
}

std::string text_of(const year_month_day& day) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                static_cast<unsigned>(day.day()));
  return text.data();
}

}  // namespace

std::string local_day(std::int64_t seconds) {
  constexpr std::chrono::hours east_of_greenwich{8};
  const std::chrono::sys_seconds moment{std::chrono::seconds{seconds} + east_of_greenwich};
  return text_of(year_month_day(std::chrono::floor<std::chrono::days>(moment)));
}

bool is_day(std::string_view text) {
  return parsed(text).has_value();
}

std::string day_before(std::string_view day) {
  return text_of(year_month_day(days_of(day) - std::chrono::days{1}));
}

int days_between(std::string_view from, std::string_view to) {
  return static_cast<int>((days_of(to) - days_of(from)).count());
}

}  // namespace jiheng::access
