// A backup is a tar: jiheng-backup.json first (what it is, the chain's end), attachments/SHA256 before the entry that names them,
// journal/000000001.jsonl … with a page of entries each, one JSON object a line with the body of its record, end.json last.
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>

#include "base/hash.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "registry/attachments.h"
#include "registry/canonical_json.h"
#include "registry/journal_entry.h"
#include "registry/registry.h"
#include "registry/tar.h"

namespace jiheng::registry {
namespace {

namespace json = boost::json;

constexpr int page_size = 200;
constexpr std::string_view head_name = "jiheng-backup.json";
constexpr std::string_view end_name = "end.json";

struct Line {
  JournalEntry entry;
  std::string kind;
  std::string id;
  int revision = 0;
  std::string body;
};

std::string page_name(std::int64_t seq) {
  char name[40];
  std::snprintf(name, sizeof name, "journal/%012lld.jsonl", static_cast<long long>(seq));
  return name;
}

std::string head_json(const std::string& tenant, std::int64_t seq, const std::string& hash) {
  std::string text;
  JsonWriter(text)
      .begin_object()
      .field("format", "jiheng-backup-1")
      .field("tenant", tenant)
      .key("entries")
      .integer(seq)
      .field("hash", hash)
      .end_object();
  return text;
}

void write_line(std::string& page, const Line& line) {
  JsonWriter out(page);
  const JournalEntry& entry = line.entry;
  out.begin_object().key("seq").integer(entry.seq).field("at", entry.at).field("actor", entry.actor).field("action", entry.action);
  out.field("kind", line.kind)
      .field("id", line.id)
      .key("revision")
      .integer(line.revision)
      .field("state", entry.state)
      .field("why", entry.why);
  out.field("attachments", joined(entry.attachments)).field("body_sha256", entry.body_sha256).field("previous", entry.previous);
  out.field("hash", entry.hash).field("body", line.body).end_object();
  page.push_back('\n');
}

/// A page of the journal after `seq` with the bodies.
std::vector<Line> lines_after(store::Connection& connection, const std::string& tenant, std::int64_t seq) {
  static const std::string sql =
      "SELECT " + std::string(journal_columns()) +
      ", journal.kind, journal.record_id, records.body FROM journal JOIN records ON records.tenant_id = "
      "journal.tenant_id AND records.kind = journal.kind AND records.id = journal.record_id AND records.revision = "
      "journal.revision WHERE journal.tenant_id = ? AND journal.seq > ? ORDER BY journal.seq LIMIT ?";
  std::vector<Line> lines;
  connection.query(sql, {tenant, seq, page_size}, [&](const store::Row& row) {
    constexpr int at = journal_column_count;
    lines.push_back({entry_of(row), row.string(at), row.string(at + 1), row.small(at - 1), row.string(at + 2)});
  });
  return lines;
}

Error damaged(std::string where) {
  return {"backup-damaged", "备份文件不完整或已损坏，没有恢复任何内容。请换一份备份。", {std::move(where)}};
}

/// `tenant`: whose it is.
Error of_another_bureau(const std::string& tenant) {
  const bool first = tenant == "local";
  return {"backup-unreadable",
          first ? "这份备份是最初的那个财政局的，不能恢复到这里。请去掉 --bureau 再恢复。"
                : "这份备份是编码为“" + tenant + "”的财政局的，不能恢复到这里。请用 --bureau " + tenant +
                      " 恢复（先用 jiheng admin bureau add 建立它）。",
          {tenant}};
}

std::string text_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t integer_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : -1;
}

std::optional<json::value> parse(std::string_view text) {
  boost::system::error_code failed;
  json::value value = json::parse(json::string_view(text.data(), text.size()), failed);
  if (failed || !value.is_object()) return std::nullopt;
  return value;
}

std::optional<Line> line_of(std::string_view text) {
  const auto value = parse(text);
  if (!value) return std::nullopt;
  const json::object& object = value->get_object();
  Line line;
  line.kind = text_at(object, "kind");
  line.id = text_at(object, "id");
  line.revision = static_cast<int>(integer_at(object, "revision"));
  line.body = text_at(object, "body");
  JournalEntry& entry = line.entry;
  entry.seq = integer_at(object, "seq");
  entry.at = text_at(object, "at");
  entry.actor = text_at(object, "actor");
  entry.action = text_at(object, "action");
  entry.subject = subject_of(line.kind, line.id, line.revision);
  entry.state = text_at(object, "state");
  if (const json::value* why = object.if_contains("why"); why != nullptr && why->is_string()) entry.why = std::string(why->get_string());
  entry.attachments = parted(text_at(object, "attachments"));
  entry.body_sha256 = text_at(object, "body_sha256");
  entry.previous = text_at(object, "previous");
  entry.hash = text_at(object, "hash");
  return line;
}

}  // namespace

/// Takes the files of a backup one by one into a transaction, checking each.
class Restoring {
 public:
  Restoring(Registry& registry, store::Connection& connection) : registry_(registry), connection_(connection), hash_(no_hash()) {}

  std::optional<Error> take(const TarReader::File& file) {
    if (file.name == head_name) return take_head(file.bytes);
    if (expected_entries_ < 0) return damaged(file.name);
    if (starts_with(file.name, "attachments/")) return take_attachment(file);
    if (starts_with(file.name, "journal/")) return take_page(file);
    if (file.name == end_name) {
      ended_ = true;
      return std::nullopt;
    }
    return damaged(file.name);
  }

  std::optional<Error> finish() {
    if (!ended_ || seq_ != expected_entries_ || hash_ != expected_hash_) return damaged("end");
    connection_.run("DELETE FROM journal_heads WHERE tenant_id = ?", {registry_.tenant()});
    connection_.run("INSERT INTO journal_heads (tenant_id, seq, hash) VALUES (?, ?, ?)", {registry_.tenant(), seq_, hash_});
    return std::nullopt;
  }

 private:
  std::optional<Error> take_head(std::string_view bytes) {
    const auto value = parse(bytes);
    if (!value || text_at(value->get_object(), "format") != "jiheng-backup-1") return damaged(std::string(head_name));
    tenant_ = text_at(value->get_object(), "tenant");
    expected_entries_ = integer_at(value->get_object(), "entries");
    expected_hash_ = text_at(value->get_object(), "hash");
    // The tenant is part of what the hashes are taken over.
    if (tenant_ != registry_.tenant()) return of_another_bureau(tenant_);
    return std::nullopt;
  }

  std::optional<Error> take_attachment(const TarReader::File& file) {
    const std::string hash = file.name.substr(std::string_view("attachments/").size());
    if (!is_sha256(hash) || sha256_hex(file.bytes) != hash) return damaged(file.name);
    registry_.keep(file.bytes);
    return std::nullopt;
  }

  std::optional<Error> take_page(const TarReader::File& file) {
    std::string_view rest = file.bytes;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      if (end == std::string_view::npos) return damaged(file.name);
      const auto line = line_of(rest.substr(0, end));
      if (!line || !is_next(*line)) return damaged(file.name + " " + std::to_string(seq_ + 1));
      insert(*line);
      rest.remove_prefix(end + 1);
    }
    return std::nullopt;
  }

  bool is_next(const Line& line) const {
    const JournalEntry& entry = line.entry;
    if (entry.seq != seq_ + 1 || entry.previous != hash_ || hash_of(entry, registry_.tenant()) != entry.hash) return false;
    for (const std::string& hash : entry.attachments) {
      if (!registry_.kept(hash)) return false;
    }
    const auto canonical = canonical_json(line.body);
    return canonical && sha256_hex(*canonical) == entry.body_sha256;
  }

  void insert(const Line& line) {
    const std::string& tenant = registry_.tenant();
    const JournalEntry& entry = line.entry;
    connection_.run(
        "INSERT INTO journal (tenant_id, seq, at, actor, action, kind, record_id, revision, state, why, attachments, body_sha256, "
        "previous, "
        "hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {tenant, entry.seq, entry.at, entry.actor, entry.action, line.kind, line.id, line.revision, entry.state, entry.why,
         joined(entry.attachments), entry.body_sha256, entry.previous, entry.hash});
    connection_.run("INSERT INTO records (tenant_id, kind, id, revision, seq, body) VALUES (?, ?, ?, ?, ?, ?)",
                    {tenant, line.kind, line.id, line.revision, entry.seq, line.body});
    for (const std::string& hash : entry.attachments) {
      connection_.run("INSERT INTO attachments (tenant_id, sha256, seq) VALUES (?, ?, ?) ON CONFLICT (tenant_id, sha256) DO NOTHING",
                      {tenant, hash, entry.seq});
    }
    seq_ = entry.seq;
    hash_ = entry.hash;
  }

  Registry& registry_;
  store::Connection& connection_;
  std::string tenant_;
  std::int64_t expected_entries_ = -1;
  std::string expected_hash_;
  std::int64_t seq_ = 0;
  std::string hash_;
  bool ended_ = false;
};

Result<Done> Registry::write_backup(const std::string& path) {
  const auto failed = [&](std::string why) {
    return Error{"backup-failed", "备份没有写成：" + std::move(why) + "请检查磁盘空间和数据是否完好（可先运行校验）。", {path}};
  };
  TarWriter out(path);
  auto reading = store_.read();
  const auto [seq, hash] = head(*reading);
  out.add(std::string(head_name), head_json(tenant_, seq, hash));
  std::unordered_set<std::string> written;
  std::int64_t last = 0;
  for (auto lines = lines_after(*reading, tenant_, 0); !lines.empty(); lines = lines_after(*reading, tenant_, last)) {
    std::string page;
    for (const Line& line : lines) {
      for (const std::string& each : line.entry.attachments) {
        if (!written.insert(each).second) continue;
        const auto bytes = read_attachment(attachment_path(each), each);
        if (!bytes) return failed(bytes.error().message);
        out.add("attachments/" + each, *bytes);
      }
      write_line(page, line);
      last = line.entry.seq;
    }
    out.add(page_name(lines.front().entry.seq), page);
  }
  if (last != seq) return failed("日志或内容有缺失。");
  out.add(std::string(end_name), head_json(tenant_, seq, hash));
  if (!out.finish()) return failed("磁盘写不进去。");
  return Done{};
}

Result<Done> Registry::backup(const std::string& path) {
  const std::string part = path + ".part";
  auto written = write_backup(part);
  std::error_code error;
  if (!written) {
    std::filesystem::remove(part, error);
    return written;
  }
  move_durably(part, path);
  return Done{};
}

Result<Done> Registry::restore(const std::string& path) {
  TarReader in(path);
  if (!in.is_open()) return Error{"backup-unreadable", "备份文件打不开。请检查路径和权限。", {path}};
  auto writing = store_.write();
  if (head(*writing).first != 0) return Error{"not-empty", "这里已经有数据，不能恢复。请恢复到一个新建的空数据库。", {}};
  Restoring restoring(*this, *writing);
  for (;;) {
    auto file = in.next();
    if (!file) return std::move(file).error();
    if (file->name.empty()) break;
    if (auto error = restoring.take(*file)) return std::move(*error);
  }
  if (auto error = restoring.finish()) return std::move(*error);
  writing.commit();
  return Done{};
}

}  // namespace jiheng::registry
