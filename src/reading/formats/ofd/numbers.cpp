#include "reading/formats/ofd/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace jiheng::reading::ofd {
namespace {

constexpr float farthest = 1e6F;  ///< no page is a kilometre wide

bool is_separator(char c) {
  return c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Nearly all are short and plain. False, and `at` as it was, where the word at `at` is another.
bool short_number(const char*& at, const char* end, float& value) {
  constexpr std::ptrdiff_t longest = 9;
  constexpr float shares[] = {1, 1e1F, 1e2F, 1e3F, 1e4F, 1e5F, 1e6F, 1e7F, 1e8F, 1e9F};
  const char* p = at;
  const bool negative = p != end && *p == '-';
  p += negative;
  const char* const from = p;
  if (end - p > longest + 1) end = p + longest + 1;
  std::int64_t digits = 0;
  for (; p != end && is_digit(*p); ++p) digits = digits * 10 + (*p - '0');
  const char* const point = p;
  std::ptrdiff_t places = 0;
  if (p != end && *p == '.') {
    for (++p; p != end && is_digit(*p); ++p) digits = digits * 10 + (*p - '0');
    places = p - point - 1;
  }
  const std::ptrdiff_t length = p - from;
  if (length > longest || (point == from && places == 0) || (p != end && !is_separator(*p))) return false;
  value = static_cast<float>(digits) / shares[places];
  if (value > farthest) return false;
  if (negative) value = -value;
  at = p;
  return true;
}

}  // namespace

std::string_view take_word(std::string_view& text) {
  std::size_t from = 0;
  while (from < text.size() && is_separator(text[from])) ++from;
  std::size_t end = from;
  while (end < text.size() && !is_separator(text[end])) ++end;
  const std::string_view word = text.substr(from, end - from);
  text.remove_prefix(end);
  return word;
}

std::optional<float> number_of(std::string_view word) {
  const char* at = word.data();
  float value = 0;
  if (short_number(at, word.data() + word.size(), value) && at == word.data() + word.size()) return value;
  if (!word.empty() && word.front() == '+') word.remove_prefix(1);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || !(std::abs(value) <= farthest)) return std::nullopt;
  return value;
}

std::optional<float> take_number(std::string_view& text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end && is_separator(*at)) ++at;
  float value = 0;
  if (short_number(at, end, value)) {
    text.remove_prefix(static_cast<std::size_t>(at - text.data()));
    return value;
  }
  return number_of(take_word(text));
}

std::optional<PageBox> box_of(std::string_view text) {
  std::array<float, 4> values;
  for (float& value : values) {
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    value = *number;
  }
  return PageBox{values[0], values[1], values[0] + values[2], values[1] + values[3]};
}

std::optional<Point> corner_of(std::string_view box) {
  const auto x = take_number(box);
  const auto y = take_number(box);
  return x && y ? std::optional<Point>({*x, *y}) : std::nullopt;
}

Matrix matrix_of(std::string_view text) {
  Matrix matrix;
  for (float* value : {&matrix.a, &matrix.b, &matrix.c, &matrix.d, &matrix.e, &matrix.f}) {
    const auto number = take_number(text);
    if (!number) return {};
    *value = *number;
  }
  return matrix;
}

}  // namespace jiheng::reading::ofd
