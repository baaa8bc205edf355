// Exact decimal numbers. Amounts, targets, weights and scores are never binary floating point.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiheng {

/// mantissa × 10^-scale, at most 36 significant digits. Two decimals that are equal in value compare equal whatever their scale
/// (1.50 == 1.5); text() prints the digits kept (1.50 stays "1.50").
class Decimal {
 public:
  static constexpr int max_digits = 36;
  static constexpr int max_scale = 18;

  constexpr Decimal() = default;
  constexpr Decimal(std::int64_t whole) : mantissa_(whole) {}

  /// "-12.30"; ASCII digits, one optional sign and point, no separators, no exponent, no space. Anything else: nullopt.
  static std::optional<Decimal> parse(std::string_view text);

  std::string text() const;
  /// Without trailing zeros after the point: 150.00 → "150".
  std::string plain() const;

  bool is_zero() const { return mantissa_ == 0; }
  bool is_negative() const { return mantissa_ < 0; }
  /// No digits but zero after the point.
  bool is_integer() const;

  /// Rounded half away from zero to `places` decimals; the result has exactly that scale.
  Decimal rounded(int places) const;
  /// Cut towards zero to `places` decimals.
  Decimal cut(int places) const;

  Decimal operator-() const;
  Decimal abs() const;

  // Sums and products that leave the range throw std::overflow_error: amounts of a nation's budget use 20 digits of the 36.
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  Decimal& operator+=(const Decimal& other) { return *this = *this + other; }

  /// a ÷ b rounded half away from zero, once, to `places`. b must not be zero.
  static Decimal quotient(const Decimal& a, const Decimal& b, int places);
  /// a ÷ b cut towards zero to `places`. b must not be zero.
  static Decimal quotient_cut(const Decimal& a, const Decimal& b, int places);

  /// factor × a ÷ b, exact until it is rounded once to `places`, half away from zero or cut towards zero, however long the three are.
  /// nullopt where the result needs more than max_digits digits. b must not be zero.
  enum class Rounding { half_up, cut };
  static std::optional<Decimal> share(const Decimal& factor, const Decimal& a, const Decimal& b, int places,
                                      Rounding rounding = Rounding::half_up);

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == std::strong_ordering::equal; }

 private:
  using Wide = __int128;
  constexpr Decimal(Wide mantissa, int scale) : mantissa_(mantissa), scale_(scale) {}

  Wide mantissa_ = 0;
  int scale_ = 0;
};

}  // namespace jiheng
