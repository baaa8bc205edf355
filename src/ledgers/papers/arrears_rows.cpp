#include "ledgers/papers/arrears_rows.h"

#include <algorithm>

namespace jiheng::ledgers {

std::vector<UnpaidMonth> unpaid_months(const LeaseAccount& account) {
  std::vector<UnpaidMonth> months;
  std::int64_t settled = 0;
  for (const AccountLine& line : account.lines) {
    const bool owed = line.kind == AccountLine::Kind::opening || line.kind == AccountLine::Kind::due;
    if (owed && line.fen > 0) {
      months.push_back({line.kind == AccountLine::Kind::due ? line.record : "", line.on, line.fen, line.fen});
    } else {
      settled -= line.fen;
    }
  }
  // More refunded than paid is owed as well, since the last of the months.
  if (settled < 0) months.push_back({"", std::nullopt, -settled, -settled});
  for (UnpaidMonth& month : months) {
    const std::int64_t paid = std::clamp<std::int64_t>(settled, 0, month.unpaid);
    month.unpaid -= paid;
    settled -= paid;
  }
  std::erase_if(months, [](const UnpaidMonth& month) { return month.unpaid == 0; });
  return months;
}

}  // namespace jiheng::ledgers
