// 评审按时完成率: work days from the day after acceptance to conclusion, less the work days on which the case was paused.
#include <algorithm>
#include <unordered_map>

#include "base/work_calendar.h"
#include "ledgers/limit_length.h"
#include "ledgers/measure_query.h"
#include "ledgers/schema.h"
#include "ledgers/sums.h"

namespace jiheng::ledgers {
namespace {

/// Work days up to each day of a span, so that a count between two days is one subtraction.
class WorkDays {
 public:
  WorkDays(Date first, Date last) : first_(first) {
    const WorkCalendar& calendar = WorkCalendar::state_council();
    int count = 0;
    for (Date day = first; day <= last; ++day) counts_.push_back(count += calendar.is_work_day(day) ? 1 : 0);
  }
  /// Work days after `from` up to `to`, `to` counted.
  int between(int from, int to) const { return to <= from ? 0 : up_to(to) - up_to(from); }

 private:
  int up_to(int day) const {
    const int at = day - first_.days();
    if (at < 0 || counts_.empty()) return 0;
    return counts_[std::min(static_cast<std::size_t>(at), counts_.size() - 1)];
  }
  Date first_;
  std::vector<int> counts_;
};

struct Pause {
  int from = 0;  ///< first day of it
  int to = 0;    ///< first day after it
};
using Pauses = std::unordered_map<std::string, std::vector<Pause>>;

Pauses ask_pauses(const MeasureQuery& query, store::Connection& connection, std::vector<Used>* used) {
  Pauses pauses;
  const RecordType* type = query.ledgers().catalogue().type("case_pause");
  if (type == nullptr) return pauses;
  Statement sql;
  sql << "SELECT m.id, m.revision, m.case_no, m.paused_on, m.resumed_on FROM " << table_of(*type) << " m WHERE";
  query.add_standing(sql, "m");
  sql << " ORDER BY m.id";
  sql.query(connection, [&](const store::Row& row) {
    if (row.is_null(2) || row.is_null(3)) return;
    pauses[row.string(2)].push_back({row.small(3), row.is_null(4) ? Date::of(Date::last_year, 12, 31)->days() : row.small(4)});
    if (used != nullptr) used->push_back({type->name, row.string(0), row.small(1), row.string(2)});
  });
  return pauses;
}

/// Work days of the span on which the case was paused; a day in two pauses is one.
int paused_days(const WorkDays& days, std::vector<Pause>& pauses, int after, int until) {
  std::sort(pauses.begin(), pauses.end(), [](const Pause& a, const Pause& b) { return a.from < b.from; });
  int paused = 0;
  int reached = after;  // what lies up to here is counted
  for (const Pause& pause : pauses) {
    const int from = std::max(pause.from - 1, reached);
    const int to = std::min(pause.to - 1, until);
    paused += days.between(from, to);
    reached = std::max(reached, to);
  }
  return paused;
}

/// Cases that are on time for their pauses alone. What is kept by day knows nothing of pauses; few cases have any.
std::int64_t saved_by_pauses(const MeasureQuery& query, store::Connection& connection, const WorkDays& days, Pauses& pauses, int limit) {
  std::vector<std::string_view> ids;
  for (const auto& [id, each] : pauses) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  std::int64_t saved = 0;
  const Period& period = query.asked().period;
  for (std::size_t at = 0; at < ids.size(); at += most_listed_ids) {
    const std::vector<std::string_view> some(ids.begin() + static_cast<std::ptrdiff_t>(at),
                                             ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), at + most_listed_ids)));
    Statement sql;
    sql << "SELECT r.accepted_on, r.concluded_on, r.id FROM " << table_of(query.type()) << " r WHERE";
    query.add_standing(sql, "r");
    sql << " AND r.id";
    sql.bind_list(some);
    query.add_counting(sql);
    sql.query(connection, [&](const store::Row& row) {
      if (row.is_null(1) || row.integer(1) < period.from.days() || row.integer(1) > period.to.days()) return;
      const int accepted = row.is_null(0) ? 0 : row.small(0);
      const int taken = days.between(accepted, row.small(1));
      if (taken <= limit) return;
      saved += taken - paused_days(days, pauses.at(row.string(2)), accepted, row.small(1)) <= limit ? 1 : 0;
    });
  }
  return saved;
}

}  // namespace

Computed review_on_time(const MeasureQuery& query, store::Connection& connection, bool records) {
  Computed out;
  std::vector<Used> pauses_used;
  Pauses pauses = ask_pauses(query, connection, records ? &pauses_used : nullptr);
  const Period& period = query.asked().period;
  int usual = 0;
  std::string by_case;  // days by kind and amount, where the pack of the period's last day has them
  for (const Limit& each : query.type().limits) {
    if (each.name != "review") continue;
    usual = each.days;
    by_case = length_case(query.ledgers(), query.type(), each, period.to, "r");
  }
  out.rule = by_case;
  // Acceptance lies some years before the period at most; what is older took too long whatever the holidays were.
  const WorkDays days(Date::of(std::max(period.from.year() - 10, Date::first_year), 1, 1).value_or(period.from), period.to);
  // What is kept by day knows the usual limit alone.
  if (!records && by_case.empty()) {
    if (const auto kept = kept_figure(query, connection)) {
      out.numerator = kept->numerator + Decimal(saved_by_pauses(query, connection, days, pauses, usual));
      out.denominator = Decimal(kept->counted);
      return out;
    }
  }
  const bool by_id = records || !pauses.empty();
  Statement sql;
  sql << "SELECT r.accepted_on, r.concluded_on, " << (by_case.empty() ? "NULL" : by_case) << (by_id ? ", r.id, r.revision" : "");
  query.add_concerned(sql);
  query.add_counting(sql);
  if (by_id) sql << " ORDER BY r.id";
  std::int64_t all = 0;
  std::int64_t on_time = 0;
  std::unordered_map<std::string, bool> cases;
  sql.query(connection, [&](const store::Row& row) {
    ++all;
    const int accepted = row.small(0);
    const int concluded = row.small(1);
    const int limit = row.is_null(2) ? usual : row.small(2);
    int taken = days.between(accepted, concluded);
    if (by_id && taken > limit) {
      const auto paused = pauses.find(row.string(3));
      if (paused != pauses.end()) taken -= paused_days(days, paused->second, accepted, concluded);
    }
    on_time += taken <= limit ? 1 : 0;
    if (!records) return;
    out.counted.push_back({query.type().name, row.string(3), row.small(4), {}});
    cases.emplace(row.string(3), true);
  });
  for (Used& each : pauses_used) {
    if (!cases.contains(each.reason)) continue;
    each.reason.clear();
    out.consulted.push_back(std::move(each));
  }
  out.numerator = Decimal(on_time);
  out.denominator = Decimal(all);
  return out;
}

}  // namespace jiheng::ledgers
