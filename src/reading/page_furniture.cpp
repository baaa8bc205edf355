#include "reading/page_furniture.h"

#include "base/text.h"

namespace jiheng::reading {
namespace {

constexpr float margin = 0.12F;  ///< of the page's height, at its head and foot

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

}  // namespace

std::vector<PageLine> without_page_numbers(const Page& page, std::vector<PageLine> lines) {
  if (!lines.empty() && lines.back().box.top > page.height * (1 - margin) && is_page_number(lines.back().spaced())) lines.pop_back();
  if (!lines.empty() && lines.front().box.bottom < page.height * margin && is_page_number(lines.front().spaced()))
    lines.erase(lines.begin());
  return lines;
}

bool is_continuation_mark(std::string_view text) {
  const std::string bare = fold_label(text);
  return bare == "续表" || bare == "续上表" || bare == "续" || bare == "接上表" || bare == "接上页";
}

}  // namespace jiheng::reading
