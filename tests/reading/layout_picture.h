// A layout as text, so that a test shows what it expects as a person would draw it.
#pragma once

#include <string>

#include "reading/grid.h"
#include "reading/reader.h"

namespace jiheng::reading {

/// Paragraphs as "¶ text"; grids as a line a row with its slots between bars: the text of a cell (line breaks as /), "<" and "^" for
/// slots that a cell on the left or above covers, "·" for those that none does.
std::string picture(const Layout& layout);
std::string picture(const Grid& grid);
/// The picture, or "code: …" of the error.
std::string picture(const Result<Layout>& layout);
/// "code", or "" for a layout.
std::string error_code(const Result<Layout>& layout);

}  // namespace jiheng::reading
