// One source per carrier: bytes → paragraphs and grids. Nothing here knows what a goal table is.
#pragma once

#include <string_view>

#include "base/result.h"
#include "reading/grid.h"
#include "reading/limits.h"

namespace jiheng::reading {

/// Plain text, comma or tab separated. UTF-8 with and without BOM, UTF-16 of both orders, GB18030.
Result<Layout> read_text(std::string_view bytes, char separator, const Limits& limits);
Result<Layout> read_html(std::string_view bytes, const Limits& limits);
Result<Layout> read_docx(std::string_view bytes, const Limits& limits);
Result<Layout> read_xlsx(std::string_view bytes, const Limits& limits);
Result<Layout> read_ofd(std::string_view bytes, const Limits& limits);
Result<Layout> read_pdf(std::string_view bytes, const Limits& limits);

}  // namespace jiheng::reading
