#include <algorithm>
#include <unordered_set>

#include "base/hash.h"
#include "registry/attachments.h"
#include "registry/canonical_json.h"
#include "registry/journal_entry.h"
#include "registry/registry.h"

namespace jiheng::registry {
namespace {

/// Rows fetched at a time: PostgreSQL's driver holds a whole answer in memory.
constexpr int page_size = 200;
constexpr std::string_view select_unjournaled =
    "SELECT MIN(records.seq) FROM records LEFT JOIN journal ON journal.tenant_id = records.tenant_id AND journal.seq = records.seq AND "
    "journal.kind = records.kind AND journal.record_id = records.id AND journal.revision = records.revision "
    "WHERE records.tenant_id = ? AND journal.seq IS NULL";

struct Link {
  JournalEntry entry;
  Text body;
};

std::vector<Link> links_after(store::Connection& connection, const std::string& tenant, std::int64_t seq) {
  static const std::string sql =
      "SELECT " + std::string(journal_columns()) +
      ", records.body FROM journal LEFT JOIN records ON records.tenant_id = journal.tenant_id AND records.kind = journal.kind AND "
      "records.id = journal.record_id AND records.revision = journal.revision AND records.seq = journal.seq "
      "WHERE journal.tenant_id = ? AND journal.seq > ? ORDER BY journal.seq LIMIT ?";
  std::vector<Link> links;
  connection.query(sql, {tenant, seq, page_size},
                   [&](const store::Row& row) { links.push_back({entry_of(row), row.optional_text(journal_column_count)}); });
  return links;
}

using Bad = Verification::Bad;

std::optional<Bad> check_entry(const JournalEntry& entry, std::int64_t seq, std::string_view previous, const std::string& tenant) {
  const std::string number = std::to_string(seq);
  if (entry.seq != seq) return Bad{seq, "日志缺少第" + number + "条。", "entry-missing"};
  if (entry.previous != previous || hash_of(entry, tenant) != entry.hash) {
    return Bad{seq, "日志第" + number + "条（" + entry.subject + "）与当时写下的不一样，已被改动。", "entry-altered"};
  }
  return std::nullopt;
}

std::optional<Bad> check_body(const Link& link) {
  const std::string which = "日志第" + std::to_string(link.entry.seq) + "条所记的内容（" + link.entry.subject + "）";
  if (!link.body) return Bad{link.entry.seq, which + "不见了。", "body-missing"};
  const auto canonical = canonical_json(*link.body);
  if (!canonical || sha256_hex(*canonical) != link.entry.body_sha256) {
    return Bad{link.entry.seq, which + "与当时保存的不一样，已被改动。", "body-altered"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Verification::Bad> Registry::check_attachments(const JournalEntry& entry, std::unordered_set<std::string>& seen) const {
  for (const std::string& hash : entry.attachments) {
    if (!seen.insert(hash).second) continue;
    const std::string code = is_sha256(hash) ? check_attachment(attachment_path(hash), hash) : "attachment-missing";
    if (code.empty()) continue;
    return Bad{entry.seq,
               "日志第" + std::to_string(entry.seq) + "条（" + entry.subject + "）的原件" + hash.substr(0, 12) +
                   (code == "attachment-missing" ? "…不见了。" : "…已被改动或损坏。"),
               code};
  }
  return std::nullopt;
}

std::optional<Verification::Bad> Registry::check_chain(store::Connection& connection, std::int64_t& seq, std::string& hash) const {
  std::unordered_set<std::string> seen;
  for (auto links = links_after(connection, tenant_, 0); !links.empty(); links = links_after(connection, tenant_, seq)) {
    for (const Link& link : links) {
      if (auto bad = check_entry(link.entry, seq + 1, hash, tenant_)) return bad;
      if (auto bad = check_body(link)) return bad;
      if (auto bad = check_attachments(link.entry, seen)) return bad;
      seq = link.entry.seq;
      hash = link.entry.hash;
    }
  }
  return std::nullopt;
}

Verification Registry::verify() {
  auto reading = store_.read();
  Verification result;
  std::string hash(no_hash());
  result.first_bad = check_chain(*reading, result.entries, hash);
  if (!result.first_bad) {
    const auto [seq, last] = head(*reading);
    if (seq > result.entries) {
      result.first_bad = Bad{result.entries + 1, "日志缺少第" + std::to_string(result.entries + 1) + "条及以后的内容。", "entry-missing"};
    } else if (seq != result.entries || last != hash) {
      result.first_bad = Bad{result.entries, "日志末尾的记号与最后一条不符，已被改动。", "head-differs"};
    }
  }
  if (!result.first_bad) {
    reading->query(select_unjournaled, {tenant_}, [&](const store::Row& row) {
      if (!row.is_null(0)) result.first_bad = Bad{row.integer(0), "有内容没有经过登记就写进了数据库，日志里没有它。", "record-unjournaled"};
    });
  }
  result.ok = !result.first_bad;
  return result;
}

}  // namespace jiheng::registry
