// 欠租: lease by lease, what was owed when the ledger began and what fell due since, less what was waived and received, never below 0.
#include <algorithm>
#include <unordered_map>

#include "ledgers/measure_query.h"
#include "ledgers/rent.h"
#include "ledgers/schema.h"

namespace jiheng::ledgers {
namespace {

using ByLease = std::unordered_map<std::string, std::int64_t>;

void add_used(std::vector<Used>* used, const std::string& type, const store::Row& row) {
  if (used != nullptr) used->push_back({type, row.string(0), row.small(1), {}});
}

/// Σ amount by lease of another type's records up to the day.
void ask_amounts(const MeasureQuery& query, store::Connection& connection, const char* name, const char* condition, std::string_view bound,
                 std::int64_t day, ByLease& amounts, std::vector<Used>* used) {
  const RecordType* type = query.ledgers().catalogue().type(name);
  if (type == nullptr) return;
  Statement sql;
  sql << "SELECT m.id, m.revision, m.lease_no, m.amount FROM " << table_of(*type) << " m WHERE";
  query.add_standing(sql, "m");
  sql << " AND ";
  query.add_not_void(sql, *type, "m");
  sql << " AND " << condition;
  bound.empty() ? sql.bind(day) : sql.bind(bound);
  sql << " ORDER BY m.id";
  sql.query(connection, [&](const store::Row& row) {
    if (row.is_null(2) || row.is_null(3)) return;
    amounts[row.string(2)] += row.integer(3);
    add_used(used, type->name, row);
  });
}

std::int64_t number_or_none(const store::Row& row, int column) {
  return row.is_null(column) ? 0 : row.integer(column);
}

}  // namespace

Computed arrears(const MeasureQuery& query, store::Connection& connection, bool records) {
  Computed out;
  const Date to = query.asked().period.to;
  ByLease paid;
  std::vector<Used>* consulted = records ? &out.consulted : nullptr;
  ask_amounts(query, connection, "rent_receipt", "m.kind = 'rent' AND m.received_on <= ", {}, to.days(), paid, consulted);
  // A month of the calendar has begun by the day when it is not later than the day's own.
  const std::string month = to.text().substr(0, 7);
  ask_amounts(query, connection, "rent_waiver", "m.month <= ", month, 0, paid, consulted);
  Statement sql;
  sql << "SELECT r.id, r.revision, r.starts_on, r.ends_on, r.terminated_on, r.monthly_rent, r.rent_free_months, r.step_percent, "
         "r.opening_arrears";
  query.add_concerned(sql);
  query.add_counting(sql);
  sql << " ORDER BY r.id";
  std::int64_t owed = 0;
  sql.query(connection, [&](const store::Row& row) {
    if (records) out.counted.push_back({query.type().name, row.string(0), row.small(1), {}});
    if (row.is_null(2) || row.is_null(3) || row.is_null(5)) return;
    LeaseTerms terms{Date() + row.small(2), Date() + row.small(3),  std::nullopt,
                     row.integer(5),        number_or_none(row, 6), number_or_none(row, 7)};
    if (!row.is_null(4)) terms.terminated_on = Date() + row.small(4);
    std::int64_t lease = number_or_none(row, 8);
    for (const RentMonth& each : months_due(terms, to)) lease += each.fen;
    if (const auto found = paid.find(row.string(0)); found != paid.end()) lease -= found->second;
    owed += std::max<std::int64_t>(lease, 0);
  });
  out.numerator = Decimal::quotient(Decimal(owed), Decimal(100), 2);
  return out;
}

}  // namespace jiheng::ledgers
