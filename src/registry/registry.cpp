#include "registry/registry.h"

#include <algorithm>
#include <ctime>

#include "base/hash.h"
#include "base/text.h"
#include "registry/canonical_json.h"
#include "registry/journal_entry.h"

namespace jiheng::registry {
namespace {

constexpr std::string_view make_head =
    "INSERT INTO journal_heads (tenant_id, seq, hash) VALUES (?, 0, ?) ON CONFLICT (tenant_id) DO NOTHING";
/// Changes nothing, and so holds the row on PostgreSQL until the transaction ends.
constexpr std::string_view lock_head = "UPDATE journal_heads SET seq = seq WHERE tenant_id = ? RETURNING seq, hash";
constexpr std::string_view move_head = "UPDATE journal_heads SET seq = ?, hash = ? WHERE tenant_id = ?";
constexpr std::string_view select_head = "SELECT seq, hash FROM journal_heads WHERE tenant_id = ?";
constexpr std::string_view insert_entry =
    "INSERT INTO journal (tenant_id, seq, at, actor, action, kind, record_id, revision, state, why, attachments, body_sha256, previous, "
    "hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view insert_record = "INSERT INTO records (tenant_id, kind, id, revision, seq, body) VALUES (?, ?, ?, ?, ?, ?)";
constexpr std::string_view insert_attachment =
    "INSERT INTO attachments (tenant_id, sha256, seq) VALUES (?, ?, ?) ON CONFLICT (tenant_id, sha256) DO NOTHING";

#define JIHENG_RECORD_COLUMNS                                                                                                         \
  "records.kind, records.id, records.revision, journal.state, records.body, journal.action, journal.at, journal.actor, journal.why, " \
  "records.seq"
constexpr std::string_view select_latest =
    "SELECT " JIHENG_RECORD_COLUMNS
    " FROM records JOIN journal ON journal.tenant_id = records.tenant_id AND journal.seq = records.seq "
    "WHERE records.tenant_id = ? AND records.kind = ? AND records.id = ? "
    "ORDER BY records.revision DESC LIMIT 1";
constexpr std::string_view select_latest_of =
    "SELECT " JIHENG_RECORD_COLUMNS
    " FROM records JOIN journal ON journal.tenant_id = records.tenant_id AND journal.seq = records.seq "
    "WHERE records.tenant_id = ? AND records.kind = ? AND records.id IN (";
constexpr std::size_t ids_at_once = 500;
constexpr std::string_view select_revision =
    "SELECT " JIHENG_RECORD_COLUMNS
    " FROM records JOIN journal ON journal.tenant_id = records.tenant_id AND journal.seq = records.seq "
    "WHERE records.tenant_id = ? AND records.kind = ? AND records.id = ? AND records.revision = ?";
constexpr std::string_view select_history =
    "SELECT " JIHENG_RECORD_COLUMNS
    " FROM records JOIN journal ON journal.tenant_id = records.tenant_id AND journal.seq = records.seq "
    "WHERE records.tenant_id = ? AND records.kind = ? AND records.id = ? ORDER BY records.revision DESC";
constexpr std::string_view select_ids =
    "SELECT DISTINCT records.id FROM records WHERE records.tenant_id = ? AND records.kind = ? ORDER BY records.id";
#undef JIHENG_RECORD_COLUMNS

Record record_of(const store::Row& row) {
  Record record;
  record.kind = row.string(0);
  record.id = row.string(1);
  record.revision = row.small(2);
  record.state = row.string(3);
  record.body = row.string(4);
  record.action = row.string(5);
  record.at = row.string(6);
  record.by = row.string(7);
  record.why = row.optional_text(8);
  record.seq = row.integer(9);
  return record;
}

std::optional<Record> first(store::Connection& connection, std::string_view sql, std::initializer_list<store::Value> values) {
  std::optional<Record> found;
  connection.query(sql, values, [&](const store::Row& row) { found = record_of(row); });
  return found;
}

/// What people type, as one printable line: control characters become spaces, what is no UTF-8 becomes U+FFFD.
std::string one_line(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    append_utf8(out, c < 0x20 || c == 0x7F ? U' ' : c);
  }
  return out;
}

}  // namespace

Error stale_revision(const Record& latest) {
  return {"stale-revision",
          "这份记录已被“" + latest.by + "”在" + latest.at + "改过，您的修改没有保存。请先查看新的内容，再修改一次。",
          {std::to_string(latest.revision), latest.by, latest.at}};
}

Registry::Registry(store::Store& store, std::string data_folder, std::string tenant, Clock clock)
    : store_(store),
      data_folder_(std::move(data_folder)),
      tenant_(std::move(tenant)),
      clock_(clock ? std::move(clock) : [] { return static_cast<std::int64_t>(std::time(nullptr)); }) {}

Change Registry::begin(Author author) {
  author.account = one_line(author.account);
  if (author.why) author.why = one_line(*author.why);
  return Change(*this, store_.write(), std::move(author));
}

Change::Change(Registry& registry, store::Transaction transaction, Author author)
    : registry_(&registry), transaction_(std::move(transaction)), author_(std::move(author)) {
  transaction_->run(make_head, {registry_->tenant_, no_hash()});
  transaction_->query(lock_head, {registry_->tenant_}, [&](const store::Row& row) {
    seq_ = row.integer(0);
    hash_ = row.string(1);
  });
}

std::optional<Record> Change::latest(std::string_view kind, std::string_view id) {
  return first(*transaction_, select_latest, {registry_->tenant_, kind, id});
}

Result<Record> Change::put(const Revision& revision) {
  const auto before = latest(revision.kind, revision.id);
  if (before && before->revision != revision.from_revision) return stale_revision(*before);
  if (!before && revision.from_revision != 0) return Error{"stale-revision", "这份记录不存在，修改没有保存。", {"0", "", ""}};
  const auto canonical = canonical_json(revision.body);
  if (!canonical) return canonical.error();
  for (const std::string& hash : revision.attachments) {
    if (!registry_->kept(hash)) return Error{"unknown-attachment", "附件还没有保存好，记录没有保存。请重新上传。", {hash}};
  }
  JournalEntry entry;
  entry.seq = seq_ + 1;
  entry.at = utc_text(registry_->clock_());
  entry.actor = author_.account;
  entry.action = revision.action;
  entry.subject = subject_of(revision.kind, revision.id, revision.from_revision + 1);
  entry.state = revision.state;
  entry.why = author_.why;
  entry.attachments = revision.attachments;
  entry.body_sha256 = sha256_hex(*canonical);
  entry.previous = hash_;
  entry.hash = hash_of(entry, registry_->tenant_);
  store(entry, revision);
  return Record{revision.kind, revision.id, revision.from_revision + 1, revision.state, revision.body, entry.action, entry.at, entry.actor,
                entry.why,     entry.seq};
}

void Change::store(const JournalEntry& entry, const Revision& revision) {
  const std::string& tenant = registry_->tenant_;
  const int number = revision.from_revision + 1;
  const std::string hashes = joined(entry.attachments);
  transaction_->run(insert_entry, {tenant, entry.seq, entry.at, entry.actor, entry.action, revision.kind, revision.id, number, entry.state,
                                   entry.why, hashes, entry.body_sha256, entry.previous, entry.hash});
  transaction_->run(insert_record, {tenant, revision.kind, revision.id, number, entry.seq, revision.body});
  for (const std::string& hash : entry.attachments) transaction_->run(insert_attachment, {tenant, hash, entry.seq});
  transaction_->run(move_head, {entry.seq, entry.hash, tenant});
  seq_ = entry.seq;
  hash_ = entry.hash;
}

std::optional<Record> Registry::latest(std::string_view kind, std::string_view id) {
  auto reading = store_.read_one();
  return first(*reading, select_latest, {tenant_, kind, id});
}

std::map<std::string, Record, std::less<>> Registry::latest_of(std::string_view kind, std::span<const std::string> ids) {
  std::map<std::string, Record, std::less<>> found;
  auto reading = store_.read();
  for (std::size_t from = 0; from < ids.size(); from += ids_at_once) {
    std::string sql(select_latest_of);
    std::vector<store::Value> values{tenant_, kind};
    for (const std::string& id : ids.subspan(from, std::min(ids_at_once, ids.size() - from))) {
      sql += values.size() == 2 ? "?" : ", ?";
      values.emplace_back(id);
    }
    reading->query_all(sql + ") ORDER BY records.id, records.revision DESC", values, [&](const store::Row& row) {
      Record record = record_of(row);
      std::string id = record.id;
      found.try_emplace(std::move(id), std::move(record));
    });
  }
  return found;
}

std::optional<Record> Registry::at_revision(std::string_view kind, std::string_view id, int revision) {
  auto reading = store_.read_one();
  return first(*reading, select_revision, {tenant_, kind, id, revision});
}

std::vector<Record> Registry::history(std::string_view kind, std::string_view id) {
  auto reading = store_.read_one();
  std::vector<Record> records;
  reading->query(select_history, {tenant_, kind, id}, [&](const store::Row& row) { records.push_back(record_of(row)); });
  return records;
}

void Registry::each_latest(store::Connection& connection, std::string_view kind, const std::function<void(const Record&)>& take) {
  std::vector<std::string> ids;
  connection.query(select_ids, {tenant_, kind}, [&](const store::Row& row) { ids.push_back(row.string(0)); });
  for (const std::string& id : ids) {
    if (const auto record = first(connection, select_latest, {tenant_, kind, id})) take(*record);
  }
}

void Registry::hold(store::Connection& writing) const {
  writing.run("UPDATE journal_heads SET seq = seq WHERE tenant_id = ?", {tenant_});
}

std::int64_t Registry::count_of(store::Connection& connection, std::string_view kind) {
  std::int64_t count = 0;
  connection.query(select_ids, {tenant_, kind}, [&](const store::Row&) { ++count; });
  return count;
}

std::vector<JournalEntry> Registry::journal(int limit, std::int64_t before) {
  static const std::string sql = "SELECT " + std::string(journal_columns()) +
                                 " FROM journal WHERE journal.tenant_id = ? AND journal.seq < ? ORDER BY journal.seq DESC LIMIT ?";
  auto reading = store_.read_one();
  std::vector<JournalEntry> entries;
  reading->query(sql, {tenant_, before > 0 ? before : INT64_MAX, std::clamp(limit, 0, 100000)},
                 [&](const store::Row& row) { entries.push_back(entry_of(row)); });
  return entries;
}

std::string_view Registry::head_text_sql() {
  return "SELECT seq || ' ' || hash FROM journal_heads WHERE tenant_id = ?";
}

std::pair<std::int64_t, std::string> Registry::head() {
  auto reading = store_.read_one();
  return head(*reading);
}

std::pair<std::int64_t, std::string> Registry::head(store::Connection& connection) {
  std::pair<std::int64_t, std::string> end{0, no_hash()};
  connection.query(select_head, {tenant_}, [&](const store::Row& row) { end = {row.integer(0), row.string(1)}; });
  return end;
}

}  // namespace jiheng::registry
