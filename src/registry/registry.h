// The one door: every change of a business record is a command with an author and a reason; it becomes a new revision of the
// record and one journal entry chained by hash, in one transaction. Nothing is stored around it.
//
// The registry knows records as (kind, id, revision, state, JSON body) and leaves their meaning to the desks.
// A broken database throws store::Failure; what is returned as an Error is an expected failure.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.h"
#include "goals/goal_table.h"
#include "store/store.h"

namespace jiheng::registry {

struct Author {
  std::string account = "local";
  Text why;
};

/// One stored revision of a record.
struct Record {
  std::string kind;
  std::string id;
  int revision = 0;
  std::string state;
  std::string body;    ///< JSON as the desk wrote it; hashes are taken over its canonical form (canonical_json.h)
  std::string action;  ///< what made this revision
  std::string at;      ///< UTC, ISO 8601
  std::string by;
  Text why;
  std::int64_t seq = 0;  ///< of its journal entry
};

struct JournalEntry {
  std::int64_t seq = 0;
  std::string at;
  std::string actor;
  std::string action;
  std::string subject;  ///< "submission/0193…@3"
  std::string state;    ///< of the record after it
  Text why;
  std::vector<std::string> attachments;  ///< SHA-256 of the originals this revision rests on
  std::string body_sha256;
  std::string previous;  ///< hash of the entry before; 64 zeros before the first
  std::string hash;
};

struct Verification {
  bool ok = true;
  std::int64_t entries = 0;
  struct Bad {
    std::int64_t seq = 0;
    /// Chinese, a complete sentence.
    std::string reason;
    /// entry-altered, entry-missing, head-differs, body-altered, body-missing, record-unjournaled, attachment-altered, attachment-missing.
    std::string code;
  };
  std::optional<Bad> first_bad;
};

/// A revision to be stored.
struct Revision {
  std::string kind;
  std::string id;
  int from_revision = 0;  ///< the revision it was made from; 0 for a new record
  std::string state;
  std::string action;
  std::string body;                      ///< a JSON object without fractions (decimals are strings)
  std::vector<std::string> attachments;  ///< kept before with Registry::keep()
};

/// "2026-11-24T03:48:13Z".
std::string utc_text(std::int64_t seconds);

class Registry;

/// A change in the making, inside one transaction that holds the journal's head: nobody else changes anything of the tenant until it
/// is committed or destroyed. Keep it short; do slow work (reading documents, keeping attachments) before.
class Change {
 public:
  /// The latest revision as nobody can change it under us.
  std::optional<Record> latest(std::string_view kind, std::string_view id);
  /// Errors: stale-revision (context: the latest revision, by whom, when), invalid-body, unknown-attachment.
  Result<Record> put(const Revision& revision);
  /// For what a desk derives from its records (lists, counts) in the same transaction.
  store::Connection& connection() { return *transaction_; }
  void commit() { transaction_.commit(); }

 private:
  friend class Registry;
  Change(Registry& registry, store::Transaction transaction, Author author);
  void store(const JournalEntry& entry, const Revision& revision);

  Registry* registry_;
  store::Transaction transaction_;
  Author author_;
  std::int64_t seq_ = 0;  ///< of the last entry
  std::string hash_;
};

/// Thread-safe; holds a reference to the store and the folder of attachments.
class Registry {
 public:
  /// Seconds since 1970, UTC; tests set it.
  using Clock = std::function<std::int64_t()>;

  /// Attachments lie in data_folder/attachments/ab/cdef….
  Registry(store::Store& store, std::string data_folder, std::string tenant = "local", Clock clock = {});

  store::Store& store() { return store_; }
  const std::string& tenant() const { return tenant_; }
  const std::string& data_folder() const { return data_folder_; }
  std::int64_t now() const { return clock_(); }
  /// "2026-11-24T03:48:13Z".
  std::string now_text() const { return utc_text(clock_()); }

  Change begin(Author author);

  std::optional<Record> latest(std::string_view kind, std::string_view id);
  /// Of many at once, by id; those that there are.
  std::map<std::string, Record, std::less<>> latest_of(std::string_view kind, std::span<const std::string> ids);
  std::optional<Record> at_revision(std::string_view kind, std::string_view id, int revision);
  /// Newest first.
  std::vector<Record> history(std::string_view kind, std::string_view id);
  /// The latest revision of every record of the kind, in the order of ids (which is that of their making).
  void each_latest(store::Connection& connection, std::string_view kind, const std::function<void(const Record&)>& take);
  /// From here to the transaction's end nobody else changes anything of the tenant, as while a Change is in the making.
  void hold(store::Connection& writing) const;
  /// How many records of the kind there are.
  std::int64_t count_of(store::Connection& connection, std::string_view kind);

  /// Newest first, `before` exclusive (0: from the newest).
  std::vector<JournalEntry> journal(int limit, std::int64_t before = 0);
  /// The chain's end: {seq, hash}, to be noted down outside. {0, zeros} where nothing is stored yet.
  std::pair<std::int64_t, std::string> head();
  /// The same within a transaction.
  std::pair<std::int64_t, std::string> head(store::Connection& connection);
  /// The same as one text "seq hash", in SQL, of the tenant that its one `?` names: for queries that ask for something else besides.
  static std::string_view head_text_sql();

  /// Puts the bytes on the disk under their SHA-256, which it returns. They belong to nobody until a revision names them.
  std::string keep(std::string_view bytes);
  /// Errors: not-found (no revision names it), attachment-missing, attachment-altered.
  Result<std::string> attachment(std::string_view sha256);

  /// Walks the whole chain, every body and every attachment; names the first that is not as it was stored.
  Verification verify();

  /// Everything of the tenant into one file (a tar), readable without this program and free of the engine. Error: backup-failed.
  Result<Done> backup(const std::string& path);
  /// Out of such a file into an empty registry, checking the chain entry by entry; wholly or not at all. What desks derive must be
  /// rebuilt afterwards. Errors: not-empty, backup-damaged (context: where), backup-unreadable.
  Result<Done> restore(const std::string& path);

 private:
  friend class Change;
  friend class Restoring;
  Result<Done> write_backup(const std::string& path);
  std::string attachment_path(std::string_view sha256) const;
  bool kept(std::string_view sha256) const;
  std::optional<Verification::Bad> check_attachments(const JournalEntry& entry, std::unordered_set<std::string>& seen) const;
  std::optional<Verification::Bad> check_chain(store::Connection& connection, std::int64_t& seq, std::string& hash) const;

  store::Store& store_;
  std::string data_folder_;
  std::string tenant_;
  Clock clock_;
};

/// The error stale-revision: what is stored now, by whom, since when.
Error stale_revision(const Record& latest);
/// A time-ordered id (UUIDv7), lower case.
std::string new_id();

}  // namespace jiheng::registry
