// Inside ledgers/ only: how long a limit is for each of some records.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "ledgers/ledgers.h"

namespace jiheng::ledgers {

/// An expression over the records of `alias`: the length of the first step that holds for a record on the day, NULL where none does; ""
/// where the pack in force has none of them.
std::string length_case(const Ledgers& ledgers, const RecordType& type, const Limit& limit, Date day, std::string_view alias);

/// Days, or hours where the limit is one of hours, by the records' ids; those that no step names are left out: the limit's own holds.
std::unordered_map<std::string, int> lengths_of(const Ledgers& ledgers, const RecordType& type, const Limit& limit,
                                                const std::vector<Entry>& entries, Date today);

}  // namespace jiheng::ledgers
