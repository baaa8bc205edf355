// Inside desks/rectification only: whether what a problem is to be closed on proves that something changed since it was raised.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "desks/rectification/problems.h"

namespace jiheng::desks {

/// The journal entry after which something must have changed: that of its raising, or of its last reopening.
struct Since {
  std::int64_t seq = 0;
  std::string day;   ///< ISO date
  int evidence = 0;  ///< files that were there already
};
Since changed_since(registry::Registry& registry, const Problem& problem);

/// The pack's rule for a ledger of payments; nullptr for another ledger, and where the rule names a field that the ledger lacks.
const policy::PaymentRecords* payments_in(const policy::Rectification& rules, const ledgers::RecordType& type);

/// The basis with what is known of each record put in. Error: closing-refused, stale-revision (a record moved on since it was looked at).
Result<ClosingBasis> proven(registry::Registry& registry, const ledgers::Ledgers& ledgers, const Problem& problem, ClosingBasis basis);
/// Nobody closes on the document that he brought. Error: four-eyes.
std::optional<Error> brought_himself(const Problem& problem, const ClosingBasis& basis, const Person& by);
/// Once more within the change: no payment closes two problems.
std::optional<Error> used_elsewhere(store::Connection& connection, const std::string& tenant, const Problem& problem,
                                    const ClosingBasis& basis);

}  // namespace jiheng::desks
