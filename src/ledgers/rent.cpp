#include "ledgers/rent.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>

namespace jiheng::ledgers {

Date first_day(Date starts_on, int number) {
  const int months = starts_on.year() * 12 + starts_on.month() - 1 + number - 1;
  const int year = months / 12;
  const int month = months % 12 + 1;
  for (int day = starts_on.day(); day > 28; --day) {
    if (const auto date = Date::of(year, month, day)) return *date;
  }
  return Date::of(year, month, std::min(starts_on.day(), 28)).value_or(Date::of(Date::last_year, 12, 31).value());
}

std::int64_t stepped_rent(std::int64_t monthly_rent_fen, std::int64_t step_millionths, int years) {
  if (years <= 0 || step_millionths == 0) return monthly_rent_fen;
  // Exact: after twenty years at 2.5 % the factor has sixty digits.
  using Whole = boost::multiprecision::cpp_int;
  const Whole base = 100'000'000;
  const auto power = static_cast<unsigned>(years);
  const Whole above = Whole(monthly_rent_fen) * boost::multiprecision::pow(base + step_millionths, power);
  const Whole below = boost::multiprecision::pow(base, power);
  return static_cast<std::int64_t>((2 * above + below) / (2 * below));
}

std::vector<RentMonth> months_due(const LeaseTerms& terms, Date by) {
  Date last = std::min(by, terms.ends_on);
  if (terms.terminated_on) last = std::min(last, *terms.terminated_on);
  std::vector<RentMonth> months;
  std::int64_t rent = 0;
  for (int number = 1; number <= 12 * (Date::last_year - Date::first_year); ++number) {
    const Date due_on = first_day(terms.starts_on, number);
    if (due_on > last) break;
    if ((number - 1) % 12 == 0) rent = stepped_rent(terms.monthly_rent_fen, terms.step_millionths, (number - 1) / 12);
    months.push_back({number, due_on, number <= terms.rent_free_months ? 0 : rent});
  }
  return months;
}

}  // namespace jiheng::ledgers
