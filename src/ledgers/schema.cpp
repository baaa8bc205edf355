#include "ledgers/schema.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "ledgers/sums.h"

namespace jiheng::ledgers {
namespace {

constexpr std::string_view lock_postgresql = "SELECT pg_advisory_xact_lock(7234117)";
constexpr std::string_view select_fields = "SELECT type, field, kind FROM ledger_fields ORDER BY type, field";
constexpr std::string_view insert_field = "INSERT INTO ledger_fields (type, field, kind) VALUES (?, ?, ?)";
constexpr std::string_view select_indexes = "SELECT name FROM ledger_indexes";
constexpr std::string_view insert_index = "INSERT INTO ledger_indexes (name, type) VALUES (?, ?)";
constexpr std::string_view delete_index = "DELETE FROM ledger_indexes WHERE name = ?";
constexpr std::string_view select_wishes = "SELECT name FROM ledger_index_wishes WHERE tenant_id = ?";
constexpr std::string_view delete_wishes = "DELETE FROM ledger_index_wishes WHERE tenant_id = ?";
constexpr std::string_view insert_wish = "INSERT INTO ledger_index_wishes (tenant_id, name) VALUES (?, ?)";
constexpr std::string_view select_unwished =
    "SELECT name FROM ledger_indexes WHERE name NOT IN (SELECT name FROM ledger_index_wishes) ORDER BY name";

using Fields = std::map<std::string, std::string>;  // name → kind

std::string sql_type(store::Engine engine, Kind kind) {
  if (is_number(kind)) return engine == store::Engine::sqlite ? "INTEGER" : "BIGINT";
  return engine == store::Engine::sqlite ? "TEXT" : "TEXT COLLATE \"C\"";
}

void create_table(store::Connection& connection, const RecordType& type) {
  const store::Engine engine = connection.engine();
  const bool sqlite = engine == store::Engine::sqlite;
  const std::string text = sqlite ? "TEXT" : "TEXT COLLATE \"C\"";
  const std::string number = sqlite ? "INTEGER" : "BIGINT";
  std::string sql = "CREATE TABLE " + table_of(type) + " (tenant_id " + text + " NOT NULL, id " + text +
                    " NOT NULL, revision INTEGER NOT NULL, seq " + number + " NOT NULL, until " + number;
  for (const Field& field : type.fields) {
    if (is_stored(field)) sql += ", " + column_of(field) + " " + sql_type(engine, field.kind);
  }
  sql += ", PRIMARY KEY (tenant_id, id, revision))";
  connection.script(sql + (sqlite ? " STRICT" : ""));
}

std::optional<Error> change_table(store::Connection& connection, const RecordType& type, const Fields& stored) {
  for (const auto& [name, kind] : stored) {
    const Field* field = type.field(name);
    const bool kept = field != nullptr && is_stored(*field);
    if (kept && kind_code(field->kind) == kind) continue;
    return Error{"ledger-destructive",
                 "台账“" + type.label + "”的字段“" + name + "”" + (kept ? "改了类型" : "不见了") +
                     "，已有的记录会因此丢失，没有改动数据库。请把字段改回原样，另加一个新名称的字段。",
                 {type.name, name}};
  }
  for (const Field& field : type.fields) {
    if (!is_stored(field) || stored.contains(field.name)) continue;
    connection.script("ALTER TABLE " + table_of(type) + " ADD COLUMN " + column_of(field) + " " +
                      sql_type(connection.engine(), field.kind));
  }
  return std::nullopt;
}

/// Columns that a measure reads of its own records, by which the database answers it without the table.
struct Covering {
  std::vector<std::string> leading;
  std::set<std::string> columns;
};

void read_names(Covering& covering, const RecordType& type, const std::optional<Expression>& expression) {
  if (!expression) return;
  for (const std::string& name : expression->names()) {
    const Field* field = type.field(name);
    if (field != nullptr && is_stored(*field)) covering.columns.insert(name);
  }
}

void add_measure(std::map<std::pair<std::string, std::string>, Covering>& indexes, const Catalogue& catalogue, const Measure& measure) {
  const RecordType* type = catalogue.type(measure.type);
  if (type == nullptr || measure.value == Measure::Value::of_measures) return;
  Covering& own = indexes[{type->name, measure.period}];
  if (!measure.period.empty()) own.leading = {measure.period};
  // What is kept by day is seldom asked of the records: each column here costs as much as the record at an import.
  if (SumRule::of(catalogue, measure)) return;
  if (!type->void_states.empty()) own.columns.insert(type->state);
  if (!measure.project.empty()) own.columns.insert(measure.project);
  own.columns.insert(measure.distinct.begin(), measure.distinct.end());
  for (const auto& [alias, reference] : measure.with) own.columns.insert(reference);
  read_names(own, *type, measure.scope);
  read_names(own, *type, measure.numerator);
  read_names(own, *type, measure.denominator);
  for (const Need& need : measure.needs) read_names(own, *type, need.when);
  if (!measure.matched) return;
  const RecordType* other = catalogue.type(measure.matched->type);
  std::string key;
  for (const auto& [theirs, ours] : measure.matched->on) key += "+" + theirs;
  Covering& matched = indexes[{other->name, key}];
  matched.leading.clear();
  for (const auto& [theirs, ours] : measure.matched->on) matched.leading.push_back(theirs);
  if (!other->void_states.empty()) matched.columns.insert(other->state);
  read_names(matched, *other, measure.matched->when);
}

/// Statements by name. The name holds the statement's hash, so that a changed declaration gets another index.
std::map<std::string, std::pair<std::string, std::string>> wanted_indexes(const Catalogue& catalogue) {
  std::map<std::pair<std::string, std::string>, Covering> indexes;
  for (const Measure& measure : catalogue.measures()) add_measure(indexes, catalogue, measure);
  for (const RecordType& type : catalogue.types()) {
    for (const Field& field : type.fields) {
      if (field.lookup) indexes[{type.name, "+" + field.name}].leading = {field.name};
    }
  }
  std::map<std::string, std::pair<std::string, std::string>> out;
  for (const auto& [key, covering] : indexes) {
    const RecordType& type = *catalogue.type(key.first);
    std::string columns = "tenant_id";
    for (const std::string& name : covering.leading) columns += ", " + column_of(*type.field(name));
    for (const std::string& name : covering.columns) {
      if (std::find(covering.leading.begin(), covering.leading.end(), name) == covering.leading.end())
        columns += ", " + column_of(*type.field(name));
    }
    const std::string body = " ON " + table_of(type) + " (" + columns + ") WHERE until IS NULL";
    const std::string name = "ledger_" + type.name.substr(0, 30) + "_" + sha256_hex(body).substr(0, 8);
    out[name] = {type.name, "CREATE INDEX " + name + body};
  }
  return out;
}

void settle_indexes(store::Connection& connection, const Catalogue& catalogue, const std::string& tenant) {
  auto wanted = wanted_indexes(catalogue);
  connection.run(delete_wishes, {tenant});
  for (const auto& [name, each] : wanted) connection.run(insert_wish, {tenant, name});
  std::vector<std::string> unwished;
  connection.query(select_unwished, {}, [&](const store::Row& row) { unwished.push_back(row.string(0)); });
  for (const std::string& name : unwished) {
    connection.script("DROP INDEX " + name);
    connection.run(delete_index, {name});
  }
  connection.query(select_indexes, {}, [&](const store::Row& row) { wanted.erase(row.string(0)); });
  for (const auto& [name, each] : wanted) {
    connection.script(each.second);
    connection.run(insert_index, {name, each.first});
  }
}

Result<Done> settle(store::Connection& connection, const Catalogue& catalogue, const std::string& tenant) {
  if (connection.engine() == store::Engine::postgresql) connection.query(lock_postgresql, {}, [](const store::Row&) {});
  std::map<std::string, Fields> stored;
  connection.query(select_fields, {}, [&](const store::Row& row) { stored[row.string(0)][row.string(1)] = row.string(2); });
  for (const RecordType& type : catalogue.types()) {
    if (type.kept_by_units) continue;
    const auto known = stored.find(type.name);
    if (known == stored.end()) {
      create_table(connection, type);
    } else if (auto error = change_table(connection, type, known->second)) {
      return std::move(*error);
    }
    for (const Field& field : type.fields) {
      if (is_stored(field) && (known == stored.end() || !known->second.contains(field.name)))
        connection.run(insert_field, {type.name, field.name, kind_code(field.kind)});
    }
  }
  settle_indexes(connection, catalogue, tenant);
  return Done{};
}

/// Whether everything stands as it is declared: then nothing is locked.
bool is_settled(store::Connection& connection, const Catalogue& catalogue, const std::string& tenant) {
  std::set<std::string> want;
  for (const RecordType& type : catalogue.types()) {
    if (type.kept_by_units) continue;
    for (const Field& field : type.fields) {
      if (is_stored(field)) want.insert(type.name + "." + field.name + "." + std::string(kind_code(field.kind)));
    }
  }
  for (const auto& [name, each] : wanted_indexes(catalogue)) want.insert(name);
  std::set<std::string> have;
  connection.query(select_fields, {}, [&](const store::Row& row) {
    // Ledgers that are declared no longer keep their tables and their records.
    if (catalogue.type(row.text(0)) != nullptr) have.insert(row.string(0) + "." + row.string(1) + "." + row.string(2));
  });
  connection.query(select_wishes, {tenant}, [&](const store::Row& row) { have.insert(row.string(0)); });
  return want == have;
}

}  // namespace

std::string table_of(const RecordType& type) {
  return "ledger_" + type.name;
}

std::string column_of(const Field& field) {
  return "\"" + field.name + "\"";
}

bool is_stored(const Field& field) {
  return field.computed.empty();
}

std::vector<std::string> load_columns(const RecordType& type) {
  std::vector<std::string> columns = {"tenant_id", "id", "revision", "seq"};
  for (const Field& field : type.fields) {
    if (is_stored(field)) columns.push_back(column_of(field));
  }
  return columns;
}

Result<Done> migrate_ledgers(store::Store& store, const Catalogue& catalogue, const std::string& tenant) {
  if (is_settled(*store.read(), catalogue, tenant)) return Done{};
  auto writing = store.write();
  auto settled = settle(*writing, catalogue, tenant);
  if (settled) writing.commit();
  return settled;
}

}  // namespace jiheng::ledgers
