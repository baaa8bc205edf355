// What a page made in a test shows.
#pragma once

#include <string>
#include <string_view>

#include "base/text.h"
#include "reading/formats/pdf/pages.h"

namespace jiheng::reading {

/// The first page; an empty one where there is none.
inline Page first_page(std::string_view bytes) {
  auto pages = pdf::read_pages(bytes, Limits{});
  return pages && !pages->empty() ? std::move(pages->front()) : Page{};
}

/// Its characters in the file's order.
inline std::string text_of(const Page& page) {
  std::string text;
  for (const Glyph& glyph : page.glyphs) append_utf8(text, glyph.code);
  return text;
}

inline std::string text_of(std::string_view bytes) {
  return text_of(first_page(bytes));
}

}  // namespace jiheng::reading
