#include "ledgers/ledgers.h"

#include <algorithm>
#include <boost/json.hpp>
#include <future>

#include "base/json_writer.h"
#include "base/text.h"
#include "ledgers/id_list.h"
#include "ledgers/kept_file.h"
#include "ledgers/schema.h"
#include "ledgers/sums.h"

namespace jiheng::ledgers {
namespace {

/// Rows of a page of an import: small enough to be held, large enough to be few.
constexpr std::size_t page_rows = 50'000;
/// Up to so many bytes of rows lie in the journal's body itself.
constexpr std::size_t inline_bytes = 60'000;
constexpr int id_digits = 16;
/// From so many rows on they are hashed and put away while the table takes them in.
constexpr std::size_t many_rows = 5'000;

constexpr std::string_view select_head = "SELECT seq FROM ledger_heads WHERE tenant_id = ? AND type = ?";
constexpr std::string_view move_head =
    "INSERT INTO ledger_heads (tenant_id, type, seq) VALUES (?, ?, ?) ON CONFLICT (tenant_id, type) DO UPDATE SET seq = excluded.seq";

/// The time-ordered part of a new id.
std::string batch_mark() {
  std::string id = registry::new_id();
  std::erase(id, '-');
  return id.substr(0, id_digits);
}

void give_ids(Batch& batch) {
  const std::string mark = batch_mark();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch.ids[i].empty()) batch.ids[i] = batch.pool.join({mark, "-", std::to_string(i + 1)});
  }
}

Error stale(const RecordType& type, std::string_view id) {
  return {
      "stale-revision", "“" + type.label + "”的记录“" + std::string(id) + "”刚刚被别人改过，没有保存。请刷新后再试。", {std::string(id)}};
}

}  // namespace

std::string kind_of(const RecordType& type) {
  return "ledger." + type.name;
}

void Batch::add(std::string_view id, int revision, std::span<const Value> row_values) {
  ids.push_back(id);
  revisions.push_back(revision);
  values.insert(values.end(), row_values.begin(), row_values.end());
}

std::string select_columns(const RecordType& type, std::string_view alias) {
  const std::string prefix = alias.empty() ? std::string() : std::string(alias) + ".";
  std::string sql = prefix + "id, " + prefix + "revision, " + prefix + "seq";
  for (const Field& field : type.fields) {
    if (is_stored(field)) {
      sql += ", " + prefix + column_of(field);
      continue;
    }
    const auto expression = Expression::parse(field.computed);
    sql += ", " + expression.value().sql([&](std::string_view name) { return prefix + column_of(*type.field(name)); },
                                         [](std::string_view) { return std::string("NULL"); });
  }
  return sql;
}

Entry entry_of(const RecordType& type, const store::Row& row, TextPool& pool) {
  Entry entry{row.string(0), row.small(1), row.integer(2), {}};
  entry.values.reserve(type.fields.size());
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const auto column = static_cast<int>(i) + 3;
    if (row.is_null(column)) {
      entry.values.emplace_back();
    } else if (is_number(type.fields[i].kind)) {
      entry.values.emplace_back(row.integer(column));
    } else {
      entry.values.emplace_back(pool.keep(row.text(column)));
    }
  }
  return entry;
}

struct Ledgers::Prepared {
  std::string body;
  std::vector<std::string> attachments;
};

Ledgers::Prepared Ledgers::prepare_entry(const Batch& batch, const Source& source) const {
  Prepared out;
  const LineWriter writer(*batch.type);
  MerkleTree tree;
  std::vector<std::string> pages;
  std::vector<std::size_t> files;
  for (std::size_t i = 0; i < batch.type->fields.size(); ++i) {
    if (batch.type->fields[i].kind == Kind::file) files.push_back(i);
  }
  std::string page;
  std::string inlined;
  std::string line;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    for (const std::size_t field : files) {
      const auto* text = batch.row(i)[field].text();
      if (const auto kept = text == nullptr ? std::optional<KeptFile>() : kept_file(*text)) out.attachments.emplace_back(kept->sha256);
    }
    line.clear();
    writer.append(line, {batch.ids[i], batch.revisions[i], batch.row(i)});
    tree.add(line);
    page += line;
    page.push_back('\n');
    if ((i + 1) % page_rows == 0) {
      pages.push_back(registry_.keep(page));
      page.clear();
    }
  }
  if (pages.empty() && page.size() <= inline_bytes) {
    inlined = std::move(page);
  } else if (!page.empty()) {
    pages.push_back(registry_.keep(page));
  }
  JsonWriter body(out.body);
  body.begin_object().field("type", batch.type->name).field("root", tree.root());
  body.key("count").integer(tree.size());
  if (!source.file.empty()) body.field("file", source.file);
  if (!source.sha256.empty()) body.field("file_sha256", source.sha256);
  if (!pages.empty()) {
    body.key("pages").begin_array();
    for (const std::string& hash : pages) body.string(hash);
    body.end_array();
  } else {
    body.key("rows").begin_array();
    for (std::string_view rest = inlined; !rest.empty();) {
      const std::size_t end = rest.find('\n');
      body.raw(rest.substr(0, end));
      rest.remove_prefix(end + 1);
    }
    body.end_array();
  }
  body.end_object();
  // A page that two imports share is named once in each, and so is a file in two fields.
  out.attachments.insert(out.attachments.end(), pages.begin(), pages.end());
  std::sort(out.attachments.begin(), out.attachments.end());
  out.attachments.erase(std::unique(out.attachments.begin(), out.attachments.end()), out.attachments.end());
  return out;
}

std::optional<Error> Ledgers::trouble_with(store::Connection& connection, const Batch& batch) const {
  const std::string sql = "SELECT revision FROM " + table_of(*batch.type) + " WHERE tenant_id = ? AND id = ? AND until IS NULL";
  for (std::size_t i = 0; i < batch.size(); ++i) {
    // Ids that the program made are nobody else's.
    if (batch.type->key.empty() && batch.revisions[i] == 1) continue;
    int current = 0;
    connection.query(sql, {registry_.tenant(), batch.ids[i]}, [&](const store::Row& row) { current = row.small(0); });
    if (current + 1 != batch.revisions[i]) return stale(*batch.type, batch.ids[i]);
  }
  return std::nullopt;
}

/// The revisions that the batch's follow stand until then.
void Ledgers::replace_standing(store::Connection& connection, const Batch& batch, std::int64_t seq, SumKeeping& sums) const {
  const RecordType& type = *batch.type;
  const std::string replace = "UPDATE " + table_of(type) + " SET until = ? WHERE tenant_id = ? AND until IS NULL AND id";
  std::vector<std::string_view> ids;
  TextPool pool;
  const auto some = [&] {
    std::string sql = replace;
    std::vector<Value> values = {seq, registry_.tenant()};
    add_id_list(sql, values, ids);
    if (sums.has_any()) {
      sql += " RETURNING " + select_columns(type);
      connection.query_all(sql, values, [&](const store::Row& row) {
        const Entry entry = entry_of(type, row, pool);
        sums.take_away(entry.id, entry.values);
      });
      pool = TextPool();
    } else {
      connection.run_all(sql, values);
    }
    ids.clear();
  };
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch.revisions[i] == 1) continue;
    ids.push_back(batch.ids[i]);
    if (ids.size() == most_listed_ids) some();
  }
  if (!ids.empty()) some();
}

void Ledgers::load(store::Connection& connection, const Batch& batch, std::int64_t seq) const {
  const RecordType& type = *batch.type;
  SumKeeping sums(*this, connection, type, head(connection, type));
  replace_standing(connection, batch, seq, sums);
  const std::vector<std::string> names = load_columns(type);
  const std::vector<std::string_view> columns(names.begin(), names.end());
  std::vector<bool> stored;
  for (const Field& field : type.fields) stored.push_back(is_stored(field));
  std::size_t at = 0;
  connection.load(table_of(type), columns, [&](std::vector<Value>& row) {
    if (at == batch.size()) return false;
    row.emplace_back(registry_.tenant());
    row.emplace_back(batch.ids[at]);
    row.emplace_back(batch.revisions[at]);
    row.emplace_back(seq);
    const auto values = batch.row(at);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (stored[i]) row.push_back(values[i]);
    }
    sums.add(batch.ids[at], values);
    ++at;
    return true;
  });
  sums.store(seq);
  connection.run(move_head, {registry_.tenant(), type.name, seq});
}

Result<Done> Ledgers::store(std::span<Batch> batches, const registry::Author& author, const Source& source, const Before& before) {
  std::vector<std::future<Prepared>> prepared;
  for (Batch& batch : batches) {
    give_ids(batch);
    const bool beside = batch.size() >= many_rows;
    prepared.push_back(
        std::async(beside ? std::launch::async : std::launch::deferred, [this, &batch, &source] { return prepare_entry(batch, source); }));
    // Small ones are ready before anybody has to wait for them.
    if (!beside) prepared.back().wait();
  }
  auto change = registry_.begin(author);
  if (before) {
    if (auto error = before(change)) return std::move(*error);
  }
  for (std::size_t i = 0; i < batches.size(); ++i) {
    Batch& batch = batches[i];
    if (batch.size() == 0) continue;
    // Where the ledger stood still since its maker looked, nothing can clash.
    if (batch.seen != head(change.connection(), *batch.type)) {
      if (auto error = trouble_with(change.connection(), batch)) return std::move(*error);
    }
    // Its number is known before its entry is, as this change holds the journal's end.
    const std::int64_t seq = registry_.head(change.connection()).first + 1;
    load(change.connection(), batch, seq);
    Prepared entry = prepared[i].get();
    auto stored = change.put(
        {kind_of(*batch.type), registry::new_id(), 0, "done", source.action, std::move(entry.body), std::move(entry.attachments)});
    if (!stored) return std::move(stored).error();
    if (stored->seq != seq) throw std::logic_error("a journal entry came between");
  }
  change.commit();
  return Done{};
}

std::int64_t Ledgers::head(store::Connection& connection, const RecordType& type) const {
  std::int64_t seq = 0;
  connection.query(select_head, {registry_.tenant(), type.name}, [&](const store::Row& row) { seq = row.integer(0); });
  return seq;
}

Result<Entries> Ledgers::find(const RecordType& type, std::string_view id) const {
  Entries out;
  auto reading = registry_.store().read();
  reading->query("SELECT " + select_columns(type) + " FROM " + table_of(type) + " WHERE tenant_id = ? AND id = ? AND until IS NULL",
                 {registry_.tenant(), id}, [&](const store::Row& row) { out.rows.push_back(entry_of(type, row, out.pool)); });
  out.total = static_cast<std::int64_t>(out.rows.size());
  if (out.rows.empty()) return Error{"not-found", "“" + type.label + "”里没有这条记录。", {std::string(id)}};
  return out;
}

Timeline Ledgers::timeline(const RecordType& type, std::string_view id) const {
  Timeline out;
  auto reading = registry_.store().read();
  const std::string sql =
      "SELECT " + select_columns(type, "l") + ", j.action, j.at, j.actor, j.why FROM " + table_of(type) +
      " l JOIN journal j ON j.tenant_id = l.tenant_id AND j.seq = l.seq WHERE l.tenant_id = ? AND l.id = ? ORDER BY l.revision DESC";
  reading->query(sql, {registry_.tenant(), id}, [&](const store::Row& row) {
    Entry entry = entry_of(type, row, out.pool);
    const int at = static_cast<int>(type.fields.size()) + 3;
    out.moments.push_back({entry.revision, row.string(at), row.string(at + 1), row.string(at + 2), row.optional_text(at + 3), entry.seq,
                           std::move(entry.values)});
  });
  return out;
}

}  // namespace jiheng::ledgers
