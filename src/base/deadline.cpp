#include "base/deadline.h"

#include <algorithm>

namespace jiheng {
namespace {

constexpr int most_days = 3660;

bool is_paused(const DeadlineRequest& request, Date date) {
  return std::any_of(request.pauses.begin(), request.pauses.end(),
                     [&](const Pause& pause) { return pause.from <= date && date <= pause.to; });
}

}  // namespace

Result<Deadline> reckon(DeadlineRequest request, const WorkCalendar& calendar) {
  if (request.days < 0 || request.extension < 0 || request.days > most_days || request.extension > most_days - request.days)
    return Error{"deadline-days", "天数连同延长应在0到" + std::to_string(most_days) + "之间。请核对。", {}};
  for (const Pause& pause : request.pauses) {
    if (pause.to < pause.from)
      return Error{"deadline-pause", "暂停从" + pause.from.text() + "到" + pause.to.text() + "，结束早于开始。请核对。", {}};
  }
  Deadline deadline;
  const int wanted = request.days + request.extension;
  Date date = request.start;
  for (int counted = 0; counted < wanted;) {
    ++date;
    if (!date.is_in_range())
      return Error{"deadline-range", "算到了" + std::to_string(Date::last_year) + "年以后，请核对起算日期和暂停的日期。", {}};
    DeadlineDay day;
    day.date = date;
    day.kind = calendar.kind(date);
    day.name = calendar.name(date);
    day.paused = is_paused(request, date);
    day.provisional = request.work_days && calendar.is_provisional(date);
    if (!day.paused && (!request.work_days || calendar.is_work_day(date))) {
      day.counted = ++counted;
      day.extended = counted > request.days;
    }
    deadline.provisional = deadline.provisional || day.provisional;
    deadline.days.push_back(std::move(day));
  }
  deadline.due = date;
  deadline.request = std::move(request);
  return deadline;
}

}  // namespace jiheng
