#include "ledgers/papers/words.h"

#include <array>

#include "base/decimal.h"

namespace jiheng::ledgers {
namespace {

constexpr std::array digits = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
constexpr std::array places = {"", "拾", "佰", "仟"};
constexpr std::array groups = {"", "万", "亿", "万亿", "亿亿"};

/// Up to 9999, without leading zeros.
std::string group_in_capitals(std::uint64_t number) {
  std::string out;
  bool zero = false;
  std::uint64_t unit = 1000;
  for (std::size_t place = 4; place-- > 0; unit /= 10) {
    const std::uint64_t digit = number / unit % 10;
    if (digit == 0) {
      zero = !out.empty();
      continue;
    }
    if (zero) out += digits[0];
    zero = false;
    out += std::string(digits[digit]) + places[place];
  }
  return out;
}

std::string whole_in_capitals(std::uint64_t yuan) {
  std::string out;
  bool gap = false;
  std::uint64_t unit = 1'0000'0000'0000'0000;
  for (std::size_t group = 5; group-- > 0; unit /= 1'0000) {
    const std::uint64_t part = yuan / unit % 1'0000;
    if (part == 0) {
      gap = !out.empty();
      continue;
    }
    if (!out.empty() && (gap || part < 1000)) out += digits[0];
    gap = false;
    out += group_in_capitals(part) + groups[group];
  }
  return out;
}

}  // namespace

std::string day_in_words(Date day) {
  return std::to_string(day.year()) + "年" + std::to_string(day.month()) + "月" + std::to_string(day.day()) + "日";
}

std::string amount_in_threes(std::int64_t fen) {
  const std::uint64_t size = fen < 0 ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
  std::string whole = std::to_string(size / 100);
  for (std::size_t at = whole.size(); at > 3;) whole.insert(at -= 3, ",");
  const std::string cents = std::to_string(100 + size % 100).substr(1);
  return (fen < 0 ? "-" : "") + whole + "." + cents;
}

std::string amount_in_capitals(std::int64_t fen) {
  const std::uint64_t size = fen < 0 ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
  const std::string whole = whole_in_capitals(size / 100);
  const std::uint64_t jiao = size / 10 % 10;
  const std::uint64_t cents = size % 10;
  std::string out = fen < 0 ? "负" : "";
  if (!whole.empty()) out += whole + "元";
  if (jiao > 0) out += std::string(digits[jiao]) + "角";
  if (cents > 0) return out + (jiao == 0 && !whole.empty() ? digits[0] : "") + digits[cents] + "分";
  if (whole.empty() && jiao == 0) out += "零元";
  return out + "整";
}

std::optional<std::string> share_in_percent(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::nullopt;
  const auto share = Decimal::share(Decimal(100), Decimal(part), Decimal(whole), 2);
  return share ? std::optional(share->text() + "%") : std::nullopt;
}

}  // namespace jiheng::ledgers
