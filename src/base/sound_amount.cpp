#include "base/sound_amount.h"

namespace jiheng {
namespace {

constexpr std::int64_t too_much = 1'000'000'000'000'000;
constexpr int places = 6;

}  // namespace

Decimal sound_amount(const Decimal& amount) {
  const Decimal size = amount.abs();
  if (size >= Decimal(too_much) || size.plain().size() > longest_sound_amount) return {};
  return amount.rounded(places);
}

}  // namespace jiheng
