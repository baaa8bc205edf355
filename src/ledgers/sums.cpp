#include "ledgers/sums.h"

#include <algorithm>

#include "ledgers/schema.h"

namespace jiheng::ledgers {
namespace {

constexpr std::string_view select_heads = "SELECT measure, definition, seq FROM ledger_sum_heads WHERE tenant_id = ? AND type = ?";
constexpr std::string_view select_ledger_heads = "SELECT type, seq FROM ledger_heads WHERE tenant_id = ?";
constexpr std::string_view select_all_heads = "SELECT type, measure, definition, seq FROM ledger_sum_heads WHERE tenant_id = ?";
constexpr std::string_view move_head =
    "INSERT INTO ledger_sum_heads (tenant_id, measure, type, definition, seq) VALUES (?, ?, ?, ?, ?) ON CONFLICT (tenant_id, measure) DO "
    "UPDATE SET type = excluded.type, definition = excluded.definition, seq = excluded.seq";
constexpr std::string_view delete_head = "DELETE FROM ledger_sum_heads WHERE tenant_id = ? AND measure = ?";
constexpr std::string_view delete_sums = "DELETE FROM ledger_sums WHERE tenant_id = ? AND measure = ?";
constexpr std::string_view delete_day = "DELETE FROM ledger_sums WHERE tenant_id = ? AND measure = ? AND day = ?";
constexpr std::string_view select_kept =
    "SELECT part, day, counted, gaps, left_out, numerator, denominator, greatest, least FROM ledger_sums WHERE tenant_id = ? AND measure = "
    "? ORDER BY part, day";
constexpr std::string_view select_seqs =
    "SELECT s.definition, s.seq, h.seq FROM ledger_sum_heads s JOIN ledger_heads h ON h.tenant_id = s.tenant_id AND h.type = s.type WHERE "
    "s.tenant_id = ? AND s.measure = ?";
// Sums of sums are asked for in two halves, so that they stay within 64 bits.
constexpr std::string_view select_figure =
    "SELECT SUM(counted), SUM(gaps), SUM(left_out), SUM(numerator / 1000000), SUM(numerator % 1000000), SUM(denominator / 1000000), "
    "SUM(denominator % 1000000), MAX(greatest) FROM ledger_sums WHERE tenant_id = ? AND measure = ? AND part = ? AND day >= ? AND day <= ?";
constexpr std::string_view select_things =
    "SELECT COUNT(DISTINCT part) FROM ledger_sums WHERE tenant_id = ? AND measure = ? AND part >= 't' AND part < 'u' AND day >= ? AND day "
    "<= ? AND counted > 0";
constexpr std::string_view select_gap =
    "SELECT SUM(counted), MIN(least) FROM ledger_sums WHERE tenant_id = ? AND measure = ? AND part = ? AND day >= ? AND day <= ?";

constexpr std::string_view columns[] = {"tenant_id", "measure",   "part",        "day",      "counted", "gaps",
                                        "left_out",  "numerator", "denominator", "greatest", "least"};

/// "INSERT … ON CONFLICT …": sums added to what is there.
std::string adding(std::string_view from) {
  std::string names;
  for (const std::string_view column : columns) names += (names.empty() ? "" : ", ") + std::string(column);
  std::string sql = "INSERT INTO ledger_sums (" + names + ") " + std::string(from) +
                    " ON CONFLICT (tenant_id, measure, part, day) DO UPDATE SET "
                    "greatest = CASE WHEN ledger_sums.greatest IS NULL OR excluded.greatest > ledger_sums.greatest THEN excluded.greatest "
                    "ELSE ledger_sums.greatest END, least = CASE WHEN ledger_sums.least IS NULL OR excluded.least < ledger_sums.least THEN "
                    "excluded.least ELSE ledger_sums.least END";
  for (const char* column : {"counted", "gaps", "left_out", "numerator", "denominator"})
    sql += std::string(", ") + column + " = ledger_sums." + column + " + excluded." + column;
  return sql;
}

void push(std::vector<Value>& values, const std::string& tenant, const std::string& measure, const SumRule::Share& share) {
  const Sum& sum = share.sum;
  values.insert(values.end(), {Value(tenant), Value(measure), Value(share.part), Value(share.day), Value(sum.counted), Value(sum.gaps),
                               Value(sum.left_out), Value(sum.numerator), Value(sum.denominator),
                               sum.greatest ? Value(*sum.greatest) : Value(), Value(sum.least)});
}

struct Head {
  std::string definition;
  std::int64_t seq = 0;
};
using Heads = std::map<std::string, Head>;
Heads heads_of(store::Connection& connection, const std::string& tenant, const RecordType& type) {
  Heads out;
  connection.query(select_heads, {tenant, type.name}, [&](const store::Row& row) { out[row.string(0)] = {row.string(1), row.integer(2)}; });
  return out;
}

bool stands(const Heads& heads, const RecordType& type, const Measure& measure, std::int64_t seq) {
  const auto found = heads.find(measure.id);
  return found != heads.end() && found->second.seq == seq && found->second.definition == SumRule::definition_of(type, measure);
}

template <class Number>
bool add_to(Number& to, Number amount) {
  return !__builtin_add_overflow(to, amount, &to);
}

/// False where it leaves 64 bits.
bool add_to(Sum& to, const Sum& sum, int sign) {
  to.counted += sign * sum.counted;
  to.gaps += sign * sum.gaps;
  to.left_out += sign * sum.left_out;
  if (sum.greatest && (!to.greatest || *sum.greatest > *to.greatest)) to.greatest = sum.greatest;
  if (sum.least && (!to.least || *sum.least < *to.least)) to.least = sum.least;
  return add_to(to.numerator, sign * sum.numerator) && add_to(to.denominator, sign * sum.denominator);
}

Decimal in_halves(const store::Row& row, int column) {
  if (row.is_null(column)) return Decimal();
  return *Decimal::parse(row.text(column)) * Decimal(1'000'000) + *Decimal::parse(row.text(column + 1));
}

/// First and last day of the period, as the measure's sums are kept.
std::pair<std::int64_t, std::int64_t> days_of(const MeasureQuery& query) {
  const Period& period = query.asked().period;
  if (query.type().field(query.asked().measure->period)->kind == Kind::year) return {period.from.year(), period.to.year()};
  return {period.from.days(), period.to.days()};
}

/// Ledgers with a measure that is not kept yet, or is behind, or was declared otherwise.
std::vector<const RecordType*> ledgers_behind(const Ledgers& ledgers) {
  const std::string& tenant = ledgers.registry().tenant();
  auto reading = ledgers.registry().store().read();
  std::map<std::string, std::int64_t, std::less<>> seqs;
  reading->query(select_ledger_heads, {tenant}, [&](const store::Row& row) { seqs[row.string(0)] = row.integer(1); });
  std::map<std::string, Heads> heads;
  reading->query(select_all_heads, {tenant},
                 [&](const store::Row& row) { heads[row.string(0)][row.string(1)] = {row.string(2), row.integer(3)}; });
  std::vector<const RecordType*> out;
  for (const auto& [name, seq] : seqs) {
    const RecordType* type = ledgers.catalogue().type(name);
    if (type == nullptr) continue;
    for (const SumRule& rule : SumRule::of_type(ledgers.catalogue(), *type)) {
      if (stands(heads[name], *type, rule.measure(), seq)) continue;
      out.push_back(type);
      break;
    }
  }
  return out;
}

}  // namespace

SumKeeping::SumKeeping(const Ledgers& ledgers, store::Connection& connection, const RecordType& type, std::int64_t head)
    : ledgers_(ledgers), connection_(connection), type_(type) {
  std::vector<SumRule> rules = SumRule::of_type(ledgers.catalogue(), type);
  if (rules.empty()) return;
  if (head == 0) forget(connection, ledgers.registry().tenant(), type);
  const auto heads = heads_of(connection, ledgers.registry().tenant(), type);
  for (SumRule& rule : rules) {
    // A ledger without records adds up to nothing.
    if (head == 0 || stands(heads, type, rule.measure(), head)) kept_.push_back({std::move(rule), {}, {}, false});
  }
}

void SumKeeping::count(std::string_view id, std::span<const Value> row, int sign) {
  for (Kept& kept : kept_) {
    if (kept.lost) continue;
    const bool told = kept.rule.each_share(id, row, [&](std::string_view part, std::int64_t day, const Sum& sum) {
      auto found = kept.parts.find(part);
      if (found == kept.parts.end()) found = kept.parts.emplace(std::string(part), Days()).first;
      if (!add_to(found->second[day], sum, sign)) kept.lost = true;
      if (sign < 0 && (sum.greatest || sum.least)) kept.again.insert(day);
    });
    if (!told) kept.lost = true;
  }
}

void SumKeeping::load(const SumRule& rule, const std::vector<SumRule::Share>& shares) {
  const std::string& tenant = ledgers_.registry().tenant();
  static const std::string add_one = adding("VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  constexpr std::size_t few = 100;
  if (connection_.engine() == store::Engine::sqlite || shares.size() <= few) {
    std::vector<Value> values;
    for (const SumRule::Share& share : shares) {
      values.clear();
      push(values, tenant, rule.measure().id, share);
      connection_.run_all(add_one, values);
    }
    return;
  }
  // A server is far: all of them at once, then added there.
  connection_.script("CREATE TEMPORARY TABLE IF NOT EXISTS coming_sums (LIKE ledger_sums) ON COMMIT DELETE ROWS; DELETE FROM coming_sums");
  std::size_t at = 0;
  connection_.load("coming_sums", columns, [&](std::vector<Value>& values) {
    if (at == shares.size()) return false;
    push(values, tenant, rule.measure().id, shares[at++]);
    return true;
  });
  connection_.run(adding("SELECT * FROM coming_sums WHERE TRUE"));
}

/// False where a sum does not fit.
bool SumKeeping::write(Kept& kept) {
  const std::string& tenant = ledgers_.registry().tenant();
  const std::string& measure = kept.rule.measure().id;
  std::vector<SumRule::Share> shares;
  constexpr std::size_t many = 60;
  if (kept.again.size() > many) {
    auto all = kept.rule.reckon(ledgers_, connection_);
    if (!all) return false;
    connection_.run(delete_sums, {tenant, measure});
    load(kept.rule, *all);
    return true;
  }
  for (const std::int64_t day : kept.again) {
    auto anew = kept.rule.reckon(ledgers_, connection_, day);
    if (!anew) return false;
    connection_.run(delete_day, {tenant, measure, day});
    shares.insert(shares.end(), std::make_move_iterator(anew->begin()), std::make_move_iterator(anew->end()));
  }
  for (auto& [part, days] : kept.parts) {
    for (auto& [day, sum] : days) {
      if (!kept.again.contains(day) && !sum.is_nothing()) shares.push_back({part, day, std::move(sum)});
    }
  }
  std::sort(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return std::tie(a.part, a.day) < std::tie(b.part, b.day); });
  load(kept.rule, shares);
  return true;
}

void SumKeeping::store(std::int64_t seq) {
  const std::string& tenant = ledgers_.registry().tenant();
  for (Kept& kept : kept_) {
    const Measure& measure = kept.rule.measure();
    if (kept.lost || !write(kept)) {
      connection_.run(delete_sums, {tenant, measure.id});
      connection_.run(delete_head, {tenant, measure.id});
    } else {
      connection_.run(move_head, {tenant, measure.id, type_.name, SumRule::definition_of(type_, measure), seq});
    }
  }
}

void SumKeeping::forget(store::Connection& connection, const std::string& tenant, const RecordType& type) {
  for (const auto& [measure, head] : heads_of(connection, tenant, type)) {
    connection.run(delete_sums, {tenant, measure});
    connection.run(delete_head, {tenant, measure});
  }
}

int SumKeeping::prepare(const Ledgers& ledgers) {
  const std::string& tenant = ledgers.registry().tenant();
  int reckoned = 0;
  for (const RecordType* type : ledgers_behind(ledgers)) {
    auto writing = ledgers.registry().store().write();
    ledgers.registry().hold(*writing);
    const std::int64_t head = ledgers.head(*writing, *type);
    const Heads heads = heads_of(*writing, tenant, *type);
    SumKeeping keeping(ledgers, *writing, *type, head);
    for (const SumRule& rule : SumRule::of_type(ledgers.catalogue(), *type)) {
      if (stands(heads, *type, rule.measure(), head)) continue;
      writing->run(delete_sums, {tenant, rule.measure().id});
      const auto all = rule.reckon(ledgers, *writing);
      if (!all) {
        writing->run(delete_head, {tenant, rule.measure().id});
        continue;
      }
      keeping.load(rule, *all);
      writing->run(move_head, {tenant, rule.measure().id, type->name, SumRule::definition_of(*type, rule.measure()), head});
      ++reckoned;
    }
    writing.commit();
  }
  return reckoned;
}

std::optional<std::pair<std::int64_t, std::string>> SumKeeping::check(const Ledgers& ledgers, store::Connection& connection) {
  const std::string& tenant = ledgers.registry().tenant();
  for (const RecordType& type : ledgers.catalogue().types()) {
    const std::int64_t head = ledgers.head(connection, type);
    const auto heads = heads_of(connection, tenant, type);
    for (const SumRule& rule : SumRule::of_type(ledgers.catalogue(), type)) {
      if (!stands(heads, type, rule.measure(), head)) continue;
      std::vector<SumRule::Share> kept;
      connection.query(select_kept, {tenant, rule.measure().id}, [&](const store::Row& row) {
        SumRule::Share share{row.string(0), row.integer(1), {}};
        share.sum = {row.integer(2), row.integer(3), row.integer(4), row.integer(5), row.integer(6), {}, row.optional_text(8)};
        if (!row.is_null(7)) share.sum.greatest = row.integer(7);
        if (!share.sum.is_nothing()) kept.push_back(std::move(share));
      });
      const auto reckoned = rule.reckon(ledgers, connection);
      const bool same =
          reckoned && std::equal(kept.begin(), kept.end(), reckoned->begin(), reckoned->end(),
                                 [](const auto& a, const auto& b) { return a.part == b.part && a.day == b.day && a.sum == b.sum; });
      if (!same) return std::pair(head, rule.measure().label);
    }
  }
  return std::nullopt;
}

std::optional<KeptFigure> kept_figure(const MeasureQuery& query, store::Connection& connection) {
  const Measure& measure = *query.asked().measure;
  const std::string& tenant = query.ledgers().registry().tenant();
  if (measure.period.empty()) return std::nullopt;
  bool usable = false;
  connection.query(select_seqs, {tenant, measure.id}, [&](const store::Row& row) {
    const std::int64_t seq = row.integer(1);
    // What stood at a moment after the ledger's last change is what stands now.
    usable =
        seq == row.integer(2) && query.asked().as_of.value_or(seq) >= seq && row.text(0) == SumRule::definition_of(query.type(), measure);
  });
  if (!usable) return std::nullopt;
  const auto [from, to] = days_of(query);
  const std::string part = query.project().empty() ? std::string() : "p" + query.project();
  KeptFigure out;
  connection.query(select_figure, {tenant, measure.id, part, from, to}, [&](const store::Row& row) {
    if (row.is_null(0)) return;
    out = {row.integer(0), row.integer(1), row.integer(2), 0, in_halves(row, 3), in_halves(row, 5), {}};
    if (!row.is_null(7)) out.greatest = row.integer(7);
  });
  if (measure.value == Measure::Value::distinct)
    connection.query(select_things, {tenant, measure.id, from, to}, [&](const store::Row& row) { out.things = row.integer(0); });
  return out;
}

std::vector<KeptGap> kept_gaps(const MeasureQuery& query, store::Connection& connection) {
  const Measure& measure = *query.asked().measure;
  const auto [from, to] = days_of(query);
  std::vector<KeptGap> out;
  for (std::size_t i = 0; i < measure.needs.size(); ++i) {
    if (!measure.needs[i].gap) continue;
    const std::string part = "n" + std::to_string(i) + "\t" + (query.project().empty() ? std::string() : "p" + query.project());
    connection.query(select_gap, {query.ledgers().registry().tenant(), measure.id, part, from, to}, [&](const store::Row& row) {
      if (!row.is_null(0) && row.integer(0) > 0) out.push_back({i, row.integer(0), row.string(1)});
    });
  }
  return out;
}

}  // namespace jiheng::ledgers
