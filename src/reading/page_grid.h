// Glyphs and ruling lines of pages → paragraphs and grids of cells.
#pragma once

#include <optional>
#include <span>

#include "base/result.h"
#include "reading/grid.h"
#include "reading/limits.h"
#include "reading/page.h"

namespace jiheng::reading {

/// Appends to `layout` what the pages hold, from top to bottom: a grid where rules enclose cells, or where columns are told by alignment
/// alone; paragraphs elsewhere. A grid that goes on over a page break is one: rows cut by the break are joined, a header that is printed
/// again is dropped, another division of the columns is matched to the first. Every cell keeps its box and page.
/// Errors: too-many-cells.
std::optional<Error> add_pages(std::span<const Page> pages, const Limits& limits, Layout& layout);

}  // namespace jiheng::reading
