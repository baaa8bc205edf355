// The ledgers' records: every change through the registry, one journal entry for each change of one record and for each import whole.
//
// A change is a registry record of the kind ledger.<type> whose body names the action, the number of rows and the root of the tree of
// hashes over them (rows.h); the rows themselves lie in the body, of many in attachments. The typed tables (schema.h) are made from that.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/date.h"
#include "base/result.h"
#include "ledgers/catalogue.h"
#include "ledgers/kept_totals.h"
#include "ledgers/register.h"
#include "ledgers/rows.h"
#include "registry/registry.h"

namespace jiheng::ledgers {

/// Records of one type about to be stored. Texts are views into the pool or into what outlives the batch.
struct Batch {
  explicit Batch(const RecordType& of) : type(&of) {}
  const RecordType* type;
  TextPool pool;
  std::vector<std::string_view> ids;  ///< empty: a new one is given
  std::vector<int> revisions;         ///< the revision that each becomes, from 1
  std::vector<Value> values;          ///< one after the other, a type's fields each
  /// Ledgers::head() when its maker looked at the records that it replaces; below 0 where he did not.
  std::int64_t seen = -1;

  std::size_t size() const { return ids.size(); }
  std::span<const Value> row(std::size_t index) const { return {values.data() + index * type->fields.size(), type->fields.size()}; }
  void add(std::string_view id, int revision, std::span<const Value> row);
};

/// A record as it stands, or stood.
struct Entry {
  std::string id;
  int revision = 0;
  std::int64_t seq = 0;
  std::vector<Value> values;
};
/// Records with the room that their texts lie in.
struct Entries {
  TextPool pool;
  std::vector<Entry> rows;
  std::int64_t total = 0;                                   ///< that the question is about, of which `rows` is a page
  std::vector<std::pair<std::string, std::string>> totals;  ///< field, sum as written, of amounts over all of them
};

struct Question {
  std::string view;                                        ///< name of a view of the type
  std::string text;                                        ///< part of any text field
  std::vector<std::pair<std::string, std::string>> equal;  ///< field, value as written
  std::string from_field;                                  ///< a date or time field, for the two below
  std::string from;
  std::string to;
  std::string sort;  ///< a field; "-" before it: greatest first
  int limit = 100;
  int offset = 0;
};

/// One revision in a record's timeline.
struct Moment {
  int revision = 0;
  std::string action;
  std::string at;
  std::string by;
  Text why;
  std::int64_t seq = 0;
  std::vector<Value> values;
};
struct Timeline {
  TextPool pool;
  std::vector<Moment> moments;  ///< newest first
};

class SumKeeping;

/// Thread-safe; holds references, and the totals that its copies share.
class Ledgers {
 public:
  Ledgers(registry::Registry& registry, const Catalogue& catalogue)
      : registry_(registry), catalogue_(catalogue), totals_(std::make_shared<KeptTotals>()) {}

  const Catalogue& catalogue() const { return catalogue_; }
  registry::Registry& registry() const { return registry_; }

  /// Days of a deadline in the rule pack that holds on the day; limits name some (LimitStep). Nothing where the pack has none of the name.
  using PackDeadlines = std::function<std::optional<int>(std::string_view name, Date day)>;
  void use_pack_deadlines(PackDeadlines deadlines) { deadlines_ = std::move(deadlines); }
  std::optional<int> pack_deadline(std::string_view name, Date day) const { return deadlines_ ? deadlines_(name, day) : std::nullopt; }

  struct Source {
    std::string action = "import";
    std::string file;    ///< the name of what was imported
    std::string sha256;  ///< of its bytes
  };
  /// What happens in the same transaction before the rows are stored.
  using Before = std::function<std::optional<Error>(registry::Change&)>;
  /// Stores all of it or nothing; one journal entry a batch. Ids that the program gave are put into the batches. Errors: stale-revision
  /// (somebody changed one of them meanwhile; context: the record), and what `before` says.
  Result<Done> store(std::span<Batch> batches, const registry::Author& author, const Source& source, const Before& before = {});

  Entries list(const RecordType& type, const Question& question) const;
  /// All that the question is about, from its offset up to its limit, some at a time, in one snapshot. The texts last until the next ones.
  void each_page(const RecordType& type, const Question& question,
                 const std::function<void(store::Connection& connection, const std::vector<Entry>& entries)>& take) const;
  /// Error: not-found.
  Result<Entries> find(const RecordType& type, std::string_view id) const;
  Timeline timeline(const RecordType& type, std::string_view id) const;
  /// The latest journal entry that changed the type; 0 for none.
  std::int64_t head(store::Connection& connection, const RecordType& type) const;

  /// To be called once at start and after a restore: fills the typed tables where they are behind the journal. Returns how many rows it had
  /// to make.
  std::int64_t prepare();
  std::int64_t rebuild();
  /// Holds every row of the typed tables against the journal; the first entry whose rows are not as they were stored.
  std::optional<registry::Verification::Bad> check() const;

 private:
  struct Prepared;
  Prepared prepare_entry(const Batch& batch, const Source& source) const;
  std::optional<Error> trouble_with(store::Connection& connection, const Batch& batch) const;
  void load(store::Connection& connection, const Batch& batch, std::int64_t seq) const;
  void replace_standing(store::Connection& connection, const Batch& batch, std::int64_t seq, SumKeeping& sums) const;
  std::int64_t rebuild(store::Connection& connection, const RecordType& type) const;
  Totals totals(store::Connection& connection, const RecordType& type, const Question& question) const;

  registry::Registry& registry_;
  const Catalogue& catalogue_;
  std::shared_ptr<KeptTotals> totals_;
  PackDeadlines deadlines_;
};

/// "ledger.payment".
std::string kind_of(const RecordType& type);
/// The columns "id, revision, seq" and the type's fields in order (NULL where computed: those are worked out from the row).
std::string select_columns(const RecordType& type, std::string_view alias = {});
/// A row of select_columns(); computed fields included.
Entry entry_of(const RecordType& type, const store::Row& row, TextPool& pool);

}  // namespace jiheng::ledgers
