// The sample bureau's year 2026: plausible records of every ledger, the same each time, marked as sample, so that every indicator of its
// five tables that is a figure gets its actual.
#pragma once

#include <string>
#include <vector>

#include "ledgers/ledgers.h"

namespace jiheng::desks {

struct SampleTable {
  std::string type;
  std::string csv;
};

/// The tables in the order in which they refer to one another.
std::vector<SampleTable> sample_year();

/// Imports them; what is there already stays. Returns how many records it added. Errors: those of ledgers::import_table().
Result<std::int64_t> play_sample_year(ledgers::Ledgers& ledgers);

}  // namespace jiheng::desks
