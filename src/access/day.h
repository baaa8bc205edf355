// Days as posts and delegations name them: ISO dates of the bureau's time (Asia/Shanghai).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jiheng::access {

/// The bureau's day of a moment (seconds since 1970): "2026-11-26".
std::string local_day(std::int64_t seconds);
/// Whether the text is a day of the calendar as we write it.
bool is_day(std::string_view text);
/// Of a text that is_day().
std::string day_before(std::string_view day);
/// From one day to another, both is_day().
int days_between(std::string_view from, std::string_view to);

}  // namespace jiheng::access
