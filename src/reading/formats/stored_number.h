// Numbers as a spreadsheet stores them: the shortest text of a binary double, kept here as decimal digits and never as a double again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jiheng::reading {

/// ± 0.DIGITS × 10^point. No leading and no trailing zeros in the digits; zero has none.
struct StoredNumber {
  bool negative = false;
  std::string digits;
  int point = 0;

  bool is_zero() const { return digits.empty(); }
  /// Without exponent: "10891.615675", "-0.05", "0".
  std::string plain() const;
  /// Half away from zero to `places` decimals.
  void round(int places);
  void shift(int powers_of_ten) { point += is_zero() ? 0 : powers_of_ten; }
  /// Digits left of the point ("" below one), and `places` of those right of it.
  std::string whole() const;
  std::string fraction(int places) const;
};

/// "0.9379999999999999", "1.2E-3", "-5": rounded to 15 significant digits, as the program that stored it shows it. nullopt: no number.
std::optional<StoredNumber> parse_stored_number(std::string_view text);

}  // namespace jiheng::reading
