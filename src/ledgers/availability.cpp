// 系统正常运转率: the share of the period without an unplanned outage.
#include <algorithm>

#include "ledgers/measure_query.h"

namespace jiheng::ledgers {

Computed availability(const MeasureQuery& query, store::Connection& connection, bool records) {
  Computed out;
  const std::int64_t begin = start_of_day_ms(query.asked().period.from);
  const std::int64_t end = start_of_day_ms(query.asked().period.to + 1);
  Statement sql;
  sql << "SELECT r.started_at, r.ended_at, r.id, r.revision";
  query.add_concerned(sql);
  query.add_counting(sql);
  sql << " ORDER BY r.started_at, r.id";
  std::int64_t down = 0;
  std::int64_t reached = begin;  // what lies before is counted
  sql.query(connection, [&](const store::Row& row) {
    const std::int64_t from = std::max(row.integer(0), reached);
    const std::int64_t to = row.is_null(1) ? end : std::min(row.integer(1), end);
    down += std::max<std::int64_t>(to - from, 0);
    reached = std::max(reached, to);
    if (records) out.counted.push_back({query.type().name, row.string(2), row.small(3), {}});
  });
  if (records) std::sort(out.counted.begin(), out.counted.end(), [](const Used& a, const Used& b) { return a.id < b.id; });
  const Decimal ms_a_second(1000);
  out.numerator = Decimal::quotient(Decimal(end - begin - down), ms_a_second, 3);
  out.denominator = Decimal::quotient(Decimal(end - begin), ms_a_second, 3);
  return out;
}

}  // namespace jiheng::ledgers
