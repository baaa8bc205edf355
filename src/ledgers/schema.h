// The typed tables of the ledgers: made and changed from the declarations, never inside a request.
//
// A table ledger_<type> holds a row for each revision of each record: the journal position that made it (seq), the one that replaced it
// (until, NULL while it stands), a column for each field. A measure as of a past moment is the same statement with another condition.
// All of it is derived: the journal makes it anew (ledgers.h, rebuild).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledgers/catalogue.h"
#include "store/store.h"

namespace jiheng::ledgers {

/// "ledger_payment", quoted.
std::string table_of(const RecordType& type);
/// The field's column, quoted.
std::string column_of(const Field& field);
/// Whether the field has a column: computed ones have none.
bool is_stored(const Field& field);
/// Names of the columns that load() fills, in the order: tenant_id, id, revision, seq, then the stored fields.
std::vector<std::string> load_columns(const RecordType& type);

/// Makes what is missing for the bureau's declarations, all of it or nothing; what other bureaus in the database declare stays. A
/// declaration that drops a field with records, or changes what one holds, is refused. Error: ledger-destructive (message: which, and what
/// to do).
Result<Done> migrate_ledgers(store::Store& store, const Catalogue& catalogue, const std::string& tenant = "local");

}  // namespace jiheng::ledgers
