#include "base/decimal.h"

#include <stdexcept>

namespace jiheng {
namespace {

using Wide = __int128;

constexpr Wide pow10(int n) {
  Wide result = 1;
  while (n-- > 0) result *= 10;
  return result;
}

Wide checked_multiply(Wide a, Wide b) {
  Wide result = 0;
  if (__builtin_mul_overflow(a, b, &result)) throw std::overflow_error("decimal out of range");
  return result;
}

Wide checked_add(Wide a, Wide b) {
  Wide result = 0;
  if (__builtin_add_overflow(a, b, &result)) throw std::overflow_error("decimal out of range");
  return result;
}

Wide magnitude(Wide value) {
  return value < 0 ? -value : value;
}

/// numerator ÷ denominator in whole units, half away from zero (or cut).
Wide divide(Wide numerator, Wide denominator, bool round) {
  Wide quotient = numerator / denominator;
  const Wide remainder = magnitude(numerator % denominator);
  if (round && remainder >= magnitude(denominator) - remainder) {
    quotient += (numerator < 0) == (denominator < 0) ? 1 : -1;
  }
  return quotient;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  Wide mantissa = 0;
  int scale = 0;
  int significant = 0;
  bool point = false;
  bool digit_before = false;
  bool digit_after = false;
  for (const char c : text) {
    if (c == '.') {
      if (point) return std::nullopt;
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    (point ? digit_after : digit_before) = true;
    if (mantissa != 0 || c != '0') ++significant;
    if (significant > max_digits) return std::nullopt;
    mantissa = mantissa * 10 + (c - '0');
    if (point && ++scale > max_scale) return std::nullopt;
  }
  if (!digit_before || (point && !digit_after)) return std::nullopt;
  return Decimal(negative ? -mantissa : mantissa, scale);
}

std::string Decimal::text() const {
  std::string reversed;
  Wide rest = magnitude(mantissa_);
  int written = 0;
  do {
    reversed.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
    if (++written == scale_) reversed.push_back('.');
  } while (rest != 0 || written <= scale_);
  if (reversed.back() == '.') reversed.push_back('0');
  if (mantissa_ < 0) reversed.push_back('-');
  return {reversed.rbegin(), reversed.rend()};
}

std::string Decimal::plain() const {
  std::string printed = text();
  if (scale_ > 0) {
    while (printed.back() == '0') printed.pop_back();
    if (printed.back() == '.') printed.pop_back();
  }
  return printed == "-0" ? "0" : printed;
}

bool Decimal::is_integer() const {
  return mantissa_ % pow10(scale_) == 0;
}

Decimal Decimal::rounded(int places) const {
  if (places >= scale_) return Decimal(checked_multiply(mantissa_, pow10(places - scale_)), places);
  return Decimal(divide(mantissa_, pow10(scale_ - places), true), places);
}

Decimal Decimal::cut(int places) const {
  if (places >= scale_) return Decimal(checked_multiply(mantissa_, pow10(places - scale_)), places);
  return Decimal(divide(mantissa_, pow10(scale_ - places), false), places);
}

Decimal Decimal::operator-() const {
  return Decimal(-mantissa_, scale_);
}

Decimal Decimal::abs() const {
  return Decimal(magnitude(mantissa_), scale_);
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  const int scale = a.scale_ > b.scale_ ? a.scale_ : b.scale_;
  return Decimal(
      checked_add(checked_multiply(a.mantissa_, pow10(scale - a.scale_)), checked_multiply(b.mantissa_, pow10(scale - b.scale_))), scale);
}

Decimal operator-(const Decimal& a, const Decimal& b) {
  return a + -b;
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  Decimal product(checked_multiply(a.mantissa_, b.mantissa_), a.scale_ + b.scale_);
  while (product.scale_ > Decimal::max_scale && product.mantissa_ % 10 == 0) {
    product.mantissa_ /= 10;
    --product.scale_;
  }
  return product;
}

Decimal Decimal::quotient(const Decimal& a, const Decimal& b, int places) {
  // a·10^-sa ÷ b·10^-sb, wanted in units of 10^-places: shift whichever side keeps both whole.
  const int shift = places + b.scale_ - a.scale_;
  const Wide numerator = shift > 0 ? checked_multiply(a.mantissa_, pow10(shift)) : a.mantissa_;
  const Wide denominator = shift < 0 ? checked_multiply(b.mantissa_, pow10(-shift)) : b.mantissa_;
  return Decimal(divide(numerator, denominator, true), places);
}

Decimal Decimal::quotient_cut(const Decimal& a, const Decimal& b, int places) {
  const int shift = places + b.scale_ - a.scale_;
  const Wide numerator = shift > 0 ? checked_multiply(a.mantissa_, pow10(shift)) : a.mantissa_;
  const Wide denominator = shift < 0 ? checked_multiply(b.mantissa_, pow10(-shift)) : b.mantissa_;
  return Decimal(divide(numerator, denominator, false), places);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.scale_ == b.scale_) return a.mantissa_ <=> b.mantissa_;
  // Compare whole parts first, so that no scaling can overflow.
  const Wide whole_a = a.mantissa_ / pow10(a.scale_);
  const Wide whole_b = b.mantissa_ / pow10(b.scale_);
  if (whole_a != whole_b) return whole_a <=> whole_b;
  const Wide part_a = a.mantissa_ % pow10(a.scale_) * pow10(Decimal::max_scale - a.scale_ > 0 ? Decimal::max_scale - a.scale_ : 0);
  const Wide part_b = b.mantissa_ % pow10(b.scale_) * pow10(Decimal::max_scale - b.scale_ > 0 ? Decimal::max_scale - b.scale_ : 0);
  return part_a <=> part_b;
}

}  // namespace jiheng
