// OFD (GB/T 33190—2016): pages of glyphs and paths, several documents in one file.
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "reading/formats/formats.h"
#include "reading/formats/ofd/package.h"
#include "reading/formats/ofd/page_reader.h"
#include "reading/garbled.h"
#include "reading/page_grid.h"
#include "reading/scan/page_canvas.h"
#include "reading/scan/picture_codecs.h"
#include "reading/scan/scan.h"

namespace jiheng::reading {
namespace {

/// A page that cannot be recognised stays a scan.
void recognise_page(ofd::Package& package, const std::vector<ofd::PlacedPicture>& pictures, const Limits& limits, Page& page) {
  GrayPicture canvas = blank_canvas(page.width, page.height);
  // A scan in strips covers the page once: what paints it over and over is not waited for.
  constexpr float most_layers = 4;
  float area = most_layers * page.width * page.height;
  std::size_t pixels = 2 * most_pixels;
  for (const ofd::PlacedPicture& picture : pictures) {
    const Matrix& place = picture.place;
    area -= std::abs(place.a * place.d - place.b * place.c);
    if (!(area > 0)) break;
    const auto bytes = package.picture(picture.part);
    if (!bytes) continue;
    const auto decoded = decode_picture(*bytes);
    if (!decoded) continue;
    if (decoded->pixels.size() > pixels) break;
    pixels -= decoded->pixels.size();
    paste(canvas, *decoded, {place.a, place.b, place.c, place.d, place.e, place.f});
  }
  read_scan(std::move(canvas), *limits.ocr, limits, page);
}

/// Codes for private use are characters of the file's own font alone: nobody knows which. How many are unknown then.
std::size_t forget_private(std::vector<Page>& pages) {
  constexpr char32_t unknown = 0xFFFD;
  std::size_t count = 0;
  for (Page& page : pages) {
    for (Glyph& glyph : page.glyphs) {
      if (glyph.code < 0xE000) continue;
      if (glyph.code <= 0xF8FF || glyph.code >= 0xF0000) glyph.code = unknown;
      count += glyph.code == unknown;
    }
  }
  return count;
}

/// Says what of the pages could not be read; an error where that is all of them.
std::optional<Error> judge(const std::vector<Page>& pages, bool has_ocr, Layout& layout) {
  std::size_t characters = 0;
  std::size_t scanned = 0;
  for (const Page& page : pages) {
    characters += page.glyphs.size();
    scanned += is_scan(page) ? 1 : 0;
  }
  if (characters == 0 || (scanned == pages.size() && characters < scan_text)) return scanned_error(has_ocr);
  add_scan_notes(pages, layout);
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
  std::vector<Page> pages;
  std::vector<std::size_t> ends;  // of each document's pages
  for (const std::string& root : *roots) {
    const auto body = package->body(root);
    if (!body) return body.error();
    ofd::PageReader reader(*package, *body, limits, marks);
    for (const ofd::PageEntry& entry : body->pages) {
      auto page = reader.read(entry, static_cast<int>(pages.size()) + 1);
      if (!page) return std::move(page).error();
      if (limits.ocr != nullptr && is_scan(*page)) recognise_page(*package, reader.pictures(), limits, *page);
      pages.push_back(std::move(*page));
    }
    ends.push_back(pages.size());
  }
  if (auto error = judge(pages, limits.ocr != nullptr, layout)) return std::move(*error);
  if (auto error = drop_garbled(pages, "OFD", layout)) return std::move(*error);
  note_unknown(forget_private(pages), "OFD", layout);
  std::size_t first = 0;
  for (const std::size_t end : ends) {
    if (auto error = add_pages(std::span(pages).subspan(first, end - first), limits, layout)) return std::move(*error);
    first = end;
  }
  layout.pages = std::move(pages);
  return layout;
}

}  // namespace jiheng::reading
