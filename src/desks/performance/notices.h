// What happened to one's units' filings, as one is told when he comes in (通知): derived from the journal and the year whenever it is asked
// for; only what he has read is kept, and that is no business record.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/principal.h"
#include "desks/performance/years.h"
#include "registry/registry.h"

namespace jiheng::desks {

struct Notice {
  /// form: of monitoring or self-evaluation; alarm: a red light that wants an answer; problem: 问题整改. From `password` on: of one's own
  /// account (ASVS 2.2.3, 2.5.5).
  enum class Kind {
    returned,
    approved,
    extended,
    due_soon,
    overdue,
    form_returned,
    form_due_soon,
    form_overdue,
    alarm_raised,
    alarm_refused,
    alarm_due_soon,
    alarm_overdue,
    problem_raised,
    problem_returned,
    problem_extended,
    problem_kept,
    problem_due_soon,
    problem_overdue,
    password,
    second_factor,
    link,
    posts,
    mail
  };

  std::string id;
  Kind kind = Kind::returned;
  std::string at;  ///< UTC; of what is true today: today's day
  int year = 0;
  std::string unit_name;
  Text submission;
  int work_days = 0;  ///< left, or given
  Text due;
  Text why;
  Text by;         ///< who changed the account, as the journal names him
  Text form;       ///< of a form: "monitoring", "self_evaluation"
  int month = 12;  ///< of a form: up to the end of it
  Text about;      ///< what is red; a problem's number
  Text page;       ///< where it leads, of what is no submission
  bool read = false;
};
std::string_view notice_kind_code(Notice::Kind kind);  ///< "returned"

/// Within so many work days of its end a window is worth a notice.
inline constexpr int days_of_warning = 3;

bool is_of_account(Notice::Kind kind);

/// For whoever files or signs for a unit, or answers its problems, and for everybody what was done to his account once he had begun to use
/// it; the newest in front, what is not read before what is. The bureau's own people have the wall.
std::vector<Notice> notices_of(registry::Registry& registry, const Years& years, const access::Principal& who);
/// How many notices he has read: it only grows, and moves with every one.
std::int64_t notices_marked(registry::Registry& registry, const access::Principal& who);
/// Of those ids the ones that are notices of his.
void mark_read(registry::Registry& registry, const Years& years, const std::vector<std::string>& ids, const access::Principal& who);

}  // namespace jiheng::desks
