// Amounts that people wrote, before they are added up.
#pragma once

#include <cstddef>

#include "base/decimal.h"

namespace jiheng {

inline constexpr std::size_t longest_sound_amount = 24;  ///< characters, without the sign

/// The amount itself, rounded to 6 places, or 0: what a unit wrote may be absurd (10^15 or more either way, more characters than any amount
/// has), and such an amount counts for nothing, so that the others can be added up. A thousand million of these stay within a Decimal.
Decimal sound_amount(const Decimal& amount);

}  // namespace jiheng
