// Amounts of different tables in one unit, exactly. Nothing here throws: what leaves the range of Decimal is nullopt.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/decimal.h"
#include "goals/goal_table.h"

namespace jiheng::auditing {

/// How many yuan the unit is: 元 1, 万元 10000 …; nullopt for what is no money unit.
std::optional<std::int64_t> yuan_in(std::string_view unit);

std::optional<Decimal> number(const Text& text);
std::optional<Decimal> sum(const std::optional<Decimal>& a, const std::optional<Decimal>& b);
std::optional<Decimal> difference(const std::optional<Decimal>& a, const std::optional<Decimal>& b);
/// An amount in `factor` yuan, in yuan.
std::optional<Decimal> to_yuan(const std::optional<Decimal>& amount, std::int64_t factor);
/// Yuan as an amount in `factor` yuan, without trailing zeros: 100000 in 万元 → "10".
std::optional<std::string> from_yuan(const std::optional<Decimal>& yuan, std::int64_t factor);

}  // namespace jiheng::auditing
