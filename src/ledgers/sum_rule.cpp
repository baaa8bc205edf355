// How a measure's sums are reckoned: from one record by the program, from all by the database. A test and `admin verify` hold both
// together.
#include <algorithm>

#include "base/hash.h"
#include "base/work_calendar.h"
#include "ledgers/schema.h"
#include "ledgers/sums.h"

namespace jiheng::ledgers {
namespace {

/// Of one record: nine thousand of these fit into a day.
constexpr std::int64_t largest_share = 1'000'000'000'000'000;

using Cell = RowExpression::Cell;

constexpr std::string_view format = "1";  ///< changes where the sums mean something else
constexpr std::int64_t ms_a_day = 86'400'000;
constexpr std::int64_t half = 1'000'000;  ///< sums are asked for in two halves, which stay within 64 bits

bool can_be_kept(const RecordType& type, const Measure& measure) {
  if (measure.period.empty() || !measure.with.empty() || measure.matched || type.kept_by_units) return false;
  switch (measure.value) {
    case Measure::Value::count:
    case Measure::Value::sum:
    case Measure::Value::greatest:
    case Measure::Value::ratio:
      return true;
    case Measure::Value::share:
      return measure.distinct.empty() && measure.numerator.has_value();
    case Measure::Value::distinct: {
      // Things are kept one by one: where they are as many as the records, nothing is gained.
      const Field& thing = *type.field(measure.distinct.front());
      return measure.project.empty() && measure.distinct.size() == 1 && (thing.kind == Kind::reference || thing.kind == Kind::choice);
    }
    case Measure::Value::computed:
      return measure.computed == "review_on_time" && measure.project.empty() && measure.period == "concluded_on" &&
             type.index_of("accepted_on") >= 0;
    default:
      return false;
  }
}

std::optional<std::int64_t> fitting(const store::Row& row, int column) {
  if (row.is_null(column)) return 0;
  std::int64_t out = 0;
  if (__builtin_mul_overflow(row.integer(column), half, &out) || __builtin_add_overflow(out, row.integer(column + 1), &out))
    return std::nullopt;
  return out;
}

}  // namespace

/// One asking: of all days or one, of all records or by project or thing.
struct SumRule::Reckoning {
  const MeasureQuery& query;
  store::Connection& connection;
  std::optional<std::int64_t> day;
  bool parted = false;
};

std::string SumRule::definition_of(const RecordType& type, const Measure& measure) {
  std::string all = std::string(format) + "\n" + measure.definition + "\n" + measure.project + "\n" + type.state;
  for (const std::string& state : type.void_states) all += "\n" + state;
  if (measure.value == Measure::Value::computed) {
    for (const Limit& limit : type.limits) all += "\n" + limit.name + " " + std::to_string(limit.days);
    all += "\n" + WorkCalendar::state_council().fingerprint();
  }
  return sha256_hex(all);
}

std::optional<SumRule> SumRule::of(const Catalogue& catalogue, const Measure& measure) {
  const RecordType* type = catalogue.type(measure.type);
  if (type == nullptr || !can_be_kept(*type, measure)) return std::nullopt;
  SumRule out;
  out.measure_ = &measure;
  out.type_ = type;
  out.period_ = static_cast<std::size_t>(type->index_of(measure.period));
  out.period_kind_ = type->fields[out.period_].kind;
  const std::string& part = measure.value == Measure::Value::distinct ? measure.distinct.front() : measure.project;
  if (!part.empty()) out.parted_by_ = type->index_of(part);
  const auto read = [&](const std::optional<Expression>& expression, std::optional<RowExpression>& to) {
    if (expression) to = RowExpression::of(*expression, *type);
    return !expression || to;
  };
  if (!read(measure.scope, out.scope_) || !read(measure.numerator, out.numerator_) || !read(measure.denominator, out.denominator_))
    return std::nullopt;
  for (const Need& need : measure.needs) {
    auto when = RowExpression::of(need.when, *type);
    if (!when) return std::nullopt;
    out.needs_.push_back(*std::move(when));
  }
  if (measure.value == Measure::Value::computed) {
    out.accepted_ = type->index_of("accepted_on");
    for (const Limit& limit : type->limits) {
      if (limit.name == "review") out.limit_ = limit.days;
    }
    out.earliest_ = std::make_shared<std::unordered_map<std::int64_t, std::int64_t>>();
  }
  return out;
}

std::vector<SumRule> SumRule::of_type(const Catalogue& catalogue, const RecordType& type) {
  std::vector<SumRule> out;
  for (const Measure& measure : catalogue.measures()) {
    if (measure.type != type.name) continue;
    if (auto rule = of(catalogue, measure)) out.push_back(*std::move(rule));
  }
  return out;
}

std::string SumRule::part_of(std::string_view value) const {
  return (measure_->value == Measure::Value::distinct ? "t" : "p") + std::string(value);
}

std::int64_t SumRule::day_of(std::int64_t stored) const {
  return period_kind_ == Kind::time ? std::int64_t{ledgers::day_of_ms(stored).days()} : stored;
}

std::int64_t SumRule::earliest(std::int64_t day) const {
  const auto [known, fresh] = earliest_->try_emplace(day, 0);
  if (fresh) {
    // Work days after acceptance up to conclusion are within the limit from the day on which one more of them would lie.
    const WorkCalendar& calendar = WorkCalendar::state_council();
    Date at = Date() + static_cast<int>(day);
    for (int left = limit_ + (calendar.is_work_day(at) ? 0 : 1); left > 0; left -= calendar.is_work_day(at) ? 1 : 0) --at;
    known->second = at.days();
  }
  return known->second;
}

bool SumRule::fill(Sum& sum, std::span<const Value> row) const {
  const auto add = [&](const std::optional<RowExpression>& expression, std::int64_t& to) {
    const Cell cell = expression->value(row);
    if (cell.kind == Cell::Kind::number) to = cell.number;
    // Larger ones would in the end leave the 64 bits that a day's sum has: such a measure reads its records.
    if (to > largest_share || to < -largest_share) return false;
    return cell.kind == Cell::Kind::number || cell.kind == Cell::Kind::missing;
  };
  switch (measure_->value) {
    case Measure::Value::sum:
      return add(numerator_, sum.numerator);
    case Measure::Value::ratio:
      return add(numerator_, sum.numerator) && add(denominator_, sum.denominator);
    case Measure::Value::share: {
      const Cell cell = numerator_->value(row);
      sum.numerator = cell.kind == Cell::Kind::truth ? cell.number : 0;
      return cell.kind == Cell::Kind::truth || cell.kind == Cell::Kind::missing;
    }
    case Measure::Value::greatest: {
      const Cell cell = numerator_->value(row);
      if (cell.kind == Cell::Kind::number) sum.greatest = cell.number;
      return cell.kind == Cell::Kind::number || cell.kind == Cell::Kind::missing;
    }
    case Measure::Value::computed: {
      const auto* accepted = row[static_cast<std::size_t>(accepted_)].integer();
      sum.numerator = (accepted == nullptr ? 0 : *accepted) >= earliest(*row[period_].integer()) ? 1 : 0;
      return true;
    }
    default:
      return true;
  }
}

bool SumRule::each_share(std::string_view id, std::span<const Value> row, const Take& take) const {
  const auto* at = row[period_].integer();
  if (at == nullptr) return true;
  const auto holds = [&](const RowExpression& expression) -> std::optional<bool> {
    const Cell cell = expression.value(row);
    if (cell.kind != Cell::Kind::truth && cell.kind != Cell::Kind::missing) return std::nullopt;
    return cell.kind == Cell::Kind::truth && cell.number == 1;
  };
  if (scope_) {
    const auto in = holds(*scope_);
    if (!in) return false;
    if (!*in) return true;
  }
  Sum sum;
  const int state = type_->void_states.empty() ? -1 : type_->index_of(type_->state);
  const auto* said = state < 0 ? nullptr : row[static_cast<std::size_t>(state)].text();
  if (state >= 0 && said == nullptr) return false;
  const bool is_void = said != nullptr && type_->is_void(*said);
  int missed = -1;  // the first need that is not met, which is the reason that people are told
  bool only_gaps = true;
  for (std::size_t i = 0; i < needs_.size(); ++i) {
    const auto met = holds(needs_[i]);
    if (!met) return false;
    if (*met) continue;
    if (missed < 0) missed = static_cast<int>(i);
    only_gaps = only_gaps && measure_->needs[i].gap;
  }
  sum.counted = !is_void && missed < 0 ? 1 : 0;
  sum.left_out = 1 - sum.counted;
  sum.gaps = !is_void && missed >= 0 && only_gaps ? 1 : 0;
  if (sum.counted == 1 && !fill(sum, row)) return false;
  const std::int64_t day = day_of(*at);
  take("", day, sum);
  std::string part;
  if (parted_by_ >= 0) {
    const Value& by = row[static_cast<std::size_t>(parted_by_)];
    if (const auto* text = by.text()) part = part_of(*text);
    if (const auto* number = by.integer()) part = part_of(std::to_string(*number));
    if (!part.empty()) take(part, day, sum);
  }
  if (is_void || missed < 0 || !measure_->needs[static_cast<std::size_t>(missed)].gap) return true;
  Sum gap;
  gap.counted = 1;
  gap.least = std::string(id);
  take("n" + std::to_string(missed) + "\t", day, gap);
  if (!part.empty() && measure_->value != Measure::Value::distinct) take("n" + std::to_string(missed) + "\t" + part, day, gap);
  return true;
}

void SumRule::add_day(Statement& sql) const {
  const std::string column = "r." + column_of(type_->fields[period_]);
  if (period_kind_ != Kind::time) {
    sql << column;
    return;
  }
  // Both engines cut a quotient towards zero: the years before 1970 are lifted above it first.
  constexpr std::int64_t lift = 1'000'000;
  sql << "(" << column << " + " << std::to_string(lift * ms_a_day - start_of_day_ms(Date())) << ") / " << std::to_string(ms_a_day) << " - "
      << std::to_string(lift);
}

void SumRule::add_records(const Reckoning& of, Statement& sql) const {
  const std::string column = "r." + column_of(type_->fields[period_]);
  sql << " FROM " << table_of(*type_) << " r WHERE";
  of.query.add_standing(sql, "r");
  if (of.day) {
    const Date day = Date() + static_cast<int>(*of.day);
    sql << " AND " << column << " >= ";
    sql.bind(period_kind_ == Kind::time ? start_of_day_ms(day) : *of.day);
    sql << " AND " << column << " < ";
    sql.bind(period_kind_ == Kind::time ? start_of_day_ms(day + 1) : *of.day + 1);
  } else {
    sql << " AND " << column << " IS NOT NULL";
  }
  if (of.parted) sql << " AND r." << column_of(type_->fields[static_cast<std::size_t>(parted_by_)]) << " IS NOT NULL";
  if (!measure_->scope) return;
  sql << " AND ";
  of.query.add(sql, *measure_->scope);
}

/// " FILTER (WHERE …)": those that count; with those that would but for a gap.
void SumRule::add_count(const Reckoning& of, Statement& sql, bool gaps_too) const {
  sql << " FILTER (WHERE ";
  of.query.add_not_void(sql, *type_, "r");
  for (const Need& need : measure_->needs) {
    if (gaps_too && need.gap) continue;
    sql << " AND ";
    of.query.add(sql, need.when);
  }
  sql << ")";
}

void SumRule::add_exact_sum(const Reckoning& of, Statement& sql, const std::optional<Expression>& expression) const {
  const bool share = measure_->value == Measure::Value::share;
  for (const char* of_half : {" / 1000000", " % 1000000"}) {
    if (!expression || measure_->value == Measure::Value::greatest) {
      sql << ", 0";
      continue;
    }
    sql << ", SUM(" << (share ? "(CASE WHEN " : "");
    of.query.add(sql, *expression);
    sql << (share ? " THEN 1 ELSE 0 END)" : "") << of_half << ")";
    add_count(of, sql, false);
  }
}

bool SumRule::reckon_part(const Reckoning& of, std::vector<Share>& out) const {
  Statement sql;
  sql << "SELECT ";
  add_day(sql);
  sql << ", COUNT(*)";
  add_count(of, sql, false);
  sql << ", COUNT(*)";
  add_count(of, sql, true);
  sql << ", COUNT(*) FILTER (WHERE 1 = 1";
  of.query.add_left_out(sql);
  sql << ")";
  add_exact_sum(of, sql, measure_->numerator);
  add_exact_sum(of, sql, measure_->denominator);
  if (measure_->value == Measure::Value::greatest) {
    sql << ", MAX(";
    of.query.add(sql, *measure_->numerator);
    sql << ")";
    add_count(of, sql, false);
  } else {
    sql << ", NULL";
  }
  sql << ", " << (of.parted ? "r." + column_of(type_->fields[static_cast<std::size_t>(parted_by_)]) : std::string("''"));
  add_records(of, sql);
  sql << (of.parted ? " GROUP BY 1, 10" : " GROUP BY 1");
  bool fits = true;
  sql.query(of.connection, [&](const store::Row& row) {
    Share share{of.parted ? part_of(row.text(9)) : std::string(), row.integer(0), {}};
    share.sum.counted = row.integer(1);
    share.sum.gaps = row.integer(2) - row.integer(1);
    share.sum.left_out = row.integer(3);
    const auto numerator = fitting(row, 4);
    const auto denominator = fitting(row, 6);
    fits = fits && numerator && denominator;
    share.sum.numerator = numerator.value_or(0);
    share.sum.denominator = denominator.value_or(0);
    if (!row.is_null(8)) share.sum.greatest = row.integer(8);
    out.push_back(std::move(share));
  });
  return fits;
}

void SumRule::reckon_gaps(const Reckoning& of, std::vector<Share>& out) const {
  const std::string part = of.parted ? "r." + column_of(type_->fields[static_cast<std::size_t>(parted_by_)]) : std::string("''");
  Statement sql;
  sql << "SELECT day, reason, part, COUNT(*), MIN(id) FROM (SELECT ";
  add_day(sql);
  sql << " AS day, r.id AS id, " << part << " AS part, ";
  of.query.add_reason(sql);
  sql << " AS reason";
  add_records(of, sql);
  of.query.add_left_out(sql);
  sql << ") left_out WHERE reason >= 0 GROUP BY day, reason, part";
  sql.query(of.connection, [&](const store::Row& row) {
    const auto need = static_cast<std::size_t>(row.integer(1));
    if (!measure_->needs[need].gap) return;
    Share share{"n" + std::to_string(need) + "\t" + (of.parted ? part_of(row.text(2)) : std::string()), row.integer(0), {}};
    share.sum.counted = row.integer(3);
    share.sum.least = row.string(4);
    out.push_back(std::move(share));
  });
}

/// The numerator of the shares that are there already.
void SumRule::reckon_on_time(const Reckoning& of, std::vector<Share>& out) const {
  std::unordered_map<std::int64_t, std::size_t> at;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i].part.empty()) at.emplace(out[i].day, i);
  }
  const std::string accepted = "r." + column_of(type_->fields[static_cast<std::size_t>(accepted_)]);
  Statement sql;
  sql << "SELECT ";
  add_day(sql);
  sql << ", COALESCE(" << accepted << ", 0), COUNT(*)";
  add_count(of, sql, false);
  add_records(of, sql);
  sql << " GROUP BY 1, 2";
  sql.query(of.connection, [&](const store::Row& row) {
    if (row.integer(1) >= earliest(row.integer(0))) out[at.at(row.integer(0))].sum.numerator += row.integer(2);
  });
}

std::optional<std::vector<SumRule::Share>> SumRule::reckon(const Ledgers& ledgers, store::Connection& connection,
                                                           std::optional<std::int64_t> day) const {
  const Asked asked{measure_, {}, {}, {}};
  const MeasureQuery query(ledgers, asked, {});
  const bool gaps = std::any_of(measure_->needs.begin(), measure_->needs.end(), [](const Need& need) { return need.gap; });
  std::vector<Share> out;
  for (const bool parted : {false, true}) {
    if (parted && parted_by_ < 0) break;
    const Reckoning of{query, connection, day, parted};
    if (!reckon_part(of, out)) return std::nullopt;
    if (!parted && accepted_ >= 0) reckon_on_time(of, out);
    if (gaps && !(parted && measure_->value == Measure::Value::distinct)) reckon_gaps(of, out);
  }
  std::erase_if(out, [](const Share& each) { return each.sum.is_nothing(); });
  std::sort(out.begin(), out.end(), [](const Share& a, const Share& b) { return std::tie(a.part, a.day) < std::tie(b.part, b.day); });
  return out;
}

}  // namespace jiheng::ledgers
