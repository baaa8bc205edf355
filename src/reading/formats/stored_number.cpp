#include "reading/formats/stored_number.h"

#include <algorithm>

namespace jiheng::reading {
namespace {

constexpr std::size_t significant_digits = 15;
constexpr int largest_exponent = 400;  // a double ends at 308

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void trim_zeros(StoredNumber& number) {
  const std::size_t lead = std::min(number.digits.find_first_not_of('0'), number.digits.size());
  number.digits.erase(0, lead);
  number.point -= static_cast<int>(lead);
  while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
  if (number.digits.empty()) number = StoredNumber{};
}

/// Keeps the first `count` digits, rounded half away from zero.
void keep_digits(StoredNumber& number, std::size_t count) {
  if (number.digits.size() <= count) return;
  const bool up = number.digits[count] >= '5';
  number.digits.resize(count);
  if (!up) return trim_zeros(number);
  std::size_t at = count;
  while (at > 0 && number.digits[at - 1] == '9') --at;
  number.digits.resize(at);
  if (at == 0) {
    number.digits = "1";
    ++number.point;
  } else {
    ++number.digits[at - 1];
  }
}

}  // namespace

std::optional<StoredNumber> parse_stored_number(std::string_view text) {
  StoredNumber number;
  std::size_t at = 0;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) number.negative = text[at++] == '-';
  bool any = false;
  for (; at < text.size() && is_digit(text[at]); ++at, any = true) {
    number.digits.push_back(text[at]);
    ++number.point;
  }
  if (at < text.size() && text[at] == '.') {
    for (++at; at < text.size() && is_digit(text[at]); ++at, any = true) number.digits.push_back(text[at]);
  }
  if (!any || number.digits.size() > 1000) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    bool negative = false;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';
    if (at == text.size()) return std::nullopt;
    int exponent = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) exponent = std::min(exponent * 10 + (text[at] - '0'), largest_exponent + 1);
    if (exponent > largest_exponent) return std::nullopt;
    number.point += negative ? -exponent : exponent;
  }
  if (at != text.size()) return std::nullopt;
  trim_zeros(number);
  keep_digits(number, significant_digits);
  return number;
}

std::string StoredNumber::whole() const {
  if (point <= 0) return {};
  std::string out = digits.substr(0, static_cast<std::size_t>(point));
  out.resize(static_cast<std::size_t>(point), '0');
  return out;
}

std::string StoredNumber::fraction(int places) const {
  std::string out;
  for (int i = 0; i < places; ++i) {
    const int at = point + i;
    out.push_back(at >= 0 && static_cast<std::size_t>(at) < digits.size() ? digits[static_cast<std::size_t>(at)] : '0');
  }
  return out;
}

void StoredNumber::round(int places) {
  const int keep = point + places;
  if (keep < 0) {
    *this = StoredNumber{};
  } else {
    keep_digits(*this, static_cast<std::size_t>(keep));
  }
}

std::string StoredNumber::plain() const {
  if (is_zero()) return "0";
  std::string out = negative ? "-" : "";
  const std::string left = whole();
  out += left.empty() ? "0" : left;
  const int places = static_cast<int>(digits.size()) - point;
  if (places > 0) out += "." + fraction(places);
  return out;
}

}  // namespace jiheng::reading
