#include <cmath>
#include <exception>
#include <string>

#include "reading/formats/formats.h"
#include "reading/formats/pdf/file.h"
#include "reading/formats/pdf/interpreter.h"
#include "reading/formats/pdf/pages.h"
#include "reading/formats/pdf/picture.h"
#include "reading/garbled.h"
#include "reading/page_grid.h"
#include "reading/scan/page_canvas.h"
#include "reading/scan/picture_codecs.h"
#include "reading/scan/scan.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t most_operators = 8000000;

std::size_t characters_of(const Page& page) {
  std::size_t count = 0;
  for (const Glyph& glyph : page.glyphs) count += glyph.code > ' ' && glyph.code != 0xA0 && glyph.code != 0x3000;
  return count;
}

std::string page_list(const std::vector<int>& pages) {
  std::string text;
  for (std::size_t i = 0; i < pages.size() && i < 10; ++i) text += (i == 0 ? "" : "、") + std::to_string(pages[i]);
  return text + (pages.size() > 10 ? "等" : "");
}

/// Says what of the pages could not be read; an error where that is all of them.
std::optional<Error> judge(const std::vector<Page>& pages, const pdf::PageTroubles& troubles, bool has_ocr, Layout& layout) {
  std::size_t characters = 0;
  std::size_t scanned = 0;
  for (const Page& page : pages) {
    const std::size_t count = characters_of(page);
    characters += count;
    scanned += is_scan(page) ? 1 : 0;
  }
  if (characters == 0 || (scanned == pages.size() && characters < scan_text))
    return troubles.picture ? Error{"scanned", troubles.picture->message, {}} : scanned_error(has_ocr);
  add_scan_notes(pages, layout);
  if (troubles.picture && scanned > 0) layout.notes.push_back({"picture-unread", troubles.picture->message, {}, {}, {}});
  if (!troubles.damaged.empty())
    layout.notes.push_back(
        {"page-damaged", "第" + page_list(troubles.damaged) + "页的数据已损坏，可能没有读全，请对照原件核对。", {}, {}, {}});
  note_unknown(unknown_characters(pages), "PDF", layout);
  return std::nullopt;
}

}  // namespace

namespace pdf {
namespace {

/// A page that cannot be recognised stays a scan.
void recognise_page(File& file, const std::vector<PlacedPicture>& pictures, const Limits& limits, PageTroubles& troubles, Page& page) {
  GrayPicture canvas = blank_canvas(page.width, page.height);
  // A scan in strips covers the page once. A file that paints the same large picture over and over is not waited for.
  constexpr float most_layers = 4;
  constexpr int most_failures = 16;
  float area = most_layers * page.width * page.height;
  std::size_t pixels = 2 * most_pixels;
  int failures = 0;
  for (const PlacedPicture& picture : pictures) {
    const auto& [a, b, c, d, e, f] = picture.place;
    area -= std::abs(a * d - b * c);
    if (!(area > 0)) break;
    const auto decoded = picture_of(file, picture.stream);
    if (!decoded) {
      if (!troubles.picture) troubles.picture = decoded.error();
      if (++failures > most_failures) break;
      continue;
    }
    if (decoded->pixels.size() > pixels) break;
    pixels -= decoded->pixels.size();
    paste(canvas, *decoded, picture.place);
  }
  read_scan(std::move(canvas), *limits.ocr, limits, page);
}

/// Of a file that needs mending nothing counts.
Result<std::vector<Page>> pages_of(File& file, const Limits& limits, PageTroubles& troubles) {
  std::vector<Page> pages;
  Fonts fonts(file);
  Effort effort{limits.glyphs, limits.inflated_bytes, most_operators, false, false, {}};
  pages.reserve(file.pages().size());
  std::size_t lost = 0;
  for (const PageObject& object : file.pages()) {
    try {
      std::vector<PlacedPicture> pictures;
      pages.push_back(run_page(file, fonts, object, effort, pictures));
      if (file.needs_mending()) return pages;
      if (limits.ocr != nullptr && is_scan(pages.back())) recognise_page(file, pictures, limits, troubles, pages.back());
    } catch (const std::exception&) {
      // qpdf throws on objects that it cannot make out; the other pages may be sound.
      pages.emplace_back();
      effort.damaged = true;
      ++lost;
    }
    pages.back().number = static_cast<int>(pages.size());
    if (effort.damaged) troubles.damaged.push_back(pages.back().number);
    effort.damaged = false;
    if (effort.exceeded) return Error{"too-large", "PDF文件的内容过多，超过上限。请拆成几个文件分开上传。", {}};
    if (file.budget().exceeded) return Error{"expands-too-much", "PDF文件展开后过大，不像是正常的文档，没有读取。", {}};
  }
  if (lost == pages.size()) return Error{"damaged", "PDF文件已损坏，读不出来。请用原来的程序重新导出PDF，或上传Word、Excel原件。", {}};
  return pages;
}

}  // namespace

Result<std::vector<Page>> read_pages(std::string_view bytes, const Limits& limits, PageTroubles* troubles) {
  auto file = File::open(bytes, limits);
  if (!file) return std::move(file).error();
  PageTroubles found;
  auto pages = pages_of(**file, limits, found);
  if ((*file)->needs_mending()) {
    file = (*file)->mended(limits);
    if (!file) return std::move(file).error();
    found = {};
    pages = pages_of(**file, limits, found);
  }
  if (troubles != nullptr) *troubles = std::move(found);
  return pages;
}

}  // namespace pdf

Result<Layout> read_pdf(std::string_view bytes, const Limits& limits) {
  pdf::PageTroubles troubles;
  auto pages = pdf::read_pages(bytes, limits, &troubles);
  if (!pages) return std::move(pages).error();
  Layout layout;
  if (auto error = judge(*pages, troubles, limits.ocr != nullptr, layout)) return std::move(*error);
  if (auto error = drop_garbled(*pages, "PDF", layout)) return std::move(*error);
  if (auto error = add_pages(*pages, limits, layout)) return std::move(*error);
  layout.pages = std::move(*pages);
  return layout;
}

}  // namespace jiheng::reading
