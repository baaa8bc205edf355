#include <exception>
#include <string>

#include "reading/formats/formats.h"
#include "reading/formats/pdf/file.h"
#include "reading/formats/pdf/interpreter.h"
#include "reading/formats/pdf/pages.h"
#include "reading/page_grid.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t most_operators = 8000000;
/// Fewer characters than this on a page with a picture over it: a stamp or a page number on a scan.
constexpr std::size_t scan_text = 20;

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
std::optional<Error> judge(const std::vector<Page>& pages, const std::vector<int>& damaged, Layout& layout) {
  std::size_t characters = 0;
  std::size_t unknown = 0;
  std::vector<int> scanned;
  for (const Page& page : pages) {
    const std::size_t count = characters_of(page);
    characters += count;
    if (page.has_picture && count < scan_text) scanned.push_back(page.number);
    for (const Glyph& glyph : page.glyphs) unknown += glyph.code == 0xFFFD;
  }
  if (characters == 0 || (scanned.size() == pages.size() && characters < scan_text)) {
    return Error{"scanned",
                 "PDF文件里没有文字，是扫描件或图片，读不出内容。请上传制作它的Word、Excel原件或由其导出的PDF；只有纸质件的，请先做文字识别"
                 "（OCR）。",
                 {}};
  }
  if (!scanned.empty()) layout.notes.push_back({"page-scanned", "第" + page_list(scanned) + "页是扫描的图片，没有读取。", {}, {}, {}});
  if (!damaged.empty())
    layout.notes.push_back({"page-damaged", "第" + page_list(damaged) + "页的数据已损坏，可能没有读全，请对照原件核对。", {}, {}, {}});
  if (unknown > 0) {
    layout.notes.push_back(
        {"characters-unknown", "有" + std::to_string(unknown) + "个字在PDF里没有文字编码，以�代替，请对照原件核对。", {}, {}, {}});
  }
  return std::nullopt;
}

}  // namespace

namespace pdf {

Result<std::vector<Page>> read_pages(std::string_view bytes, const Limits& limits, std::vector<int>* damaged) {
  auto file = File::open(bytes, limits);
  if (!file) return std::move(file).error();
  std::vector<Page> pages;
  Fonts fonts(**file);
  Effort effort{limits.glyphs, limits.inflated_bytes, most_operators, false, false, {}};
  pages.reserve((*file)->pages().size());
  std::size_t lost = 0;
  for (const PageObject& object : (*file)->pages()) {
    try {
      pages.push_back(run_page(**file, fonts, object, effort));
    } catch (const std::exception&) {
      // qpdf throws on objects that it cannot make out; the other pages may be sound.
      pages.emplace_back();
      effort.damaged = true;
      ++lost;
    }
    pages.back().number = static_cast<int>(pages.size());
    if (effort.damaged && damaged != nullptr) damaged->push_back(pages.back().number);
    effort.damaged = false;
    if (effort.exceeded) return Error{"too-large", "PDF文件的内容过多，超过上限。请拆成几个文件分开上传。", {}};
    if ((*file)->budget().exceeded) return Error{"expands-too-much", "PDF文件展开后过大，不像是正常的文档，没有读取。", {}};
  }
  if (lost == pages.size()) return Error{"damaged", "PDF文件已损坏，读不出来。请用原来的程序重新导出PDF，或上传Word、Excel原件。", {}};
  return pages;
}

}  // namespace pdf

Result<Layout> read_pdf(std::string_view bytes, const Limits& limits) {
  std::vector<int> damaged;
  auto pages = pdf::read_pages(bytes, limits, &damaged);
  if (!pages) return std::move(pages).error();
  Layout layout;
  if (auto error = judge(*pages, damaged, layout)) return std::move(*error);
  if (auto error = add_pages(*pages, limits, layout)) return std::move(*error);
  return layout;
}

}  // namespace jiheng::reading
