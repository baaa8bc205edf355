// A document's paragraphs, grids and printed pages as JSON, for showing a value in the place it was read from.
#pragma once

#include <string>
#include <string_view>

#include "reading/limits.h"

namespace jiheng::reading {

/// { "file", "format", "blocks": [ paragraph | grid ], "pages": [ … ] }, or { "error": { "code", "message" } }. Lengths are points from the
/// page's upper left corner, numbers with one decimal; a cell whose
/// value is not what it shows (a spreadsheet's numbers and dates) has both; "pages" is empty for carriers that have none. A page has its
/// words as [left, baseline, size, width, text], its ruling lines as [left, top, right, bottom], and, of a scan, its picture as a data:
/// address.
std::string layout_json(std::string_view bytes, std::string_view file, const Limits& limits = {});

}  // namespace jiheng::reading
