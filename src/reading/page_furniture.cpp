#include "reading/page_furniture.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/text.h"
#include "reading/labels.h"

namespace jiheng::reading {
namespace {

constexpr float margin = 0.12F;  ///< of the page's height, at its head and foot
constexpr std::size_t most_running = 3;

/// Digits as 0, white space and dashes left out: "— 12 —" → "0", "第 3 页 共 9 页" → "第0页共0页".
std::string shape_of(std::string_view text) {
  std::string shape;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    const char32_t c = next_code_point(text, at);
    if ((c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19)) {
      if (shape.empty() || shape.back() != '0') shape.push_back('0');
    } else if (c == ' ' || c == 0x3000 || c == '-' || c == 0x2010 || c == 0x2013 || c == 0x2014 || c == 0x2015 || c == 0xFF0D ||
               c == 0x2500 || c == 0xB7 || c == '~' || c == 0xFF5E || c == ',' || c == 0xFF0C || c == 0x3001) {
      continue;
    } else {
      shape += text.substr(before, at - before);
    }
  }
  return shape;
}

bool is_page_number(std::string_view text) {
  if (text.size() > 64) return false;
  const std::string shape = shape_of(text);
  for (const std::string_view known : {"0", "第0页", "第0页共0页", "第0页/共0页", "第0页（共0页）", "第0页(共0页)", "0/0", "Page0of0",
                                       "Page0", "共0页第0页", "0页", "第0/0页"}) {
    if (shape == known) return true;
  }
  return false;
}

/// A line at a page's head or foot.
struct Margin {
  std::string shape;
  float middle;  ///< y
};

/// Of a page the first lines at its head and the last ones at its foot, that might run through the document.
std::vector<Margin> margins_of(const PageLines& page, bool head) {
  std::vector<Margin> margins;
  for (std::size_t i = 0; i < std::min(page.lines.size(), most_running); ++i) {
    const PageLine& line = head ? page.lines[i] : page.lines[page.lines.size() - 1 - i];
    const float middle = (line.box.top + line.box.bottom) / 2;
    if (head ? middle > page.height * margin : middle < page.height * (1 - margin)) break;
    const std::string text = line.spaced();
    std::string_view rest;
    if (title_kind(text) || inline_label_of(text, rest) != Label::none) break;
    margins.push_back({shape_of(text), middle});
  }
  return margins;
}

std::size_t count_shared(const std::vector<Margin>& own, const std::vector<Margin>& other) {
  std::size_t shared = 0;
  while (shared < std::min(own.size(), other.size()) && own[shared].shape == other[shared].shape &&
         std::abs(own[shared].middle - other[shared].middle) < 2)
    ++shared;
  return shared;
}

/// 2026年部门预算 right above a form's title: it tells the form's year.
bool tells_year(const PageLines& page, std::size_t line) {
  if (line + 1 >= page.lines.size()) return false;
  const PageLine& own = page.lines[line];
  const PageLine& next = page.lines[line + 1];
  return next.box.top - own.box.bottom < 2 * next.size && heads_title(own.spaced()) && title_kind(next.spaced());
}

}  // namespace

bool is_page_number(const Page& page, const PageLine& line) {
  const bool at_edge = line.box.top > page.height * (1 - margin) || line.box.bottom < page.height * margin;
  return at_edge && is_page_number(line.spaced());
}

void drop_page_number(PageLines& page) {
  auto& lines = page.lines;
  if (!lines.empty() && lines.back().box.top > page.height * (1 - margin) && is_page_number(lines.back().spaced())) lines.pop_back();
  if (!lines.empty() && lines.front().box.bottom < page.height * margin && is_page_number(lines.front().spaced()))
    lines.erase(lines.begin());
}

void drop_running_lines(std::span<PageLines> pages) {
  for (const bool head : {true, false}) {
    std::vector<std::vector<Margin>> margins;
    for (const PageLines& page : pages) margins.push_back(margins_of(page, head));
    for (std::size_t i = 0; i < pages.size(); ++i) {
      std::size_t shared = 0;
      if (i > 0) shared = count_shared(margins[i], margins[i - 1]);
      if (i + 1 < pages.size()) shared = std::max(shared, count_shared(margins[i], margins[i + 1]));
      auto& lines = pages[i].lines;
      if (head && shared > 0 && tells_year(pages[i], shared - 1)) --shared;
      const auto count = static_cast<std::ptrdiff_t>(shared);
      lines.erase(head ? lines.begin() : lines.end() - count, head ? lines.begin() + count : lines.end());
    }
  }
}

bool ends_title(const PageLine& above, const PageLine& below, float page_width) {
  constexpr float least_width = 0.62F;  // of the page: what is shorter was not wrapped
  const float width = above.box.right - above.box.left;
  if (width < least_width * page_width || below.box.right - below.box.left >= width) return false;
  if (std::abs(above.size - below.size) > 0.5F || below.box.top - above.box.bottom > above.size) return false;
  const float off_centre = (above.box.left + above.box.right - below.box.left - below.box.right) / 2;
  if (std::abs(off_centre) > above.size || !above.goes_on_in(below)) return false;
  const std::string first = above.spaced();
  return !title_kind(first) && !is_other_title(first) && !heads_title(first) && title_kind(first + below.spaced());
}

bool is_continuation_mark(std::string_view text) {
  const std::string bare = fold_label(text);
  return bare == "续表" || bare == "续上表" || bare == "续" || bare == "接上表" || bare == "接上页";
}

}  // namespace jiheng::reading
