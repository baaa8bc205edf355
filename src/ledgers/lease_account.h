// A lease's account: every amount that was owed, waived or received, line by line, so that each cent of its arrears is explained.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "ledgers/ledgers.h"

namespace jiheng::ledgers {

struct AccountLine {
  enum class Kind { opening, due, waiver, receipt };
  Kind kind = Kind::opening;
  std::optional<Date> on;    ///< none: what was owed when the ledger began
  std::string record;        ///< number of the waiver or receipt; of a month its number
  std::int64_t fen = 0;      ///< what it adds to what is owed; below 0 what it takes away
  std::int64_t balance = 0;  ///< after it
};
std::string_view kind_code(AccountLine::Kind kind);

struct LeaseAccount {
  std::vector<AccountLine> lines;  ///< by day; what fell due on a day before what was paid on it
  std::int64_t owed = 0;           ///< by the measure assets.arrears: never below 0
};

/// Up to and with the day, over records that stand, or stood at the journal position. Errors: not-found (no such lease), lease-incomplete.
Result<LeaseAccount> lease_account(const Ledgers& ledgers, std::string_view lease, Date by, std::optional<std::int64_t> as_of = {});

}  // namespace jiheng::ledgers
