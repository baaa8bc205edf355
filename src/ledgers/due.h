// What a record's deadlines say today.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/deadline.h"
#include "ledgers/ledgers.h"

namespace jiheng::ledgers {

struct Due {
  enum class State { running, paused, overdue, done, done_late };
  const Limit* limit = nullptr;
  Date due_on;
  int days_left = 0;  ///< work days, or days, from today; below 0: so many late
  State state = State::running;
  bool provisional = false;  ///< rests on days that no notice settles yet
  bool near = false;         ///< it runs, and not long any more
  /// Of a limit of hours: the moment, in milliseconds since 1970, and the minutes to it from now, below 0 since it.
  std::optional<std::int64_t> due_at;
  std::int64_t minutes_left = 0;
};
std::string_view state_code(Due::State state);

/// The deadlines that have begun, of each record in order; `today` is the day in China.
std::vector<std::vector<Due>> due_of(const Ledgers& ledgers, const RecordType& type, const std::vector<Entry>& entries, Date today);

/// How one of them is reckoned, day by day. Error: not-found (it has not begun, or ends on a day that the record names).
Result<Deadline> deadline_of(const Ledgers& ledgers, const RecordType& type, const Entry& entry, std::string_view limit, Date today);

}  // namespace jiheng::ledgers
