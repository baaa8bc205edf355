// The indicator library (指标库): what approved tables have in common, for whoever writes the next one. It grows by itself; people who
// audit may add the better word to an entry, and theirs is shown in place of the derived one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "desks/performance/indicator_identity.h"
#include "desks/performance/library_lists.h"
#include "registry/registry.h"

namespace jiheng::desks {

inline constexpr std::string_view library_kind = "library-entry";

/// Of the targets set: each unit's table counts with its newest one. Exact decimals (quartiles.h).
struct TargetFigures {
  int count = 0;
  std::string least;
  std::string q1;
  std::string median;
  std::string q3;
  std::string most;
};

struct LibraryEntry {
  std::string id;
  int revision = 0;  ///< of what people wrote to it; 0: nothing yet
  std::string level1;
  Text level2;
  std::string name;
  Direction direction = Direction::exact;
  Comparator comparator = Comparator::none;  ///< used most
  Text unit;                                 ///< of measure
  Text explanation;
  Text scoring_rule;
  Text evidence;        ///< where the value comes from
  Text function_class;  ///< code
  bool retired = false;
  int tables = 0;
  int units = 0;
  int years = 0;
  std::optional<int> last_year;
  int overall_tables = 0;
  int project_tables = 0;
  std::optional<TargetFigures> figures;
};

struct LibraryFilter {
  std::string query;  ///< part of a name
  Text level1;
  Text level2;
  Text function_class;  ///< code, "none" for entries without
  std::optional<TableKind> kind;
  bool retired = false;  ///< the retired ones in place of those in use
  enum class Sort { use, name, newest } sort = Sort::use;
  int limit = 50;
  int offset = 0;
};

struct LibraryPage {
  int total = 0;
  std::vector<LibraryEntry> items;
  /// Over the whole library, to filter by.
  struct Level {
    std::string level1;
    Text level2;
    int count = 0;
  };
  std::vector<Level> levels;
  struct Class {
    Text code;  ///< none: entries without
    int count = 0;
  };
  std::vector<Class> classes;
};

/// One indicator of one approved table.
struct LibraryUse {
  int year = 0;  ///< 0: not stated
  TableKind kind = TableKind::project;
  std::string target;
  // Only for whoever may see the table.
  Text submission;
  Text unit_name;
  Text project_name;
  int table = 0;
  int indicator = 0;
};

struct LibraryDetail {
  LibraryEntry entry;
  Text original;                       ///< the name that tables have, where people chose another
  std::optional<LibraryNote> written;  ///< by people
  std::vector<LibraryUse> uses;        ///< newest first
  int uses_total = 0;
};

/// What people may write.
struct Curation {
  Text name;
  Text explanation;
  Text evidence;
  Text function_class;
  bool retired = false;
};

/// Thread-safe.
class Library {
 public:
  explicit Library(registry::Registry& registry) : registry_(registry) {}

  LibraryPage page(const LibraryFilter& filter) const;
  /// While typing: names that begin with it, then that hold it, then that look like it; used most in front. At most `most`.
  std::vector<LibraryEntry> suggestions(std::string_view typed, const LibraryFilter& within, std::size_t most = 20) const;
  /// Error: not-found.
  Result<LibraryDetail> open(std::string_view id, const access::Principal& who) const;
  /// `from_revision` 0: nobody wrote to it before. Errors: forbidden, not-found, invalid-entry (context: the field), stale-revision.
  Result<LibraryDetail> curate(std::string_view id, int from_revision, Curation curation, const access::Principal& who, Text why = {});

 private:
  /// Entries whose tables were approved since somebody last looked.
  void settle() const;

  registry::Registry& registry_;
};

/// Throws store::Failure (db-damaged) for what curate() cannot have written.
LibraryNote library_note_from(const registry::Record& record);

}  // namespace jiheng::desks
