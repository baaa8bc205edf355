// What pages repeat and no document means: page numbers, marks of continuation.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "reading/page_words.h"

namespace jiheng::reading {

/// Whether the line is the page's number at its head or foot.
bool is_page_number(const Page& page, const PageLine& line);

/// The lines of one page that stand outside tables, top to bottom.
struct PageLines {
  float height = 0;  ///< the page's
  float width = 0;   ///< the same
  std::vector<PageLine> lines;
};

/// Takes away the page's number at its head or foot.
void drop_page_number(PageLines& page);

/// Takes away what stands at the same place of the head or foot of neighbouring pages: a running title, an address, a date. A form's own
/// title and the labels under it stay, though every form of a document has them.
void drop_running_lines(std::span<PageLines> pages);

/// Whether `below` is the rest of a form's title that was too long for one line of a page so wide.
bool ends_title(const PageLine& above, const PageLine& below, float page_width);

/// 续表, （续上表）.
bool is_continuation_mark(std::string_view text);

}  // namespace jiheng::reading
