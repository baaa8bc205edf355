// A document's bytes → its goal tables. The one entry that command line, service and tests call.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "goals/goal_table.h"
#include "reading/grid.h"
#include "reading/limits.h"

namespace jiheng::reading {

/// rtf, mhtml and spreadsheet_xml are documents of Word, web pages and workbooks in another dress.
enum class Format { unknown, text, csv, tsv, html, mhtml, docx, xlsx, doc, rtf, xls, spreadsheet_xml, pdf, ofd, picture, zip };

/// Told by content, never by the name.
Format detect_format(std::string_view bytes);
std::string_view format_code(Format format);  ///< "docx"; "" for unknown

/// The carrier's paragraphs and grids. Errors: empty-file, unknown-format, unsupported-format, damaged, encrypted, too-large,
/// too-deep, expands-too-much, too-many-cells, wrong-encoding.
Result<Layout> read_layout(std::string_view bytes, Format format, const Limits& limits = {});

/// Never fails: what could not be read is in `error`. `file` is kept as it is given. Thread-safe; holds nothing between calls.
Document read_document(std::string_view bytes, std::string file, const Limits& limits = {});

/// Whether pages of the document are scans that were not read.
bool has_unread_scans(const Document& document);

/// The line of `jiheng read --json`.
struct JsonDocument {
  std::string json;
  bool failed = false;        ///< there is an `error` in it
  bool unread_scans = false;  ///< has_unread_scans() of it
};
/// The same document as JSON, without the tables in between: nothing that was read is copied before it is written.
JsonDocument read_json(std::string_view bytes, std::string_view file, const Limits& limits = {});

}  // namespace jiheng::reading
