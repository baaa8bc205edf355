// A ledger's records as a list asks for them.
#include <algorithm>

#include "base/text.h"
#include "ledgers/ledgers.h"
#include "ledgers/schema.h"

namespace jiheng::ledgers {
namespace {

constexpr int most_rows = 1'000'000;
constexpr int most_counted = 1'000;  ///< found by a text, and counted by passing

/// The condition of a question with its values; texts are views into the question or the pool.
struct Condition {
  std::string sql;
  std::vector<Value> values;
};

/// " LIKE ?", of a pattern whose own characters are marked by \\. That is PostgreSQL's mark anyway; told of it, it takes the pattern apart
/// at every row.
std::string like(store::Engine engine) {
  return engine == store::Engine::sqlite ? " LIKE ? ESCAPE '\\'" : " LIKE ?";
}

/// What a reference is found by: the number and the name of what it leads to, as the list shows them, and not its id.
std::string entries_like(const RecordType& entries, const std::string& like) {
  if (entries.kept_by_units) return "SELECT id FROM units WHERE tenant_id = ? AND (code" + like + " OR name" + like + ")";
  return "SELECT id FROM " + table_of(entries) + " WHERE tenant_id = ? AND until IS NULL AND (" + column_of(*entries.field(entries.key)) +
         like + " OR " + column_of(*entries.field(entries.title)) + like + ")";
}

void add_text(Condition& condition, const Catalogue& catalogue, store::Engine engine, const RecordType& type, const std::string& text,
              const std::string& tenant, TextPool& pool) {
  if (text.empty()) return;
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern.push_back('\\');
    pattern.push_back(c);
  }
  pattern.push_back('%');
  const std::string_view kept = pool.keep(pattern);
  std::string any;
  for (const Field& field : type.fields) {
    if (is_number(field.kind) || field.kind == Kind::choice || !is_stored(field)) continue;
    any += (any.empty() ? "" : " OR ") + column_of(field);
    if (field.kind == Kind::reference) {
      any += " IN (" + entries_like(*catalogue.type(field.to), like(engine)) + ")";
      condition.values.insert(condition.values.end(), {tenant, kept, kept});
    } else {
      any += like(engine);
      condition.values.emplace_back(kept);
    }
  }
  if (!any.empty()) condition.sql += " AND (" + any + ")";
}

void add_equal(Condition& condition, const RecordType& type, const Question& question, TextPool& pool) {
  for (const auto& [name, text] : question.equal) {
    const Field* field = type.field(name);
    if (field == nullptr || !is_stored(*field)) continue;
    const auto value = text.empty() ? Result<Value>(Value()) : parse_value(*field, text, pool);
    if (!value) {
      condition.sql += " AND 1 = 0";
    } else if (value->is_null()) {
      condition.sql += " AND " + column_of(*field) + " IS NULL";
    } else {
      condition.sql += " AND " + column_of(*field) + " = ?";
      condition.values.push_back(*value);
    }
  }
}

void add_span(Condition& condition, const RecordType& type, const Question& question) {
  const Field* field = type.field(question.from_field);
  if (field == nullptr || (field->kind != Kind::date && field->kind != Kind::time)) return;
  const bool time = field->kind == Kind::time;
  if (const auto from = Date::parse(question.from)) {
    condition.sql += " AND " + column_of(*field) + " >= ?";
    condition.values.emplace_back(time ? start_of_day_ms(*from) : std::int64_t{from->days()});
  }
  if (const auto to = Date::parse(question.to)) {
    condition.sql += " AND " + column_of(*field) + " < ?";
    condition.values.emplace_back(time ? start_of_day_ms(*to + 1) : std::int64_t{to->days() + 1});
  }
}

void add_view(Condition& condition, const RecordType& type, const std::string& name) {
  for (const View& view : type.views) {
    if (view.name != name || !view.where) continue;
    condition.sql += " AND " + view.where->sql([&](std::string_view field) { return column_of(*type.field(field)); },
                                               [](std::string_view) { return std::string("NULL"); });
  }
}

std::string order_of(const RecordType& type, const Question& question) {
  std::string sort = question.sort;
  for (const View& view : type.views) {
    if (sort.empty() && view.name == question.view) sort = view.sort;
  }
  const bool falling = sort.starts_with("-");
  if (falling) sort.erase(0, 1);
  const Field* field = type.field(sort);
  if (field == nullptr || !is_stored(*field)) return " ORDER BY id";
  // Empty ones last on both engines, whichever way.
  return " ORDER BY " + column_of(*field) + " IS NULL, " + column_of(*field) + (falling ? " DESC, id" : ", id");
}

Condition condition_of(const Catalogue& catalogue, store::Engine engine, const RecordType& type, const Question& question,
                       const std::string& tenant, TextPool& pool) {
  Condition condition;
  condition.sql = " FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL";
  // No id is less: that leads SQLite along the ids, in whose order the rows lie, and not along some date's index to rows here and there.
  // PostgreSQL reads all rows of a ledger as they lie, and would compare for nothing.
  if (engine == store::Engine::sqlite && question.equal.empty() && question.from_field.empty()) condition.sql += " AND id >= ''";
  condition.values.emplace_back(tenant);
  add_view(condition, type, question.view);
  add_equal(condition, type, question, pool);
  add_span(condition, type, question);
  add_text(condition, catalogue, engine, type, question.text, tenant, pool);
  return condition;
}

/// Where the amounts stand among the fields.
std::vector<std::size_t> summed_fields(const RecordType& type) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (type.fields[i].kind == Kind::amount && is_stored(type.fields[i])) found.push_back(i);
  }
  return found;
}

/// Amounts are stored in cents.
std::pair<std::string, std::string> sum_of(const Field& field, const Decimal& cents) {
  return {field.name, Decimal::quotient(cents, Decimal(100), 2).text()};
}

/// What records add up to, taken from the rows of select_columns() as they pass.
class PassingTotals {
 public:
  explicit PassingTotals(const RecordType& type) : type_(type), summed_(summed_fields(type)), sums_(summed_.size()) {}

  std::int64_t count() const { return count_; }

  void add(const store::Row& row) {
    ++count_;
    for (std::size_t i = 0; i < summed_.size(); ++i) {
      const int column = static_cast<int>(summed_[i]) + record_columns;
      if (!row.is_null(column)) sums_[i] = sums_[i].value_or(Decimal()) + Decimal(row.integer(column));
    }
  }

  Totals totals() const {
    Totals out{count_, {}};
    for (std::size_t i = 0; i < summed_.size(); ++i) {
      if (sums_[i]) out.sums.push_back(sum_of(type_.fields[summed_[i]], *sums_[i]));
    }
    return out;
  }

 private:
  static constexpr int record_columns = 3;  ///< id, revision and seq stand before the fields

  const RecordType& type_;
  std::vector<std::size_t> summed_;
  std::vector<std::optional<Decimal>> sums_;
  std::int64_t count_ = 0;
};

}  // namespace

Totals Ledgers::totals(store::Connection& connection, const RecordType& type, const Question& question) const {
  TextPool pool;
  const Condition condition = condition_of(catalogue_, registry_.store().engine(), type, question, registry_.tenant(), pool);
  const std::vector<std::size_t> summed = summed_fields(type);
  std::string sql = "SELECT COUNT(*)";
  for (const std::size_t each : summed) sql += ", SUM(" + column_of(type.fields[each]) + ")";
  Totals out;
  connection.query_all(sql + condition.sql, condition.values, [&](const store::Row& row) {
    out.count = row.integer(0);
    for (std::size_t i = 0; i < summed.size(); ++i) {
      const int column = static_cast<int>(i) + 1;
      const auto sum = row.is_null(column) ? std::optional<Decimal>() : Decimal::parse(row.text(column));
      if (sum) out.sums.push_back(sum_of(type.fields[summed[i]], *sum));
    }
  });
  return out;
}

/// A text is found by looking at every record. Where few hold it, the one look that finds the page counts and adds them up as well.
Entries Ledgers::list(const RecordType& type, const Question& question) const {
  Entries out;
  auto reading = registry_.store().read();
  // Before the counting: what is stored meanwhile makes the count newer than the head that it is kept under, never older. A text is looked
  // for in the names of other ledgers' entries, too.
  const std::int64_t at = question.text.empty() ? head(*reading, type) : registry_.head(*reading).first;
  std::optional<Totals> all = totals_->find(type, question, at);
  const int limit = std::clamp(question.limit, 0, most_rows);
  const int offset = std::max(question.offset, 0);
  const bool counting = !all && !question.text.empty() && offset < most_counted && limit <= most_counted - offset;
  Condition condition = condition_of(catalogue_, registry_.store().engine(), type, question, registry_.tenant(), out.pool);
  condition.values.emplace_back(counting ? most_counted + 1 : limit);
  condition.values.emplace_back(counting ? 0 : offset);
  PassingTotals passing(type);
  reading->query_all("SELECT " + select_columns(type) + condition.sql + order_of(type, question) + " LIMIT ? OFFSET ?", condition.values,
                     [&](const store::Row& row) {
                       const std::int64_t before = counting ? passing.count() : offset;
                       if (before >= offset && out.rows.size() < static_cast<std::size_t>(limit))
                         out.rows.push_back(entry_of(type, row, out.pool));
                       if (counting) passing.add(row);
                     });
  if (counting && passing.count() <= most_counted) all = passing.totals();
  if (!all) all = totals(*reading, type, question);
  totals_->keep(type, question, at, *all);
  out.total = all->count;
  out.totals = std::move(all->sums);
  return out;
}

void Ledgers::each_page(const RecordType& type, const Question& question,
                        const std::function<void(store::Connection&, const std::vector<Entry>&)>& take) const {
  constexpr int page_rows = 5'000;
  const std::string order = order_of(type, question);
  auto reading = registry_.store().read();
  TextPool asked;
  const Condition condition = condition_of(catalogue_, registry_.store().engine(), type, question, registry_.tenant(), asked);
  int left = question.limit;
  std::string last;
  for (int offset = question.offset; left > 0;) {
    TextPool pool;
    std::vector<Entry> entries;
    Condition page = condition;
    // In the order of ids the next page begins behind the last one; other orders step over what was taken.
    const bool by_id = order == " ORDER BY id";
    if (by_id && !last.empty()) {
      page.sql += " AND id > ?";
      page.values.emplace_back(last);
    }
    page.values.emplace_back(std::min(left, page_rows));
    page.values.emplace_back(by_id && !last.empty() ? 0 : offset);
    reading->query_all("SELECT " + select_columns(type) + page.sql + order + " LIMIT ? OFFSET ?", page.values,
                       [&](const store::Row& row) { entries.push_back(entry_of(type, row, pool)); });
    if (entries.empty()) return;
    take(*reading, entries);
    const auto taken = static_cast<int>(entries.size());
    if (taken < page_rows) return;
    left -= taken;
    offset += taken;
    last = entries.back().id;
  }
}

}  // namespace jiheng::ledgers
