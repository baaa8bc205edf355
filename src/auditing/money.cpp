#include "auditing/money.h"

#include <stdexcept>

namespace jiheng::auditing {
namespace {

/// 万元 of an amount in 分 has six places; more would only carry noise.
constexpr int places = 8;

template <class Compute>
std::optional<Decimal> within_range(Compute compute) {
  try {
    return compute();
  } catch (const std::overflow_error&) {
    return std::nullopt;
  }
}

}  // namespace

std::optional<std::int64_t> yuan_in(std::string_view unit) {
  if (unit == "万元") return 10'000;
  if (unit == "元") return 1;
  if (unit == "亿元") return 100'000'000;
  if (unit == "千元") return 1'000;
  if (unit == "百万元") return 1'000'000;
  return std::nullopt;
}

std::optional<Decimal> number(const Text& text) {
  return text ? Decimal::parse(*text) : std::nullopt;
}

std::optional<Decimal> sum(const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
  if (!a || !b) return std::nullopt;
  return within_range([&] { return *a + *b; });
}

std::optional<Decimal> difference(const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
  if (!a || !b) return std::nullopt;
  return within_range([&] { return *a - *b; });
}

std::optional<Decimal> to_yuan(const std::optional<Decimal>& amount, std::int64_t factor) {
  if (!amount) return std::nullopt;
  return within_range([&] { return *amount * Decimal(factor); });
}

std::optional<std::string> from_yuan(const std::optional<Decimal>& yuan, std::int64_t factor) {
  if (!yuan) return std::nullopt;
  const auto amount = within_range([&] { return Decimal::quotient(*yuan, Decimal(factor), places); });
  if (!amount) return std::nullopt;
  return amount->plain();
}

}  // namespace jiheng::auditing
