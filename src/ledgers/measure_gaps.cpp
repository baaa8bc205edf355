#include "ledgers/measure_gaps.h"

#include <set>

#include "ledgers/schema.h"
#include "ledgers/sums.h"

namespace jiheng::ledgers {
namespace {

std::string month_text(int year, int month) {
  return std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

void tell_gap(const MeasureQuery& query, Figure& figure, std::size_t need, const std::string& count, const std::string& first) {
  figure.gaps.push_back(count + "条" + query.type().label + query.asked().measure->needs[need].reason + "（" + first +
                        (count != "1" ? " 等）" : "）"));
}

}  // namespace

void ask_months(const MeasureQuery& query, store::Connection& connection, Figure& figure, std::vector<Used>* used) {
  const auto& months = query.asked().measure->months;
  if (!months) return;
  const RecordType& type = *query.ledgers().catalogue().type(months->type);
  const Period& period = query.asked().period;
  const std::string first = month_text(period.from.year(), period.from.month());
  const std::string last = month_text(period.to.year(), period.to.month());
  Statement sql;
  const std::string column = "m." + column_of(*type.field(months->month));
  sql << "SELECT m.id, m.revision, " << column << " FROM " << table_of(type) << " m WHERE";
  query.add_standing(sql, "m");
  sql << " AND ";
  query.add_not_void(sql, type, "m");
  sql << " AND " << column << " >= ";
  sql.bind(std::string_view(first));
  sql << " AND " << column << " <= ";
  sql.bind(std::string_view(last));
  if (months->when) {
    sql << " AND ";
    query.add_of(sql, type, "m", *months->when);
  }
  sql << " ORDER BY m.id";
  std::set<std::string, std::less<>> reported;
  sql.query(connection, [&](const store::Row& row) {
    reported.insert(row.string(2));
    if (used != nullptr) used->push_back({type.name, row.string(0), row.small(1), {}});
  });
  for (int year = period.from.year(), month = period.from.month(); month_text(year, month) <= last; ++month) {
    if (month > 12) {
      month = 1;
      ++year;
      if (month_text(year, month) > last) break;
    }
    if (!reported.contains(month_text(year, month))) figure.gaps.push_back(month_text(year, month) + " " + months->missing);
  }
}

void ask_gaps(const MeasureQuery& query, store::Connection& connection, Figure& figure, bool kept) {
  const Measure& measure = *query.asked().measure;
  if (kept) {
    for (const KeptGap& gap : kept_gaps(query, connection)) tell_gap(query, figure, gap.need, std::to_string(gap.count), gap.first);
    return;
  }
  Statement sql;
  sql << "SELECT reason, COUNT(*), MIN(id) FROM (SELECT r.id AS id, ";
  query.add_reason(sql);
  sql << " AS reason";
  query.add_concerned(sql);
  query.add_left_out(sql);
  sql << ") left_out GROUP BY reason ORDER BY reason";
  sql.query(connection, [&](const store::Row& row) {
    const auto need = row.integer(0);
    if (need < 0 || !measure.needs[static_cast<std::size_t>(need)].gap) return;
    tell_gap(query, figure, static_cast<std::size_t>(need), row.string(1), row.string(2));
  });
}

}  // namespace jiheng::ledgers
