#include "ledgers/lease_account.h"

#include <algorithm>

#include "ledgers/measure_query.h"
#include "ledgers/rent.h"
#include "ledgers/schema.h"

namespace jiheng::ledgers {
namespace {

std::int64_t number_or_none(const store::Row& row, int column) {
  return row.is_null(column) ? 0 : row.integer(column);
}

/// The first day of "2026-03".
std::optional<Date> first_of(std::string_view month) {
  return Date::parse(std::string(month) + "-01");
}

}  // namespace

std::string_view kind_code(AccountLine::Kind kind) {
  switch (kind) {
    case AccountLine::Kind::opening:
      return "opening";
    case AccountLine::Kind::due:
      return "due";
    case AccountLine::Kind::waiver:
      return "waiver";
    default:
      return "receipt";
  }
}

Result<LeaseAccount> lease_account(const Ledgers& ledgers, std::string_view lease, Date by, std::optional<std::int64_t> as_of) {
  const Measure* measure = ledgers.catalogue().measure("assets.arrears");
  const RecordType* receipts = ledgers.catalogue().type("rent_receipt");
  const RecordType* waivers = ledgers.catalogue().type("rent_waiver");
  if (measure == nullptr || receipts == nullptr || waivers == nullptr)
    return Error{"not-found", "没有声明租赁合同、收款和减免的台账。", {}};
  const Asked asked{measure, {by, by}, {}, as_of};
  const MeasureQuery query(ledgers, asked, {});
  auto reading = ledgers.registry().store().read();
  LeaseAccount out;
  std::optional<LeaseTerms> terms;
  bool found = false;
  Statement sql;
  sql << "SELECT r.starts_on, r.ends_on, r.terminated_on, r.monthly_rent, r.rent_free_months, r.step_percent, r.opening_arrears";
  query.add_concerned(sql);
  query.add_counting(sql);
  sql << " AND r.id = ";
  sql.bind(lease);
  sql.query(*reading, [&](const store::Row& row) {
    found = true;
    if (!row.is_null(6)) out.lines.push_back({AccountLine::Kind::opening, std::nullopt, {}, row.integer(6), 0});
    if (row.is_null(0) || row.is_null(1) || row.is_null(3)) return;
    terms = LeaseTerms{Date() + row.small(0), Date() + row.small(1),  std::nullopt,
                       row.integer(3),        number_or_none(row, 4), number_or_none(row, 5)};
    if (!row.is_null(2)) terms->terminated_on = Date() + row.small(2);
  });
  if (!found) return Error{"not-found", "没有这份租赁合同，或已经作废。", {std::string(lease)}};
  if (!terms) return Error{"lease-incomplete", "合同缺少起止日期或月租金，算不出应收租金。", {std::string(lease)}};
  for (const RentMonth& month : months_due(*terms, by)) {
    out.lines.push_back({AccountLine::Kind::due, month.due_on, std::to_string(month.number), month.fen, 0});
  }
  Statement waived;
  waived << "SELECT m.id, m.month, m.amount FROM " << table_of(*waivers) << " m WHERE";
  query.add_standing(waived, "m");
  waived << " AND ";
  query.add_not_void(waived, *waivers, "m");
  waived << " AND m.lease_no = ";
  waived.bind(lease);
  waived.query(*reading, [&](const store::Row& row) {
    const auto month = row.is_null(1) ? std::optional<Date>() : first_of(row.text(1));
    if (month && *month <= by) out.lines.push_back({AccountLine::Kind::waiver, month, row.string(0), -number_or_none(row, 2), 0});
  });
  Statement received;
  received << "SELECT m.id, m.received_on, m.amount FROM " << table_of(*receipts) << " m WHERE";
  query.add_standing(received, "m");
  received << " AND ";
  query.add_not_void(received, *receipts, "m");
  received << " AND m.kind = 'rent' AND m.received_on <= ";
  received.bind(std::int64_t{by.days()});
  received << " AND m.lease_no = ";
  received.bind(lease);
  received.query(*reading, [&](const store::Row& row) {
    out.lines.push_back({AccountLine::Kind::receipt, Date() + row.small(1), row.string(0), -number_or_none(row, 2), 0});
  });
  std::stable_sort(out.lines.begin(), out.lines.end(), [](const AccountLine& a, const AccountLine& b) {
    return std::pair(a.on.value_or(Date() + -1'000'000), a.kind) < std::pair(b.on.value_or(Date() + -1'000'000), b.kind);
  });
  std::int64_t balance = 0;
  for (AccountLine& line : out.lines) line.balance = balance += line.fen;
  out.owed = std::max<std::int64_t>(balance, 0);
  return out;
}

}  // namespace jiheng::ledgers
