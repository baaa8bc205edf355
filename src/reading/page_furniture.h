// What pages repeat and no document means: page numbers, marks of continuation.
#pragma once

#include <string_view>
#include <vector>

#include "reading/page_words.h"

namespace jiheng::reading {

/// The lines that stand outside tables, top to bottom, without the page's number at its head or foot.
std::vector<PageLine> without_page_numbers(const Page& page, std::vector<PageLine> lines);

/// 续表, （续上表）.
bool is_continuation_mark(std::string_view text);

}  // namespace jiheng::reading
