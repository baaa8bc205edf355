// A desk's own table into a ledger: all rows or none, every bad row with its reason.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledgers/column_choice.h"
#include "ledgers/ledgers.h"
#include "ledgers/sheet.h"

namespace jiheng::ledgers {

struct BadRow {
  std::uint32_t row = 0;  ///< as people see it, from 1
  std::string field;      ///< its name; empty where the row as a whole is meant
  std::string label;
  std::string reason;
};

struct ImportOptions {
  bool skip_bad = false;
  bool only_check = false;      ///< nothing is stored; what would be is told
  bool create_missing = false;  ///< what a reference names and no register knows becomes an entry
  /// Makes a unit in the register of units, which is kept outside of the ledgers. Without it missing units are bad rows.
  std::function<std::optional<Error>(registry::Change& change, const std::string& id, const std::string& name)> make_unit;
  /// Whether known records may take another state although the ledger moves them by actions (two persons, required fields): the operator at
  /// the machine alone, who loads what a desk kept elsewhere.
  bool may_move_states = false;
  std::string file;  ///< its name, for the journal
  /// What a person said of the columns; kept with the table for the next one of the same heading.
  std::optional<ColumnChoice> columns;
  /// Bytes → tables; empty: read_sheets(), in this process.
  std::function<Result<std::vector<Sheet>>(std::string bytes)> read;
};

struct Imported {
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t same = 0;
  std::int64_t skipped = 0;  ///< bad rows that were left out
  std::vector<BadRow> bad;
  std::vector<std::string> notes;    ///< what was passed over: sums, columns that nobody knows
  std::vector<std::string> created;  ///< "咨询机构 ××": entries made for references
  /// The bad rows as they stood with the reasons behind: a heading and lines, for BAD.xlsx.
  std::vector<std::vector<std::string>> bad_table;
  /// What each heading was taken for: the field's name, or "" for nothing.
  std::vector<std::pair<std::string, std::string>> columns;
  std::vector<std::string> missing;  ///< of a check alone: required fields that no column bears; nothing was read then
  bool stored = false;               ///< false where bad rows held everything back, and where there was nothing to store
};

/// {"stored","added","changed","same","skipped","bad":[{"row","field","label","reason"}],"notes","created"}.
std::string imported_json(const Imported& imported);

/// A record whose number is known already becomes its next revision where it differs; in a ledger without numbers a file that was imported
/// before is not imported again. Errors: forbidden, those of read_sheets(), no-header (no row names the required fields; context: which),
/// stale-revision.
Result<Imported> import_table(Ledgers& ledgers, const RecordType& type, std::string bytes, const ImportOptions& options,
                              const access::Principal& who, Text why = {});

}  // namespace jiheng::ledgers
