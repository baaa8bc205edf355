// Inside ledgers/ only: how long a limit is for each of some records.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "ledgers/ledgers.h"

namespace jiheng::ledgers {

/// Days, or hours where the limit is one of hours, by the records' ids; those that no step names are left out: the limit's own holds.
std::unordered_map<std::string, int> lengths_of(const Ledgers& ledgers, const RecordType& type, const Limit& limit,
                                                const std::vector<Entry>& entries, Date today);

}  // namespace jiheng::ledgers
