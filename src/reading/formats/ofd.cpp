// OFD (GB/T 33190—2016): pages of glyphs and paths, several documents in one file.
#include <optional>
#include <string>
#include <vector>

#include "reading/formats/formats.h"
#include "reading/formats/ofd/package.h"
#include "reading/formats/ofd/page_reader.h"
#include "reading/page_grid.h"

namespace jiheng::reading {
namespace {

/// Fewer characters than this on a page with a picture over it: a stamp or a page number on a scan.
constexpr std::size_t scan_text = 20;

std::string page_list(const std::vector<int>& pages) {
  std::string text;
  for (std::size_t i = 0; i < pages.size() && i < 10; ++i) text += (i == 0 ? "" : "、") + std::to_string(pages[i]);
  return text + (pages.size() > 10 ? "等" : "");
}

/// Says what of the pages could not be read; an error where that is all of them.
std::optional<Error> judge(const std::vector<int>& scanned, std::size_t pages, std::size_t characters, Layout& layout) {
  if (characters == 0 || (scanned.size() == pages && characters < scan_text)) {
    return Error{"scanned", "OFD文件里没有文字，是扫描件或图片，读不出内容。请上传制作它的Word、Excel原件或由其导出的OFD。", {}};
  }
  if (!scanned.empty()) layout.notes.push_back({"page-scanned", "第" + page_list(scanned) + "页是扫描的图片，没有读取。", {}, {}, {}});
  return std::nullopt;
}

}  // namespace

Result<Layout> read_ofd(std::string_view bytes, const Limits& limits) {
  auto package = ofd::Package::open(bytes, limits);
  if (!package) return std::move(package).error();
  const auto roots = package->roots();
  if (!roots) return roots.error();
  Layout layout;
  std::size_t marks = limits.glyphs;
  int number = 0;
  std::size_t characters = 0;
  std::vector<int> scanned;
  for (const std::string& root : *roots) {
    const auto body = package->body(root);
    if (!body) return body.error();
    ofd::PageReader reader(*package, *body, limits, marks);
    std::vector<Page> pages;
    for (const ofd::PageEntry& entry : body->pages) {
      auto page = reader.read(entry, ++number);
      if (!page) return std::move(page).error();
      pages.push_back(std::move(*page));
    }
    for (const Page& page : pages) {
      characters += page.glyphs.size();
      if (page.has_picture && page.glyphs.size() < scan_text) scanned.push_back(page.number);
    }
    if (auto error = add_pages(pages, limits, layout)) return std::move(*error);
  }
  if (auto error = judge(scanned, static_cast<std::size_t>(number), characters, layout)) return std::move(*error);
  return layout;
}

}  // namespace jiheng::reading
