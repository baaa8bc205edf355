#include "reading/formats/ofd/geometry.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace jiheng::reading::ofd {
namespace {

constexpr float farthest = 1e6F;  ///< no page is a kilometre wide

bool is_separator(char c) {
  return c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

Matrix Matrix::then(const Matrix& outer) const {
  return {a * outer.a + b * outer.c, a * outer.b + b * outer.d,           c * outer.a + d * outer.c,
          c * outer.b + d * outer.d, e * outer.a + f * outer.c + outer.e, e * outer.b + f * outer.d + outer.f};
}

float Matrix::scale() const {
  return std::sqrt(std::abs(a * d - b * c));
}

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
  // Nearly all are short and plain.
  std::size_t at = !word.empty() && word[0] == '-' ? 1 : 0;
  if (word.size() - at <= 9) {
    std::int32_t digits = 0;
    std::size_t point = word.size();
    std::size_t count = 0;
    const std::size_t first = at;
    for (; at < word.size(); ++at) {
      if (word[at] >= '0' && word[at] <= '9') {
        digits = digits * 10 + (word[at] - '0');
        ++count;
      } else if (word[at] == '.' && point == word.size()) {
        point = at;
      } else {
        break;
      }
    }
    constexpr float shares[] = {1, 1e1F, 1e2F, 1e3F, 1e4F, 1e5F, 1e6F, 1e7F, 1e8F, 1e9F};
    if (at == word.size() && count > 0) {
      const float value = static_cast<float>(digits) / shares[point == word.size() ? 0 : word.size() - point - 1];
      if (value <= farthest) return first == 1 ? -value : value;
      return std::nullopt;
    }
  }
  if (!word.empty() && word.front() == '+') word.remove_prefix(1);
  float value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || !(std::abs(value) <= farthest)) return std::nullopt;
  return value;
}

std::optional<float> take_number(std::string_view& text) {
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

Matrix matrix_of(std::string_view text) {
  Matrix matrix;
  for (float* value : {&matrix.a, &matrix.b, &matrix.c, &matrix.d, &matrix.e, &matrix.f}) {
    const auto number = take_number(text);
    if (!number) return {};
    *value = *number;
  }
  return matrix;
}

PageBox through(const Matrix& matrix, const PageBox& box) {
  const Point corners[] = {matrix.apply({box.left, box.top}), matrix.apply({box.right, box.top}), matrix.apply({box.left, box.bottom}),
                           matrix.apply({box.right, box.bottom})};
  PageBox out{corners[0].x, corners[0].y, corners[0].x, corners[0].y};
  for (const Point& corner : corners) {
    out.left = std::min(out.left, corner.x);
    out.top = std::min(out.top, corner.y);
    out.right = std::max(out.right, corner.x);
    out.bottom = std::max(out.bottom, corner.y);
  }
  return out;
}

}  // namespace jiheng::reading::ofd
