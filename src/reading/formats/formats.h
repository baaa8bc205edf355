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
/// A web page in a mail's dress, and Excel's with a page a sheet.
Result<Layout> read_mhtml(std::string_view bytes, const Limits& limits);
Result<Layout> read_docx(std::string_view bytes, const Limits& limits);
Result<Layout> read_xlsx(std::string_view bytes, const Limits& limits);
/// Word 97 to 2003.
Result<Layout> read_doc(std::string_view bytes, const Limits& limits);
Result<Layout> read_rtf(std::string_view bytes, const Limits& limits);
/// Excel 97 to 2003 and 5.0/95, in a compound file or, as small programs write it, without one.
Result<Layout> read_xls(std::string_view bytes, const Limits& limits);
/// Excel 2003's XML.
Result<Layout> read_spreadsheet_xml(std::string_view bytes, const Limits& limits);
Result<Layout> read_ofd(std::string_view bytes, const Limits& limits);
Result<Layout> read_pdf(std::string_view bytes, const Limits& limits);
/// A scan or a photo in a picture file.
Result<Layout> read_picture_document(std::string_view bytes, const Limits& limits);

}  // namespace jiheng::reading
