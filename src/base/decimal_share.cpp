#include <boost/multiprecision/cpp_int.hpp>

#include "base/decimal.h"

namespace jiheng {
namespace {

// Three numbers of 36 digits and the shifts between their scales: 10^(36 + 36 + 18 + 18 + places) at most.
using Long = boost::multiprecision::number<
    boost::multiprecision::cpp_int_backend<512, 512, boost::multiprecision::unsigned_magnitude, boost::multiprecision::checked, void>>;

Long power_of_ten(int n) {
  Long result = 1;
  while (n-- > 0) result *= 10;
  return result;
}

}  // namespace

std::optional<Decimal> Decimal::share(const Decimal& factor, const Decimal& a, const Decimal& b, int places, Rounding rounding) {
  using Magnitude = unsigned __int128;
  const auto magnitude = [](Wide value) { return value < 0 ? -static_cast<Magnitude>(value) : static_cast<Magnitude>(value); };
  const bool negative = (factor.mantissa_ < 0) != ((a.mantissa_ < 0) != (b.mantissa_ < 0));
  Long numerator = Long(magnitude(factor.mantissa_)) * Long(magnitude(a.mantissa_));
  Long denominator = magnitude(b.mantissa_);
  const int shift = places + b.scale_ - factor.scale_ - a.scale_;
  (shift > 0 ? numerator : denominator) *= power_of_ten(shift > 0 ? shift : -shift);
  Long whole = numerator / denominator;
  if (rounding == Rounding::half_up && (numerator % denominator) * 2 >= denominator) ++whole;
  static const Long limit = power_of_ten(max_digits);
  if (whole >= limit) return std::nullopt;
  const auto mantissa = static_cast<Wide>(static_cast<Magnitude>(whole));
  return Decimal(negative ? -mantissa : mantissa, places);
}

}  // namespace jiheng
