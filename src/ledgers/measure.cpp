#include "ledgers/measure.h"

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/json_writer.h"
#include "ledgers/measure_gaps.h"
#include "ledgers/measure_query.h"
#include "ledgers/schema.h"
#include "ledgers/sums.h"

namespace jiheng::ledgers {
namespace {

constexpr std::int64_t ms_an_hour = 3'600'000;
constexpr int shown_places = 2;

Decimal whole(const store::Row& row, int column) {
  return row.is_null(column) ? Decimal() : Decimal::parse(row.text(column)).value_or(Decimal());
}

Decimal scaled(const Decimal& number, int places) {
  Decimal divisor(1);
  for (int i = 0; i < places; ++i) divisor = divisor * Decimal(10);
  return Decimal::quotient(number, divisor, places);
}

/// What the numbers of an expression hold: that of its first field that is a number.
Kind kind_of(const MeasureQuery& query, const Expression& expression) {
  for (const std::string& name : expression.names()) {
    const std::size_t dot = name.find('.');
    const Field* field = query.type().field(name);
    if (dot != std::string::npos) {
      for (const auto& [alias, reference] : query.asked().measure->with) {
        if (alias == name.substr(0, dot))
          field = query.ledgers().catalogue().type(query.type().field(reference)->to)->field(name.substr(dot + 1));
      }
    }
    if (field != nullptr && is_number(field->kind)) return field->kind;
  }
  return Kind::integer;
}

Figure counted(const Decimal& number) {
  return {number, number, std::nullopt, {}};
}

Figure shared(const Decimal& numerator, const Decimal& denominator) {
  Figure figure{std::nullopt, numerator, denominator, {}};
  if (!denominator.is_zero()) figure.value = Decimal::share(Decimal(100), numerator, denominator, shown_places);
  return figure;
}

/// A sum or the greatest, in the measure's unit.
Figure in_unit(const Decimal& stored, Kind kind, const std::string& unit) {
  if (kind == Kind::time) return {Decimal::quotient(stored, Decimal(ms_an_hour), shown_places), std::nullopt, std::nullopt, {}};
  const Decimal exact = scaled(stored, stored_places(kind));
  if (unit == "万元" && kind == Kind::amount) return {Decimal::quotient(exact, Decimal(10'000), shown_places), exact, std::nullopt, {}};
  return {exact.rounded(kind == Kind::integer ? 0 : shown_places), exact, std::nullopt, {}};
}

/// The end of a question that walks over the records once: how many of them are gaps, and which they are.
void close(const MeasureQuery& query, Statement& sql) {
  sql << ", ";
  query.add_gap_count(sql);
  query.add_concerned(sql);
  query.add_counting_but_for_gaps(sql);
}

Figure ask_count(const MeasureQuery& query, store::Connection& connection, std::string_view what, bool& gaps) {
  Statement sql;
  sql << "SELECT " << what;
  query.add_gap_filter(sql);
  close(query, sql);
  Figure figure;
  sql.query(connection, [&](const store::Row& row) {
    figure = counted(whole(row, 0));
    gaps = row.integer(1) > 0;
  });
  return figure;
}

/// Of things that fields name: each once, good where one of its records is.
Figure ask_share_of_things(const MeasureQuery& query, store::Connection& connection) {
  const Measure& measure = *query.asked().measure;
  std::string names;
  for (const std::string& each : measure.distinct) names += (names.empty() ? "r." : ", r.") + column_of(*query.type().field(each));
  Statement sql;
  sql << "SELECT COUNT(*), SUM(good) FROM (SELECT MAX(CASE WHEN ";
  measure.numerator ? query.add(sql, *measure.numerator) : query.add_matched(sql);
  sql << " THEN 1 ELSE 0 END) AS good";
  query.add_concerned(sql);
  query.add_counting(sql);
  sql << " GROUP BY " << names << ") things";
  Figure figure;
  sql.query(connection, [&](const store::Row& row) { figure = shared(whole(row, 1), whole(row, 0)); });
  return figure;
}

Figure ask_share(const MeasureQuery& query, store::Connection& connection, bool& gaps) {
  const Measure& measure = *query.asked().measure;
  if (!measure.distinct.empty()) return ask_share_of_things(query, connection);
  Statement sql;
  sql << "SELECT COUNT(*)";
  query.add_gap_filter(sql);
  sql << ", SUM(CASE WHEN ";
  measure.numerator ? query.add(sql, *measure.numerator) : query.add_matched(sql);
  sql << " THEN 1 ELSE 0 END)";
  query.add_gap_filter(sql);
  close(query, sql);
  Figure figure;
  sql.query(connection, [&](const store::Row& row) {
    figure = shared(whole(row, 1), whole(row, 0));
    gaps = row.integer(2) > 0;
  });
  return figure;
}

void add_aggregate(const MeasureQuery& query, Statement& sql, std::string_view function, const Expression& expression) {
  sql << function << "(";
  query.add(sql, expression);
  sql << ")";
  query.add_gap_filter(sql);
}

Figure ask_sum(const MeasureQuery& query, store::Connection& connection, std::string_view function, bool& gaps) {
  const Measure& measure = *query.asked().measure;
  const Kind kind = kind_of(query, *measure.numerator);
  Statement sql;
  sql << "SELECT ";
  add_aggregate(query, sql, function, *measure.numerator);
  close(query, sql);
  Figure figure;
  sql.query(connection, [&](const store::Row& row) {
    if (function == "SUM" || !row.is_null(0)) figure = in_unit(whole(row, 0), kind, measure.unit);
    gaps = row.integer(1) > 0;
  });
  return figure;
}

Figure ask_ratio(const MeasureQuery& query, store::Connection& connection, bool& gaps) {
  const Measure& measure = *query.asked().measure;
  const int places = stored_places(kind_of(query, *measure.numerator));
  Statement sql;
  sql << "SELECT ";
  add_aggregate(query, sql, "SUM", *measure.numerator);
  sql << ", ";
  add_aggregate(query, sql, "SUM", *measure.denominator);
  close(query, sql);
  Figure figure;
  sql.query(connection, [&](const store::Row& row) {
    figure = shared(scaled(whole(row, 0), places), scaled(whole(row, 1), places));
    gaps = row.integer(2) > 0;
  });
  return figure;
}

Figure figure_of(const MeasureQuery& query, const Computed& computed) {
  if (computed.denominator) return shared(computed.numerator, *computed.denominator);
  const std::string& unit = query.asked().measure->unit;
  const Decimal value =
      unit == "万元" ? Decimal::quotient(computed.numerator, Decimal(10'000), shown_places) : computed.numerator.rounded(shown_places);
  return {value, computed.numerator, std::nullopt, {}};
}

/// Of a measure that is not computed by the program.
Figure figure_of(const MeasureQuery& query, const KeptFigure& kept) {
  const Measure& measure = *query.asked().measure;
  const Kind kind = measure.numerator ? kind_of(query, *measure.numerator) : Kind::integer;
  switch (measure.value) {
    case Measure::Value::count:
      return counted(Decimal(kept.counted));
    case Measure::Value::distinct:
      return counted(Decimal(kept.things));
    case Measure::Value::sum:
      return in_unit(kept.numerator, kind, measure.unit);
    case Measure::Value::greatest:
      return kept.greatest ? in_unit(Decimal(*kept.greatest), kind, measure.unit) : Figure();
    case Measure::Value::share:
      return shared(kept.numerator, Decimal(kept.counted));
    default:
      return shared(scaled(kept.numerator, stored_places(kind)), scaled(kept.denominator, stored_places(kind)));
  }
}

Figure ask(const MeasureQuery& query, store::Connection& connection, std::vector<Used>* consulted) {
  const Measure& measure = *query.asked().measure;
  Figure figure;
  bool gaps = false;
  if (const auto kept = kept_figure(query, connection)) {
    figure = figure_of(query, *kept);
    if (kept->gaps > 0) ask_gaps(query, connection, figure, true);
    ask_months(query, connection, figure, consulted);
    return figure;
  }
  switch (measure.value) {
    case Measure::Value::count:
      figure = ask_count(query, connection, "COUNT(*)", gaps);
      break;
    case Measure::Value::distinct:
      figure = ask_count(query, connection, "COUNT(DISTINCT r." + column_of(*query.type().field(measure.distinct.front())) + ")", gaps);
      break;
    case Measure::Value::sum:
      figure = ask_sum(query, connection, "SUM", gaps);
      break;
    case Measure::Value::greatest:
      figure = ask_sum(query, connection, "MAX", gaps);
      break;
    case Measure::Value::share:
      figure = ask_share(query, connection, gaps);
      break;
    case Measure::Value::ratio:
      figure = ask_ratio(query, connection, gaps);
      break;
    default:
      break;
  }
  if (gaps) ask_gaps(query, connection, figure, false);
  ask_months(query, connection, figure, consulted);
  return figure;
}

void ask_counted(const MeasureQuery& query, store::Connection& connection, std::vector<Used>& counted_records,
                 std::vector<Used>& consulted) {
  const Measure& measure = *query.asked().measure;
  Statement sql;
  sql << "SELECT r.id, r.revision";
  for (const auto& [name, reference] : measure.with) sql << ", w_" << name << ".id, w_" << name << ".revision";
  query.add_concerned(sql);
  query.add_counting(sql);
  sql << " ORDER BY r.id";
  std::set<std::tuple<std::string, std::string, int>> others;
  sql.query(connection, [&](const store::Row& row) {
    counted_records.push_back({query.type().name, row.string(0), row.small(1), {}});
    for (std::size_t i = 0; i < measure.with.size(); ++i) {
      const int at = 2 + 2 * static_cast<int>(i);
      if (!row.is_null(at)) others.emplace(query.type().field(measure.with[i].second)->to, row.string(at), row.small(at + 1));
    }
  });
  for (const auto& [type, id, revision] : others) consulted.push_back({type, id, revision, {}});
  if (!measure.matched) return;
  Statement matching;
  matching << "SELECT m.id, m.revision";
  query.add_matching(matching);
  matching << " ORDER BY m.id";
  matching.query(connection, [&](const store::Row& row) { consulted.push_back({measure.matched->type, row.string(0), row.small(1), {}}); });
}

void ask_excluded(const MeasureQuery& query, store::Connection& connection, std::vector<Used>& excluded) {
  const Measure& measure = *query.asked().measure;
  const RecordType& type = query.type();
  Statement sql;
  sql << "SELECT r.id, r.revision, ";
  query.add_reason(sql);
  if (!type.void_states.empty()) sql << ", r." << column_of(*type.field(type.state));
  query.add_concerned(sql);
  query.add_left_out(sql);
  sql << " ORDER BY r.id";
  sql.query(connection, [&](const store::Row& row) {
    const auto need = row.integer(2);
    std::string reason;
    if (need >= 0) {
      reason = measure.needs[static_cast<std::size_t>(need)].reason;
    } else {
      reason = shown(*type.field(type.state), Value(row.text(3)));
    }
    excluded.push_back({type.name, row.string(0), row.small(1), std::move(reason)});
  });
}

std::string tree_of(const std::vector<Used>& records) {
  MerkleTree tree;
  std::string leaf;
  for (const Used& each : records) {
    leaf = each.type;
    leaf.push_back('\t');
    leaf += each.id;
    leaf.push_back('\t');
    leaf += std::to_string(each.revision);
    leaf.push_back('\t');
    leaf += each.reason;
    tree.add(leaf);
  }
  return tree.root();
}

void write_number(JsonWriter& out, const std::optional<Decimal>& number) {
  number ? out.string(number->text()) : out.null();
}

/// What a receipt's hash is taken over: canonical JSON, the lists by their trees.
std::string hash_of(const Receipt& receipt) {
  std::string json;
  {
    JsonWriter out(json);
    const auto list = [&](std::string_view name, const std::vector<Used>& records) {
      out.key(name)
          .begin_object()
          .key("count")
          .integer(static_cast<std::int64_t>(records.size()))
          .field("root", tree_of(records))
          .end_object();
    };
    out.begin_object();
    list("consulted", receipt.consulted);
    list("counted", receipt.counted);
    out.field("definition_sha256", receipt.definition_sha256).key("denominator");
    write_number(out, receipt.figure.denominator);
    list("excluded", receipt.excluded);
    out.key("gaps").begin_array();
    for (const std::string& gap : receipt.figure.gaps) out.string(gap);
    out.end_array().key("journal").integer(receipt.journal).field("measure", receipt.measure).key("numerator");
    write_number(out, receipt.figure.numerator);
    out.key("period").begin_object().field("from", receipt.period.from.text()).field("to", receipt.period.to.text()).end_object();
    out.field("project", receipt.project).key("value");
    write_number(out, receipt.figure.value);
    out.end_object();
  }
  return sha256_hex(json);
}

/// The id that a project's, system's or survey's name means for the measure. Errors: unknown-project, no-project.
Result<std::string> project_of(const Ledgers& ledgers, store::Connection& connection, const Measure& measure, const std::string& named) {
  if (named.empty()) return std::string();
  if (measure.project.empty()) return Error{"no-project", "“" + measure.label + "”不能按项目计算。", {measure.id}};
  const RecordType* type = ledgers.catalogue().type(measure.type);
  const Field& field = *type->field(measure.project);
  if (field.kind != Kind::reference) return named;
  const RecordType& to = *ledgers.catalogue().type(field.to);
  NamedEntry found = entry_named(connection, ledgers.registry().tenant(), to, named);
  if (!found.id)
    return Error{
        "unknown-project", "“" + to.label + "”里没有“" + named + "”" + (found.ambiguous ? "，或有几个同名的，请写编码。" : "。"), {named}};
  return *std::move(found.id);
}

/// The journal's end as this snapshot sees it.
std::int64_t journal_end(const Ledgers& ledgers, store::Connection& connection) {
  std::int64_t seq = 0;
  connection.query("SELECT seq FROM journal_heads WHERE tenant_id = ?", {ledgers.registry().tenant()},
                   [&](const store::Row& row) { seq = row.integer(0); });
  return seq;
}

Result<Receipt> work_out(const Ledgers& ledgers, store::Connection& connection, const Asked& asked, bool records);

/// One measure over another: paid over budget.
Result<Receipt> work_out_ratio(const Ledgers& ledgers, store::Connection& connection, const Asked& asked, bool records) {
  Receipt out;
  Asked part = asked;
  std::string definitions = asked.measure->definition;
  for (std::size_t i = 0; i < 2; ++i) {
    part.measure = ledgers.catalogue().measure(asked.measure->measures[i]);
    auto worked = work_out(ledgers, connection, part, records);
    if (!worked) return worked;
    (i == 0 ? out.figure.numerator : out.figure.denominator) = worked->figure.numerator;
    const auto append = [](auto& to, auto& from) {
      to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    };
    append(out.figure.gaps, worked->figure.gaps);
    append(out.counted, worked->counted);
    append(out.excluded, worked->excluded);
    append(out.consulted, worked->consulted);
    definitions += part.measure->definition;
  }
  const std::vector<std::string> gaps = std::move(out.figure.gaps);
  out.figure = shared(*out.figure.numerator, *out.figure.denominator);
  out.figure.gaps = gaps;
  out.definition_sha256 = sha256_hex(definitions);
  return out;
}

Result<Receipt> work_out(const Ledgers& ledgers, store::Connection& connection, const Asked& asked, bool records) {
  const Measure& measure = *asked.measure;
  if (asked.period.to < asked.period.from) return Error{"bad-period", "起止日期颠倒了。", {}};
  if (measure.value == Measure::Value::of_measures) return work_out_ratio(ledgers, connection, asked, records);
  auto project = project_of(ledgers, connection, measure, asked.project);
  if (!project) return std::move(project).error();
  const MeasureQuery query(ledgers, asked, std::move(project).value());
  Receipt out;
  out.definition_sha256 = sha256_hex(measure.definition);
  if (measure.value == Measure::Value::computed) {
    Computed computed = computation_named(measure.computed)(query, connection, records);
    out.figure = figure_of(query, computed);
    out.figure.gaps = std::move(computed.gaps);
    // Where the pack has other limits since, a receipt is of another definition, not an altered one.
    if (!computed.rule.empty()) out.definition_sha256 = sha256_hex(measure.definition + "\n" + computed.rule);
    out.counted = std::move(computed.counted);
    out.consulted = std::move(computed.consulted);
    ask_gaps(query, connection, out.figure, kept_figure(query, connection).has_value());
  } else {
    out.figure = ask(query, connection, records ? &out.consulted : nullptr);
    if (records) ask_counted(query, connection, out.counted, out.consulted);
  }
  if (records) ask_excluded(query, connection, out.excluded);
  return out;
}

std::int64_t ask_number(const Statement& sql, store::Connection& connection) {
  std::int64_t number = 0;
  sql.query(connection, [&](const store::Row& row) { number = row.integer(0); });
  return number;
}

void weigh_records(const MeasureQuery& query, store::Connection& connection, Weighed& out) {
  const Measure& measure = *query.asked().measure;
  if (const auto kept = kept_figure(query, connection)) {
    out.counted += kept->counted;
    out.excluded += kept->left_out;
    return;
  }
  Statement counting;
  counting << "SELECT COUNT(*)";
  query.add_concerned(counting);
  query.add_counting(counting);
  out.counted += ask_number(counting, connection);
  Statement left_out;
  left_out << "SELECT COUNT(*)";
  query.add_concerned(left_out);
  query.add_left_out(left_out);
  out.excluded += ask_number(left_out, connection);
  for (const auto& [name, reference] : measure.with) {
    Statement others;
    others << "SELECT COUNT(DISTINCT w_" << name << ".id)";
    query.add_concerned(others);
    query.add_counting(others);
    out.consulted += ask_number(others, connection);
  }
  if (measure.matched) {
    Statement matching;
    matching << "SELECT COUNT(*)";
    query.add_matching(matching);
    out.consulted += ask_number(matching, connection);
  }
}

}  // namespace

Result<Weighed> weigh(const Ledgers& ledgers, const Asked& asked) {
  auto reading = ledgers.registry().store().read();
  auto worked = work_out(ledgers, *reading, asked, false);
  if (!worked) return std::move(worked).error();
  Weighed out{std::move(worked->figure), 0, 0, 0, asked.as_of.value_or(journal_end(ledgers, *reading))};
  std::vector<std::string> parts = asked.measure->measures;
  if (parts.empty()) parts.push_back(asked.measure->id);
  for (const std::string& id : parts) {
    Asked part = asked;
    part.measure = ledgers.catalogue().measure(id);
    auto project = project_of(ledgers, *reading, *part.measure, asked.project);
    if (!project) return std::move(project).error();
    const MeasureQuery query(ledgers, part, std::move(project).value());
    weigh_records(query, *reading, out);
    if (part.measure->value == Measure::Value::computed) {
      out.consulted += static_cast<std::int64_t>(computation_named(part.measure->computed)(query, *reading, true).consulted.size());
    }
    Figure unused;
    std::vector<Used> reports;
    ask_months(query, *reading, unused, &reports);
    out.consulted += static_cast<std::int64_t>(reports.size());
  }
  return out;
}

Result<Figure> figure_of(const Ledgers& ledgers, const Asked& asked) {
  auto reading = ledgers.registry().store().read();
  auto worked = work_out(ledgers, *reading, asked, false);
  if (!worked) return std::move(worked).error();
  return std::move(worked->figure);
}

Result<Receipt> receipt_of(const Ledgers& ledgers, const Asked& asked) {
  auto reading = ledgers.registry().store().read();
  auto worked = work_out(ledgers, *reading, asked, true);
  if (!worked) return worked;
  worked->measure = asked.measure->id;
  worked->period = asked.period;
  worked->project = asked.project;
  worked->journal = asked.as_of.value_or(journal_end(ledgers, *reading));
  worked->sha256 = hash_of(*worked);
  return worked;
}

std::int64_t journal_at(const Ledgers& ledgers, std::string_view moment) {
  std::int64_t seq = 0;
  auto reading = ledgers.registry().store().read();
  reading->query("SELECT MAX(seq) FROM journal WHERE tenant_id = ? AND at <= ?", {ledgers.registry().tenant(), moment},
                 [&](const store::Row& row) { seq = row.is_null(0) ? 0 : row.integer(0); });
  return seq;
}

std::int64_t journal_at_end_of(const Ledgers& ledgers, Date day) {
  return journal_at(ledgers, registry::utc_text(start_of_day_ms(day + 1) / 1000 - 1));
}

std::string_view state_code(ReceiptCheck::State state) {
  switch (state) {
    case ReceiptCheck::State::same:
      return "same";
    case ReceiptCheck::State::stale:
      return "stale";
    case ReceiptCheck::State::foreign:
      return "foreign";
    default:
      return "redefined";
  }
}

Result<ReceiptCheck> check_receipt(const Ledgers& ledgers, const Receipt& receipt) {
  Asked asked{ledgers.catalogue().measure(receipt.measure), receipt.period, receipt.project, receipt.journal};
  if (asked.measure == nullptr) return Error{"unknown-measure", "没有指标“" + receipt.measure + "”。", {receipt.measure}};
  auto then = receipt_of(ledgers, asked);
  if (!then) return std::move(then).error();
  asked.as_of.reset();
  auto now = receipt_of(ledgers, asked);
  if (!now) return std::move(now).error();
  ReceiptCheck out;
  out.now = now->figure;
  if (then->definition_sha256 != receipt.definition_sha256) {
    out.state = ReceiptCheck::State::redefined;
    return out;
  }
  if (then->sha256 != receipt.sha256 || hash_of(receipt) != receipt.sha256) {
    out.state = ReceiptCheck::State::foreign;
    return out;
  }
  std::map<std::pair<std::string, std::string>, int> standing;
  for (const auto* list : {&now->counted, &now->consulted}) {
    for (const Used& each : *list) standing[{each.type, each.id}] = each.revision;
  }
  for (const auto* list : {&receipt.counted, &receipt.consulted}) {
    for (const Used& each : *list) {
      const auto found = standing.find({each.type, each.id});
      const int revision = found == standing.end() ? 0 : found->second;
      if (revision != each.revision) out.changed.push_back({each, revision});
      if (found != standing.end()) standing.erase(found);
    }
  }
  for (const auto& [key, revision] : standing) out.changed.push_back({{key.first, key.second, 0, {}}, revision});
  if (!out.changed.empty()) out.state = ReceiptCheck::State::stale;
  return out;
}

}  // namespace jiheng::ledgers
