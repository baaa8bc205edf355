// Inside desks/performance only: how a submission's next revision gets into the registry, and out again to whoever asks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desks/performance/lists.h"

namespace jiheng::desks {

/// Whoever had a hand in the content signs nothing of it later; nor does he whom he stood in for.
void add_filer(Filing& filing, const access::Principal& who, const access::Post* stands_in);
/// Too many tables, too large, no text: error invalid-table.
std::optional<Error> trouble_with(const std::vector<GoalTable>& tables);
/// Stores the body as the next revision, with the lists. Errors: stale-revision (the record may have moved on meanwhile), year-closed.
Result<Opened> store_revision(registry::Registry& registry, const registry::Record& from, Body body, std::string state, std::string action,
                              const registry::Author& author);
Submission submission_of(Opened opened, const access::Principal& who);

}  // namespace jiheng::desks
