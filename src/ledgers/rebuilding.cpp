// The typed tables made anew from the journal, and held against it.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "ledgers/id_list.h"
#include "ledgers/journal_rows.h"
#include "ledgers/ledgers.h"
#include "ledgers/schema.h"
#include "ledgers/sums.h"

namespace jiheng::ledgers {
namespace {

using Bad = registry::Verification::Bad;

[[noreturn]] void damaged(const RecordType& type, const Error& error) {
  throw store::Failure("db-damaged", "台账“" + type.label + "”不能由日志重建：" + error.message + "请用备份恢复。",
                       error.context.empty() ? error.code : error.context.front());
}

Bad altered(std::int64_t seq, const RecordType& type, std::string_view id) {
  return {seq, "日志第" + std::to_string(seq) + "条所记的“" + type.label + "”记录" + std::string(id) + "与当时保存的不一样，已被改动。",
          "record-altered"};
}

/// Holds one type's rows against the journal.
class Checking {
 public:
  Checking(registry::Registry& registry, store::Connection& connection, const RecordType& type)
      : registry_(registry),
        connection_(connection),
        type_(type),
        writer_(type),
        select_("SELECT " + select_columns(type) + ", until FROM " + table_of(type) + " WHERE tenant_id = ? AND seq = ? AND id") {}

  std::optional<Bad> check() {
    each_change(connection_, registry_.tenant(), kind_of(type_), [&](std::int64_t seq, const std::string& body) {
      if (!bad_) check_change(seq, body);
    });
    if (!bad_) check_rest();
    return std::move(bad_);
  }

 private:
  void check_change(std::int64_t seq, const std::string& body) {
    MerkleTree tree;
    const auto read = read_change(registry_, body, [&](std::string_view line) {
      tree.add(line);
      if (!bad_) check_line(seq, line);
    });
    check_waiting(seq);
    rows_ += tree.size();
    if (bad_) return;
    if (!read) {
      bad_ = Bad{seq, "日志第" + std::to_string(seq) + "条：" + read.error().message, read.error().code};
    } else if (tree.root() != read->root || tree.size() != read->count) {
      bad_ = altered(seq, type_, "");
    }
  }

  void check_line(std::int64_t seq, std::string_view line) {
    TextPool& pool = pool_;
    const auto read = LineReader(type_).read(line, pool);
    if (!read) {
      bad_ = Bad{seq, "日志第" + std::to_string(seq) + "条：" + read.error().message, read.error().code};
      return;
    }
    std::string wanted;
    writer_.append(wanted, {read->id, read->revision, read->values});
    records_ += read->revision == 1 ? 1 : 0;
    waiting_.emplace_back(read->id, std::move(wanted));
    if (waiting_.size() == most_listed_ids) check_waiting(seq);
  }

  /// Many rows are asked for at once: a server answers one as slowly as five hundred.
  void check_waiting(std::int64_t seq) {
    if (waiting_.empty() || bad_) return;
    std::string sql = select_;
    std::vector<Value> values = {registry_.tenant(), seq};
    std::vector<std::string_view> ids;
    for (const auto& [id, wanted] : waiting_) ids.push_back(id);
    add_id_list(sql, values, ids);
    std::unordered_map<std::string_view, std::string> stored;
    connection_.query_all(sql, values, [&](const store::Row& row) {
      Entry entry = entry_of(type_, row, pool_);
      standing_ += row.is_null(static_cast<int>(type_.fields.size()) + 3) ? 1 : 0;
      for (std::size_t i = 0; i < entry.values.size(); ++i) {
        if (!is_stored(type_.fields[i])) entry.values[i] = {};
      }
      writer_.append(stored[pool_.keep(entry.id)], {entry.id, entry.revision, entry.values});
    });
    for (const auto& [id, wanted] : waiting_) {
      const auto found = stored.find(id);
      if (bad_ || (found != stored.end() && found->second == wanted)) continue;
      bad_ = altered(seq, type_, id);
    }
    waiting_.clear();
    pool_ = TextPool();
  }

  /// Rows that no entry of the journal made, and revisions that stand or do not stand against it.
  void check_rest() {
    std::int64_t rows = 0;
    connection_.query("SELECT COUNT(*) FROM " + table_of(type_) + " WHERE tenant_id = ?", {registry_.tenant()},
                      [&](const store::Row& row) { rows = row.integer(0); });
    if (rows == rows_ && standing_ == records_) return;
    std::int64_t seq = 0;
    connection_.query("SELECT seq FROM ledger_heads WHERE tenant_id = ? AND type = ?", {registry_.tenant(), type_.name},
                      [&](const store::Row& row) { seq = row.integer(0); });
    bad_ = Bad{seq, "“" + type_.label + "”里有没有经过登记就写进、改动或删掉的记录。", "record-unjournaled"};
  }

  registry::Registry& registry_;
  store::Connection& connection_;
  const RecordType& type_;
  const LineWriter writer_;
  const std::string select_;
  TextPool pool_;  ///< of the rows that wait
  std::vector<std::pair<std::string_view, std::string>> waiting_;
  std::optional<Bad> bad_;
  std::int64_t rows_ = 0;
  std::int64_t standing_ = 0;
  std::int64_t records_ = 0;
};

}  // namespace

std::int64_t Ledgers::rebuild(store::Connection& connection, const RecordType& type) const {
  // A change that waited for a deleted row would pass over the one that is made anew.
  registry_.hold(connection);
  connection.run("DELETE FROM " + table_of(type) + " WHERE tenant_id = ?", {registry_.tenant()});
  connection.run("DELETE FROM ledger_heads WHERE tenant_id = ? AND type = ?", {registry_.tenant(), type.name});
  SumKeeping::forget(connection, registry_.tenant(), type);
  std::int64_t rows = 0;
  const LineReader reader(type);
  each_change(connection, registry_.tenant(), kind_of(type), [&](std::int64_t seq, const std::string& body) {
    Batch batch(type);
    const auto read = read_change(registry_, body, [&](std::string_view line) {
      const auto row = reader.read(line, batch.pool);
      if (!row) damaged(type, row.error());
      batch.add(row->id, row->revision, row->values);
    });
    if (!read) damaged(type, read.error());
    load(connection, batch, seq);
    rows += static_cast<std::int64_t>(batch.size());
  });
  return rows;
}

std::int64_t Ledgers::prepare() {
  std::map<std::string, std::int64_t> last;
  std::map<std::string, std::int64_t> filled;
  {
    auto reading = registry_.store().read();
    reading->query("SELECT kind, MAX(seq) FROM journal WHERE tenant_id = ? AND kind >= 'ledger.' AND kind < 'ledger/' GROUP BY kind",
                   {registry_.tenant()}, [&](const store::Row& row) { last[row.string(0)] = row.integer(1); });
    for (const auto& [kind, seq] : last) {
      const RecordType* type = catalogue_.type(std::string_view(kind).substr(std::string_view("ledger.").size()));
      if (type != nullptr) filled[kind] = head(*reading, *type);
    }
  }
  std::int64_t rows = 0;
  for (const auto& [kind, seq] : filled) {
    if (seq == last[kind]) continue;
    auto writing = registry_.store().write();
    rows += rebuild(*writing, *catalogue_.type(std::string_view(kind).substr(std::string_view("ledger.").size())));
    writing.commit();
  }
  SumKeeping::prepare(*this);
  return rows;
}

std::int64_t Ledgers::rebuild() {
  auto writing = registry_.store().write();
  std::int64_t rows = 0;
  for (const RecordType& type : catalogue_.types()) {
    if (!type.kept_by_units) rows += rebuild(*writing, type);
  }
  writing.commit();
  return rows;
}

std::optional<Bad> Ledgers::check() const {
  auto reading = registry_.store().read();
  std::optional<Bad> first;
  for (const RecordType& type : catalogue_.types()) {
    if (type.kept_by_units) continue;
    auto bad = Checking(registry_, *reading, type).check();
    if (bad && (!first || bad->seq < first->seq)) first = std::move(bad);
  }
  if (first) return first;
  if (auto sums = SumKeeping::check(*this, *reading))
    return Bad{sums->first, "指标“" + sums->second + "”按日的合计与台账记录不符，已被改动。请运行 jiheng admin rebuild 重算。",
               "sums-altered"};
  return first;
}

}  // namespace jiheng::ledgers
