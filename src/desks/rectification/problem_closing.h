// Inside desks/rectification only: whether what a problem is to be closed on proves that something changed since it was raised.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "desks/rectification/problems.h"

namespace jiheng::desks {

/// The journal entry after which something must have changed: that of its raising, or of its last reopening.
struct Since {
  std::int64_t seq = 0;
  std::string day;  ///< ISO date
};
Since changed_since(registry::Registry& registry, const Problem& problem);

/// The basis with what is known of each record put in. Error: closing-refused, stale-revision (a record moved on since it was looked at).
Result<ClosingBasis> proven(registry::Registry& registry, const ledgers::Ledgers& ledgers, const Problem& problem, ClosingBasis basis);
/// Once more within the change: no payment closes two problems.
std::optional<Error> used_elsewhere(store::Connection& connection, const std::string& tenant, const Problem& problem,
                                    const ClosingBasis& basis);

}  // namespace jiheng::desks
