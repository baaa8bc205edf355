// One record at a time, as a person registers, mends and moves it along.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledgers/ledgers.h"

namespace jiheng::ledgers {

/// Field names with what was typed; an empty text empties the field.
using Typed = std::vector<std::pair<std::string, std::string>>;

// Errors of all: forbidden, invalid-record (context: "field: reason", one each).
/// Its state is the first one. Error besides: record-exists (the number is taken).
Result<Entries> add_record(Ledgers& ledgers, const RecordType& type, const Typed& typed, const access::Principal& who, Text why = {});
/// The number stays as it was registered; the state of a ledger with actions changes by these alone. Errors besides: not-found,
/// stale-revision, record-void.
Result<Entries> change_record(Ledgers& ledgers, const RecordType& type, std::string_view id, int from_revision, const Typed& typed,
                              const access::Principal& who, Text why = {});
/// Errors besides: not-found, stale-revision, action-not-allowed (not from this state, not by this post), four-eyes.
Result<Entries> act_on_record(Ledgers& ledgers, const RecordType& type, std::string_view id, int from_revision, std::string_view action,
                              const Typed& typed, const access::Principal& who, Text why = {});

/// Keeps the bytes as the file of a file field. Errors besides: not-found (no such record or field), stale-revision, record-void.
Result<Entries> keep_record_file(Ledgers& ledgers, const RecordType& type, std::string_view id, int from_revision, std::string_view field,
                                 std::string_view bytes, std::string_view file, const access::Principal& who, Text why = {});
/// The bytes of a file field. Errors: not-found (only a name stands there), attachment-missing, attachment-altered.
Result<std::string> record_file(const Ledgers& ledgers, const RecordType& type, const Entry& entry, std::string_view field);

/// What he may do with it as it stands.
std::vector<const Action*> open_actions(const RecordType& type, const Entry& entry, const Timeline& timeline, const access::Principal& who);

}  // namespace jiheng::ledgers
