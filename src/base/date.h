// A day of the calendar, without a time: dates of deadlines are days in China, whatever the machine's clock says.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace jiheng {

class Date {
 public:
  static constexpr int first_year = 1900;
  static constexpr int last_year = 2199;

  /// 1970-01-01.
  constexpr Date() = default;
  /// "2026-09-24" and nothing else; a day that exists, within the years above. Anything else: nullopt.
  static std::optional<Date> parse(std::string_view text);
  static std::optional<Date> of(int year, int month, int day);

  std::string text() const;
  int year() const;
  int month() const;
  int day() const;
  /// 1 Monday … 7 Sunday.
  int weekday() const;
  std::string_view weekday_name() const;  ///< 星期一 …
  /// Within the years above: the days beyond are not reckoned with.
  bool is_in_range() const;

  /// Days since 1970-01-01.
  constexpr int days() const { return days_; }
  constexpr Date& operator++() { return *this += 1; }
  constexpr Date& operator--() { return *this += -1; }
  constexpr Date& operator+=(int days) {
    days_ += days;
    return *this;
  }
  friend constexpr Date operator+(Date date, int days) { return date += days; }
  friend constexpr Date operator-(Date date, int days) { return date += -days; }
  friend constexpr int operator-(Date a, Date b) { return a.days_ - b.days_; }
  friend constexpr auto operator<=>(const Date&, const Date&) = default;

 private:
  int days_ = 0;
};

}  // namespace jiheng
