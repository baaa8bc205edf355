#include "reading/page_spans.h"

#include <algorithm>
#include <cmath>

namespace jiheng::reading {
namespace {

constexpr std::size_t most_rows = 200;  ///< on one page

bool is_sound(std::span<const Extent> texts, std::span<const Extent> rows) {
  return !texts.empty() && texts.size() <= rows.size() && rows.size() <= most_rows;
}

}  // namespace

RowSpans spans_by_middle(std::span<const Extent> texts, std::span<const Extent> rows, float tolerance) {
  if (!is_sound(texts, rows)) return std::nullopt;
  constexpr float never = 1e9F;
  const std::size_t count = rows.size();
  // By text and end of its rows: how far off all texts so far are, and where its rows begin.
  std::vector<float> before(count + 1, never);
  before[0] = 0;
  std::vector<std::vector<std::size_t>> begins(texts.size());
  for (std::size_t text = 0; text < texts.size(); ++text) {
    std::vector<float> cost(count + 1, never);
    begins[text].assign(count + 1, 0);
    for (std::size_t first = 0; first < count; ++first) {
      if (before[first] >= never) continue;
      for (std::size_t end = first + 1; end <= count; ++end) {
        const float middle = (rows[first].top + rows[end - 1].bottom) / 2;
        const float off = std::abs(middle - texts[text].middle());
        if (middle > texts[text].middle() + tolerance) break;
        if (off > tolerance || before[first] + off >= cost[end]) continue;
        cost[end] = before[first] + off;
        begins[text][end] = first;
      }
    }
    before = std::move(cost);
  }
  if (before[count] >= never) return std::nullopt;
  std::vector<RowSpan> spans(texts.size());
  std::size_t end = count;
  for (std::size_t text = texts.size(); text-- > 0;) {
    spans[text] = {begins[text][end], end};
    end = begins[text][end];
  }
  return spans;
}

RowSpans spans_by_first(std::span<const Extent> texts, std::span<const Extent> rows, float tolerance) {
  if (!is_sound(texts, rows)) return std::nullopt;
  std::vector<RowSpan> spans;
  for (const Extent& text : texts) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Extent& r) {
      return std::abs(r.middle() - text.middle()) <= tolerance || std::abs(r.top - text.top) <= tolerance;
    });
    if (row == rows.end()) return std::nullopt;
    const auto at = static_cast<std::size_t>(row - rows.begin());
    if (!spans.empty() && spans.back().first >= at) return std::nullopt;
    if (!spans.empty()) spans.back().end = at;
    spans.push_back({at, rows.size()});
  }
  if (spans.empty() || spans.front().first != 0) return std::nullopt;
  return spans;
}

}  // namespace jiheng::reading
