// 期限日历: what is due for one person and when, on the State Council's work calendar. Derived from years, submissions, publications, forms
// of monitoring and self-evaluation, red lights, problems and delegations whenever it is asked for; nothing of it is kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/work_calendar.h"
#include "desks/performance/publication.h"
#include "desks/performance/submissions.h"
#include "desks/performance/years.h"
#include "registry/registry.h"

namespace jiheng::desks {

/// Units that have the same thing due on the same day are one entry. Of red lights and problems each is counted, of the same unit, too.
struct CalendarEntry {
  /// form: of monitoring or self-evaluation, to be filed; alarm: a red light, to be answered; problem: to be put right. What is behind them
  /// waits for the next person: to sign, to check, to close, to give more time.
  enum class Kind {
    opens,
    filing,
    step,
    publication,
    form,
    form_sign,
    form_check,
    alarm,
    alarm_check,
    problem,
    problem_check,
    problem_close,
    problem_time,
    delegation
  };

  std::string id;  ///< the same whenever it is asked for, so that a calendar program knows it again
  Kind kind = Kind::filing;
  std::string date;                ///< ISO; of what has no limit: today
  int year = 0;                    ///< 0: of no year of filing
  int count = 0;                   ///< units that still owe it
  int total = 0;                   ///< of how many
  std::vector<std::string> units;  ///< names of those that owe it (of all where none does), at most most_named_units
  Text submission;                 ///< where it is about one
  std::optional<Step> step;
  bool limited = true;  ///< false: waits for him, and no rule says until when
  bool extended = false;
  Text why;                          ///< of the extension of one unit
  Text form;                         ///< of a form: "monitoring", "self_evaluation"
  int month = 12;                    ///< of a form: up to the end of it
  Text page;                         ///< where it is to be done, of what is no submission
  std::optional<access::Role> role;  ///< of a delegation
  bool given = false;                ///< of a delegation: by him, else to him
  int days_left = 0;
  bool work_days = true;  ///< else days of the calendar
  bool overdue = false;
  bool done = false;
  bool provisional = false;  ///< a notice on the way there is not out yet
};
std::string_view calendar_kind_code(CalendarEntry::Kind kind);  ///< "filing"

inline constexpr std::size_t most_named_units = 20;
/// How many days one may ask for at once.
inline constexpr int longest_calendar = 400;

struct CalendarDay {
  Date date;
  WorkCalendar::Kind kind = WorkCalendar::Kind::work_day;
  std::string name;
  bool provisional = false;
};

struct Calendar {
  Date today;
  std::vector<CalendarDay> days;       ///< every day asked for
  std::vector<CalendarEntry> entries;  ///< by day, what is not done in front
};

/// From one day to another, both included, within what he may see. Error: calendar-range (`to` before `from`, or too far apart).
Result<Calendar> calendar_of(registry::Registry& registry, const Years& years, const Submissions& submissions,
                             const Publications& publications, Date from, Date to, const access::Principal& who);

}  // namespace jiheng::desks
