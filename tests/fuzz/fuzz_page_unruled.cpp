#include <array>

#include "base/text.h"
#include "check.h"
#include "reading/page_grid.h"

// Bytes → pages of words that goal tables print: each four bytes are a word (or a rule across, or the next page), its place and its size.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  using namespace jiheng::reading;
  constexpr std::array<std::string_view, 32> words = {
      "一级指标",   "二级指标", "三级指标", "指标值",       "权重",       "得分",     "产出指标", "效益指标",
      "满意度指标", "数量指标", "质量指标", "社会效益指标", "服务对象满", "意度指标", "指标",     "一级",
      "二级指",     "标",       "项目名称", "主管部门",     "年度目标",   "项目资金", "（万元）", "全年预算数",
      "全年执行数", "1,250.00", "≥95%",     "河道巡查次数", "总分",       "说明：无", "绩",       "项目支出绩效目标表"};
  std::vector<Page> pages(1);
  pages.back().number = 1;
  pages.back().width = pages.back().height = 765;
  int run = 0;
  for (std::size_t at = 0; at + 4 <= size; at += 4) {
    Page& page = pages.back();
    const auto x = static_cast<float>(data[at + 1]) * 3;
    const auto y = static_cast<float>(data[at + 2]) * 3;
    if (data[at] == 255 && pages.size() < 8) {
      Page next;
      next.number = page.number + 1;
      next.width = next.height = 765;
      pages.push_back(std::move(next));
      continue;
    }
    if (data[at] >= 224) {
      page.rules.push_back({{x, y, x + static_cast<float>(data[at + 3]) * 3, y + 0.5F}});
      continue;
    }
    const float glyph_size = 6 + static_cast<float>(data[at + 3] % 8);
    float left = x;
    ++run;
    const std::string_view word = words[data[at] % words.size()];
    for (std::size_t i = 0; i < word.size();) {
      const char32_t c = next_code_point(word, i);
      const float wide = c < 0x80 ? glyph_size / 2 : glyph_size;
      page.glyphs.push_back({c, {left, y - glyph_size, left + wide, y}, y, glyph_size, run});
      left += wide;
    }
  }
  Layout layout;
  if (auto error = add_pages(pages, fuzz::small_limits(), layout))
    fuzz::check(*error);
  else
    fuzz::check(Result<Layout>(std::move(layout)));
  return 0;
}
