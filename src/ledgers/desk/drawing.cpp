#include "ledgers/desk/drawing.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "ledgers/measure_query.h"
#include "ledgers/papers/arrears_rows.h"
#include "ledgers/rent.h"
#include "ledgers/schema.h"

namespace jiheng::ledgers {
namespace {

constexpr int most_names = 12;

Date first_of_month(int year, int month) {
  return *Date::of(year, month, 1);
}
Date last_of_month(int year, int month) {
  return (month == 12 ? first_of_month(year + 1, 1) : first_of_month(year, month + 1)) - 1;
}
Period year_so_far(Date today) {
  return {first_of_month(today.year(), 1), today};
}
std::string month_label(int month) {
  return std::to_string(month) + "月";
}

class Draughtsman {
 public:
  Draughtsman(const Ledgers& ledgers, const Chart& chart, Date today) : ledgers_(ledgers), chart_(chart), today_(today) {
    out_.chart = &chart;
    measure_ = ledgers.catalogue().measure(chart.measure);
    if (measure_ != nullptr) out_.unit = measure_->unit;
  }

  Result<Drawing> draw() {
    std::optional<Error> error;
    switch (chart_.kind) {
      case Chart::Kind::figure:
        error = add_measured(std::to_string(today_.year()) + "年", year_so_far(today_), {});
        break;
      case Chart::Kind::months:
        for (int month = 1; month <= today_.month() && !error; ++month)
          error = add_measured(month_label(month), {first_of_month(today_.year(), month), last_of_month(today_.year(), month)}, {});
        break;
      case Chart::Kind::names:
        error = add_names();
        break;
      case Chart::Kind::groups:
        add_groups();
        break;
      case Chart::Kind::ahead:
        add_ahead();
        break;
      case Chart::Kind::curve:
        error = add_curve();
        break;
      case Chart::Kind::arrears:
        add_arrears();
        break;
    }
    if (error) return std::move(*error);
    return std::move(out_);
  }

 private:
  std::optional<Error> add_measured(std::string label, Period period, const std::string& project) {
    const auto weighed = weigh(ledgers_, {measure_, period, project, {}});
    if (!weighed) return weighed.error();
    ChartPoint point;
    point.label = std::move(label);
    point.value = weighed->figure.value;
    point.code = project;
    point.period = period;
    out_.points.push_back(std::move(point));
    if (chart_.kind == Chart::Kind::figure) out_.gaps = weighed->figure.gaps;
    return std::nullopt;
  }

  std::optional<Error> add_names() {
    const RecordType& type = *ledgers_.catalogue().type(measure_->type);
    const Field& field = *type.field(measure_->project);
    if (field.kind == Kind::reference) return std::nullopt;
    std::vector<std::string> names;
    ledgers_.registry().store().read()->query(
        "SELECT DISTINCT " + column_of(field) + " FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL AND " +
            column_of(field) + " IS NOT NULL ORDER BY " + column_of(field) + " LIMIT " + std::to_string(most_names),
        {ledgers_.registry().tenant()}, [&](const store::Row& row) { names.push_back(row.string(0)); });
    for (const std::string& name : names) {
      if (auto error = add_measured(name, year_so_far(today_), name)) return error;
    }
    return std::nullopt;
  }

  /// FROM … WHERE …: the chart's records.
  std::string records(const RecordType& type, std::vector<Value>& values) const {
    std::string sql = " FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL";
    values.emplace_back(ledgers_.registry().tenant());
    for (const std::string& state : type.void_states) {
      sql += " AND (" + column_of(*type.field(type.state)) + " IS NULL OR " + column_of(*type.field(type.state)) + " <> ?)";
      values.emplace_back(state);
    }
    if (chart_.where) {
      sql += " AND " + chart_.where->sql([&](std::string_view name) { return column_of(*type.field(name)); },
                                         [&](std::string_view) { return std::to_string(today_.days()); });
    }
    return sql;
  }

  void add_groups() {
    const RecordType& type = *ledgers_.catalogue().type(chart_.type);
    const Field& by = *type.field(chart_.by);
    std::vector<Value> values;
    const std::string sql = "SELECT " + column_of(by) + ", COUNT(*)" + records(type, values) + " GROUP BY " + column_of(by);
    std::unordered_map<std::string, std::int64_t> counted;
    ledgers_.registry().store().read()->query_all(sql, values, [&](const store::Row& row) {
      if (!row.is_null(0)) counted[row.string(0)] = row.integer(1);
    });
    out_.unit = "条";
    for (const Choice& each : by.choices) {
      if (!counted.contains(each.code)) continue;
      ChartPoint point;
      point.label = each.label;
      point.value = Decimal(counted[each.code]);
      point.code = each.code;
      out_.points.push_back(std::move(point));
    }
  }

  void add_ahead() {
    const RecordType& type = *ledgers_.catalogue().type(chart_.type);
    const std::string day = column_of(*type.field(chart_.by));
    out_.unit = "条";
    int from = 0;
    for (const int days : chart_.days) {
      const Period period{today_ + from, today_ + days};
      std::vector<Value> values;
      const std::string sql = "SELECT COUNT(*)" + records(type, values) + " AND " + day + " >= ? AND " + day + " <= ?";
      values.emplace_back(std::int64_t{period.from.days()});
      values.emplace_back(std::int64_t{period.to.days()});
      ChartPoint point;
      point.label = from == 0 ? std::to_string(days) + "天内" : std::to_string(from) + "—" + std::to_string(days) + "天";
      point.period = period;
      ledgers_.registry().store().read()->query_all(sql, values, [&](const store::Row& row) { point.value = Decimal(row.integer(0)); });
      out_.points.push_back(std::move(point));
      from = days + 1;
    }
  }

  std::optional<Error> add_curve() {
    auto points = execution_curve(ledgers_, *measure_, *ledgers_.catalogue().measure(chart_.budget), {}, today_);
    if (!points) return points.error();
    out_.unit = "%";
    out_.points = std::move(*points);
    return std::nullopt;
  }

  /// Of every lease, not only of those in force: what is owed outlives the lease.
  void add_arrears() {
    struct Age {
      const char* label;
      int most;
      std::int64_t fen = 0;
      std::int64_t leases = 0;
    };
    std::array<Age, 5> ages = {
        {{"30天以内", 30}, {"31—90天", 90}, {"91—180天", 180}, {"181—365天", 365}, {"一年以上和期初", std::numeric_limits<int>::max()}}};
    for (const auto& [id, account] : accounts()) {
      std::array<bool, 5> counted{};
      for (const UnpaidMonth& month : unpaid_months(account)) {
        const int age = month.due_on ? today_ - *month.due_on : std::numeric_limits<int>::max();
        std::size_t at = 0;
        while (age > ages[at].most) ++at;
        ages[at].fen += month.unpaid;
        if (!counted[at]) ++ages[at].leases;
        counted[at] = true;
      }
    }
    out_.unit = "元";
    for (const Age& age : ages) {
      ChartPoint point;
      point.label = age.label;
      point.value = Decimal::quotient(Decimal(age.fen), Decimal(100), 2);
      point.amount = Decimal(age.leases);
      point.period = Period{today_, today_};
      out_.points.push_back(std::move(point));
    }
  }

  /// Opening arrears, months due and what was paid or waived, of all leases by three statements.
  std::unordered_map<std::string, LeaseAccount> accounts() const {
    std::unordered_map<std::string, LeaseAccount> out;
    const Catalogue& catalogue = ledgers_.catalogue();
    const Measure* arrears = catalogue.measure("assets.arrears");
    const Asked asked{arrears, {today_, today_}, {}, {}};
    const MeasureQuery query(ledgers_, asked, {});
    auto reading = ledgers_.registry().store().read();
    Statement leases;
    leases << "SELECT r.id, r.starts_on, r.ends_on, r.terminated_on, r.monthly_rent, r.rent_free_months, r.step_percent, r.opening_arrears";
    query.add_concerned(leases);
    query.add_counting(leases);
    leases.query(*reading, [&](const store::Row& row) {
      LeaseAccount& account = out[row.string(0)];
      const auto number = [&](int column) { return row.is_null(column) ? std::int64_t{0} : row.integer(column); };
      if (number(7) != 0) account.lines.push_back({AccountLine::Kind::opening, std::nullopt, {}, number(7), 0});
      if (row.is_null(1) || row.is_null(2) || row.is_null(4)) return;
      LeaseTerms terms{Date() + row.small(1), Date() + row.small(2), std::nullopt, number(4), number(5), number(6)};
      if (!row.is_null(3)) terms.terminated_on = Date() + row.small(3);
      for (const RentMonth& month : months_due(terms, today_))
        account.lines.push_back({AccountLine::Kind::due, month.due_on, std::to_string(month.number), month.fen, 0});
    });
    const auto settle = [&](const char* name, const std::string& condition) {
      const RecordType* type = catalogue.type(name);
      if (type == nullptr) return;
      Statement paid;
      paid << "SELECT m.lease_no, SUM(m.amount) FROM " << table_of(*type) << " m WHERE";
      query.add_standing(paid, "m");
      paid << " AND ";
      query.add_not_void(paid, *type, "m");
      paid << " AND " << condition << " AND m.amount IS NOT NULL GROUP BY m.lease_no";
      paid.query(*reading, [&](const store::Row& row) {
        const auto found = row.is_null(0) ? out.end() : out.find(row.string(0));
        if (found == out.end()) return;
        const auto sum = Decimal::parse(row.text(1));
        if (sum) found->second.lines.push_back({AccountLine::Kind::receipt, today_, {}, -std::stoll(sum->text()), 0});
      });
    };
    settle("rent_receipt", "m.kind = 'rent' AND m.received_on <= " + std::to_string(today_.days()));
    settle("rent_waiver", "m.month <= '" + today_.text().substr(0, 7) + "'");
    return out;
  }

  const Ledgers& ledgers_;
  const Chart& chart_;
  Date today_;
  const Measure* measure_ = nullptr;
  Drawing out_;
};

}  // namespace

Result<Drawing> draw(const Ledgers& ledgers, const Chart& chart, Date today) {
  return Draughtsman(ledgers, chart, today).draw();
}

Result<std::vector<ChartPoint>> execution_curve(const Ledgers& ledgers, const Measure& paid, const Measure& budget,
                                                const std::string& project, Date today) {
  const int year = today.year();
  const Date first = first_of_month(year, 1);
  const int days = last_of_month(year, 12) - first + 1;
  const auto whole = weigh(ledgers, {&budget, {first, last_of_month(year, 12)}, project, {}});
  if (!whole) return whole.error();
  std::vector<ChartPoint> points;
  for (int month = 1; month <= today.month(); ++month) {
    const Date to = std::min(last_of_month(year, month), today);
    const auto spent = weigh(ledgers, {&paid, {first, to}, project, {}});
    if (!spent) return spent.error();
    ChartPoint point;
    point.label = month_label(month);
    point.period = Period{first, to};
    point.amount = spent->figure.value;
    const auto& sum = spent->figure.numerator;
    const auto& of = whole->figure.numerator;
    if (sum && of && !of->is_zero()) point.value = Decimal::share(Decimal(100), *sum, *of, 2);
    point.even = Decimal::quotient(Decimal(100 * (to - first + 1)), Decimal(days), 2);
    points.push_back(std::move(point));
  }
  return points;
}

}  // namespace jiheng::ledgers
