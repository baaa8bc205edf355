// Which days are worked in mainland China: the week, the State Council's holidays and its make-up work days.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/embedded.h"
#include "base/result.h"

namespace jiheng {

/// Immutable; threads may share it.
class WorkCalendar {
 public:
  /// The calendar compiled in: policies/holidays/, one file a year.
  static const WorkCalendar& state_council();
  /// Files as there: {"year", "papers", "days": [{"name", "date", "isOffDay"}]}. A year without papers is not announced yet. All years
  /// go into one map, because a year's file may hold the last days of the December before. Errors: calendar-shape (context: the file).
  static Result<WorkCalendar> of_files(std::span<const embedded::File> files);

  enum class Kind { work_day, weekend, holiday, make_up_work_day };
  Kind kind(Date date) const;
  bool is_work_day(Date date) const;
  /// 国庆节 …, of a holiday or a make-up work day; "" of others.
  std::string_view name(Date date) const;
  /// The notice that settles this day is not out: a year without one, or the last days of December before such a year, which
  /// it may still move. What is reckoned over such a day may change.
  bool is_provisional(Date date) const;

  /// The `count`-th work day after `start` (before it, where count is below 0); `start` itself for 0.
  Date add_work_days(Date start, int count) const;
  /// Work days after `from` up to `to`, `to` counted; below 0 where `to` is earlier: those after `to` up to `from`.
  int work_days_between(Date from, Date to) const;
  /// Changes where a day becomes worked or free: for what is kept that was reckoned by it.
  std::string fingerprint() const;

 private:
  struct Special {
    std::string name;
    bool off = true;
  };
  std::map<Date, Special> special_;
  std::set<int> announced_;
};

std::string_view kind_code(WorkCalendar::Kind kind);  ///< "make_up_work_day"
std::string_view kind_name(WorkCalendar::Kind kind);  ///< "调休上班"

}  // namespace jiheng
