// A photo or a scan that is sent as it is: one page.
#include <algorithm>

#include "reading/formats/formats.h"
#include "reading/page_grid.h"
#include "reading/scan/page_canvas.h"
#include "reading/scan/picture_codecs.h"
#include "reading/scan/scan.h"

namespace jiheng::reading {
namespace {

/// A4: what is photographed is a sheet of it, upright or across.
constexpr float short_side = 595;
constexpr float long_side = 842;

}  // namespace

Result<Layout> read_picture_document(std::string_view bytes, const Limits& limits) {
  auto picture = decode_picture(bytes);
  if (!picture) return std::move(picture).error();
  if (limits.ocr == nullptr) return scanned_error(false);
  const auto width = static_cast<float>(picture->width);
  const auto height = static_cast<float>(picture->height);
  Page page;
  page.number = 1;
  page.has_picture = true;
  const float scale = std::min((width > height ? long_side : short_side) / width, (width > height ? short_side : long_side) * 2 / height);
  page.width = width * scale;
  page.height = height * scale;
  GrayPicture canvas = blank_canvas(page.width, page.height);
  paste(canvas, *picture, {page.width, 0, 0, page.height, 0, 0});
  if (auto error = read_scan(std::move(canvas), *limits.ocr, limits, page)) return std::move(*error);
  if (page.glyphs.empty()) return scanned_error(true);
  Layout layout;
  std::vector<Page> pages;
  pages.push_back(std::move(page));
  add_scan_notes(pages, layout);
  if (auto error = add_pages(pages, limits, layout)) return std::move(*error);
  layout.pages = std::move(pages);
  return layout;
}

}  // namespace jiheng::reading
