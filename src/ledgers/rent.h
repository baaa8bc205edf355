// The rent of a lease, month by month.
//
// A lease's months run from its first day (2026-03-15 to 2026-04-14 is its first month; the last day of a shorter month where there is
// none). Each is due on its first day, whole, also the last one that is cut short.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.h"

namespace jiheng::ledgers {

struct LeaseTerms {
  Date starts_on;
  Date ends_on;
  std::optional<Date> terminated_on;
  std::int64_t monthly_rent_fen = 0;
  std::int64_t rent_free_months = 0;
  std::int64_t step_millionths = 0;  ///< per cent a year × 10^6: 3 % is 3 000 000
};

struct RentMonth {
  int number = 0;  ///< from 1
  Date due_on;
  std::int64_t fen = 0;
};

/// The first day of the lease's month with that number.
Date first_day(Date starts_on, int number);
/// The rent of a month after so many whole years, rounded half up to the fen.
std::int64_t stepped_rent(std::int64_t monthly_rent_fen, std::int64_t step_millionths, int years);
/// The months due by the day, those that are free among them.
std::vector<RentMonth> months_due(const LeaseTerms& terms, Date by);

}  // namespace jiheng::ledgers
