#include "registry/journal_entry.h"

#include "base/hash.h"
#include "base/json_writer.h"

namespace jiheng::registry {

std::string_view no_hash() {
  return "0000000000000000000000000000000000000000000000000000000000000000";
}

std::string subject_of(std::string_view kind, std::string_view id, int revision) {
  return std::string(kind) + "/" + std::string(id) + "@" + std::to_string(revision);
}

std::string hash_of(const JournalEntry& entry, std::string_view tenant) {
  // In the order of canonical JSON; `why` and names never hold control characters (Registry::begin), which are all that JsonWriter
  // escapes in another way.
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("action", entry.action).field("actor", entry.actor).field("at", entry.at).key("attachments").begin_array();
  for (const std::string& hash : entry.attachments) out.string(hash);
  out.end_array().field("body_sha256", entry.body_sha256).field("previous", entry.previous).key("seq").integer(entry.seq);
  out.field("state", entry.state).field("subject", entry.subject).field("tenant", tenant).field("why", entry.why).end_object();
  return sha256_hex(text);
}

std::string joined(const std::vector<std::string>& hashes) {
  std::string out;
  for (const std::string& hash : hashes) out += (out.empty() ? "" : " ") + hash;
  return out;
}

std::vector<std::string> parted(std::string_view hashes) {
  std::vector<std::string> out;
  while (!hashes.empty()) {
    const std::size_t end = std::min(hashes.find(' '), hashes.size());
    if (end > 0) out.emplace_back(hashes.substr(0, end));
    hashes.remove_prefix(std::min(end + 1, hashes.size()));
  }
  return out;
}

std::string_view journal_columns() {
  return "journal.seq, journal.at, journal.actor, journal.action, journal.kind || '/' || journal.record_id || '@' || "
         "CAST(journal.revision AS TEXT), journal.state, journal.why, journal.attachments, journal.body_sha256, journal.previous, "
         "journal.hash, journal.revision";
}

JournalEntry entry_of(const store::Row& row) {
  JournalEntry entry;
  entry.seq = row.integer(0);
  entry.at = row.string(1);
  entry.actor = row.string(2);
  entry.action = row.string(3);
  entry.subject = row.string(4);
  entry.state = row.string(5);
  entry.why = row.optional_text(6);
  entry.attachments = parted(row.text(7));
  entry.body_sha256 = row.string(8);
  entry.previous = row.string(9);
  entry.hash = row.string(10);
  return entry;
}

}  // namespace jiheng::registry
