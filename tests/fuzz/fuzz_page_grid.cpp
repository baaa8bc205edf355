#include <cmath>

#include "check.h"
#include "reading/page_grid.h"

// Bytes → pages: each five bytes are a glyph, a rule across, an upright one, or the next page. Places fall on a coarse raster, so that
// lines meet and texts line up; some are no numbers or lie far off.
namespace {

float place(std::uint8_t byte) {
  if (byte == 255) return NAN;
  if (byte == 254) return INFINITY;
  if (byte == 253) return -1e30F;
  return static_cast<float>(byte) * 3;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  using namespace jiheng::reading;
  std::vector<Page> pages(1);
  pages.back().number = 1;
  pages.back().width = pages.back().height = 765;
  const char32_t texts[] = {U'产', U'出', U'5', U'.', U'%', U'，', U' ', U'A'};
  for (std::size_t at = 0; at + 5 <= size; at += 5) {
    const float x = place(data[at + 1]);
    const float y = place(data[at + 2]);
    const float length = place(data[at + 3]);
    const float other = static_cast<float>(data[at + 4] % 16);
    Page& page = pages.back();
    switch (data[at] % 8) {
      case 0:
      case 1:
        page.rules.push_back({{x, y, x + length, y + other / 4}});
        break;
      case 2:
      case 3:
        page.rules.push_back({{x, y, x + other / 4, y + length}});
        break;
      case 7:
        if (data[at + 1] < 16 && pages.size() < 20) {
          Page next = pages.back();
          next.glyphs.clear();
          next.rules.clear();
          ++next.number;
          pages.push_back(std::move(next));
          break;
        }
        [[fallthrough]];
      default: {
        const float glyph_size = other + 1;
        float left = x;
        for (int i = 0; i <= data[at + 3] % 4; ++i, left += glyph_size) {
          page.glyphs.push_back(
              {texts[(data[at] / 8 + i) % 8], {left, y - glyph_size, left + glyph_size, y}, y, glyph_size, static_cast<int>(at)});
        }
      }
    }
  }
  Layout layout;
  if (auto error = add_pages(pages, fuzz::small_limits(), layout))
    fuzz::check(*error);
  else
    fuzz::check(Result<Layout>(std::move(layout)));
  return 0;
}
