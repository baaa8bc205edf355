#include "base/likeness.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace jiheng {
namespace {

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> out;
  out.reserve(text.size() / 3 + 1);
  for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
  return out;
}

std::vector<std::uint64_t> bigrams(const std::vector<char32_t>& text) {
  std::vector<std::uint64_t> out;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) out.push_back(static_cast<std::uint64_t>(text[i]) << 32 | text[i + 1]);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

int likeness_percent(std::string_view a, std::string_view b) {
  if (a == b) return 100;
  const auto left = bigrams(code_points(a));
  const auto right = bigrams(code_points(b));
  if (left.empty() || right.empty()) return 0;
  std::size_t shared = 0;
  for (auto l = left.begin(), r = right.begin(); l != left.end() && r != right.end();) {
    if (*l == *r) {
      ++shared;
      ++l;
      ++r;
    } else if (*l < *r) {
      ++l;
    } else {
      ++r;
    }
  }
  return static_cast<int>(200 * shared / (left.size() + right.size()));
}

int edit_distance(std::string_view a, std::string_view b) {
  const auto left = code_points(a);
  const auto right = code_points(b);
  std::vector<int> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= left.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const int replaced = diagonal + (left[i - 1] != right[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[right.size()];
}

}  // namespace jiheng
