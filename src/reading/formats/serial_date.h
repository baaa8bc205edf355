// A spreadsheet's dates: days since 1900 or 1904, the time of day as the fraction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "reading/formats/stored_number.h"

namespace jiheng::reading {

struct Moment {
  int year = 0;
  int month = 0;
  int day = 0;
  int weekday = 0;  ///< 0 Sunday
  int hour = 0;
  int minute = 0;
  int second = 0;
  long long elapsed_seconds = 0;  ///< since the serial 0

  /// One part of a date format: "yyyy", "m", "dd", "hh", "ii" (minutes), "aaaa" (星期二), "上午", "H" (elapsed hours) …
  std::string part(std::string_view code, bool half_day) const;
};

/// nullopt where no date has this serial (negative, beyond the year 9999).
std::optional<Moment> moment_of_serial(const StoredNumber& serial, bool from_1904);
/// The serial of the day in "2026-03-01T00:00:00.000"; nullopt where that is no day since 1901, or has a time of day.
std::optional<StoredNumber> serial_of_day(std::string_view moment, bool from_1904);

}  // namespace jiheng::reading
