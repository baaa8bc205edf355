// A deadline that explains itself: from the start to the last day, what each day is and whether it counts.
#pragma once

#include <string>
#include <vector>

#include "base/work_calendar.h"

namespace jiheng {

/// Days that do not count: material was sent back, work was stopped.
struct Pause {
  Date from;
  Date to;  ///< the last day of it
  std::string why;
};

struct DeadlineRequest {
  std::string rule;  ///< what asks for it: a pack's parameter, a document's clause
  Date start;        ///< the day that it runs from; the first day counted is the next
  int days = 0;
  bool work_days = true;  ///< else days of the calendar
  std::vector<Pause> pauses;
  int extension = 0;  ///< days added by approval
  std::string extension_why;
};

struct DeadlineDay {
  Date date;
  WorkCalendar::Kind kind = WorkCalendar::Kind::work_day;
  std::string name;  ///< of the holiday
  bool paused = false;
  int counted = 0;        ///< the how-manieth day it is; 0: it does not count
  bool extended = false;  ///< it counts by the extension alone
  bool provisional = false;
};

struct Deadline {
  DeadlineRequest request;
  Date due;                       ///< the last day; the start itself where no day is given
  std::vector<DeadlineDay> days;  ///< every day after the start up to `due`
  /// Some day on the way is not settled by a notice yet: to be reckoned again when it is out.
  bool provisional = false;
};

/// Errors: deadline-days (0 to 3660 days, the extension among them), deadline-pause (ends before it begins), deadline-range (leaves the
/// years that a Date holds).
Result<Deadline> reckon(DeadlineRequest request, const WorkCalendar& calendar = WorkCalendar::state_council());

std::string deadline_json(const Deadline& deadline);
/// Chinese, a line a day.
std::string deadline_text(const Deadline& deadline);

}  // namespace jiheng
