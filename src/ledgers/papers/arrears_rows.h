// Inside ledgers/ only: what of a lease's rent is still unpaid, month by month, the oldest owed first.
#pragma once

#include <string>
#include <vector>

#include "ledgers/lease_account.h"

namespace jiheng::ledgers {

struct UnpaidMonth {
  std::string number;  ///< of the lease's month; empty: what was owed when the ledger began
  std::optional<Date> due_on;
  std::int64_t due = 0;
  std::int64_t unpaid = 0;
};
/// What was waived and paid settles the oldest first; the sum of what is left is what the account says is owed.
std::vector<UnpaidMonth> unpaid_months(const LeaseAccount& account);

}  // namespace jiheng::ledgers
