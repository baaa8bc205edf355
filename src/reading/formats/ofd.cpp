// OFD (GB/T 33190—2016): pages of glyphs and paths, several documents in one file.
#include <vector>

#include "reading/formats/formats.h"
#include "reading/formats/ofd/package.h"
#include "reading/formats/ofd/page_reader.h"
#include "reading/page_grid.h"

namespace jiheng::reading {
namespace {

/// Nothing but pictures: a scan.
bool is_scan(const std::vector<Page>& pages) {
  bool picture = false;
  for (const Page& page : pages) {
    if (!page.glyphs.empty()) return false;
    picture = picture || page.has_picture;
  }
  return picture;
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
    if (is_scan(pages)) {
      return Error{"no-text", "这份OFD里只有图片，没有文字，读不出表格。请上传制作它的Word或Excel原件，或带文字的OFD。", {}};
    }
    if (auto error = add_pages(pages, limits, layout)) return std::move(*error);
  }
  return layout;
}

}  // namespace jiheng::reading
