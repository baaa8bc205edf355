#include "reading/reader.h"

#include <optional>

#include "base/hash.h"
#include "base/text.h"
#include "goals/json.h"
#include "reading/formats/detect.h"
#include "reading/formats/formats.h"
#include "reading/printed_code.h"
#include "reading/recognise.h"
#include "reading/scan/confidence.h"

namespace jiheng::reading {
namespace {

std::string megabytes(std::size_t bytes) {
  return std::to_string(bytes >> 20);
}

}  // namespace

std::string_view format_code(Format format) {
  switch (format) {
    case Format::text:
      return "text";
    case Format::csv:
      return "csv";
    case Format::tsv:
      return "tsv";
    case Format::html:
    case Format::mhtml:
      return "html";
    case Format::docx:
      return "docx";
    case Format::xlsx:
      return "xlsx";
    case Format::doc:
    case Format::rtf:
      return "doc";
    case Format::xls:
    case Format::spreadsheet_xml:
      return "xls";
    case Format::pdf:
      return "pdf";
    case Format::ofd:
      return "ofd";
    case Format::picture:
      return "picture";
    case Format::zip:
    case Format::unknown:
      break;
  }
  return "";
}

Result<Layout> read_layout(std::string_view bytes, Format format, const Limits& limits) {
  if (trim(bytes.substr(0, 4096)).empty() && bytes.size() <= 4096)
    return Error{"empty-file", "文件是空的，没有内容。请检查后重新上传。", {}};
  if (bytes.size() > limits.file_bytes) {
    return Error{
        "too-large",
        "文件有" + megabytes(bytes.size()) + "MB，超过上限" + megabytes(limits.file_bytes) + "MB。请删去图片等无关内容或分开上传。",
        {}};
  }
  switch (format) {
    case Format::text:
      return read_text(bytes, 0, limits);
    case Format::csv:
      return read_text(bytes, ',', limits);
    case Format::tsv:
      return read_text(bytes, '\t', limits);
    case Format::html:
      return read_html(bytes, limits);
    case Format::mhtml:
      return read_mhtml(bytes, limits);
    case Format::docx:
      return read_docx(bytes, limits);
    case Format::xlsx:
      return read_xlsx(bytes, limits);
    case Format::xls:
      return read_xls(bytes, limits);
    case Format::spreadsheet_xml:
      return read_spreadsheet_xml(bytes, limits);
    case Format::doc:
      return read_doc(bytes, limits);
    case Format::rtf:
      return read_rtf(bytes, limits);
    case Format::ofd:
      return read_ofd(bytes, limits);
    case Format::picture:
      return read_picture_document(bytes, limits);
    case Format::pdf:
      return read_pdf(bytes, limits);
    default:
      return refusal(bytes, format, limits);
  }
}

namespace {

/// `WhichDocument`: Document or its view.
template <class WhichDocument>
bool any_scan_unread(const WhichDocument& document) {
  if (document.error) return document.error->code == "scanned";
  return std::any_of(document.notes.begin(), document.notes.end(), [](const auto& note) { return note.code == "page-scanned"; });
}

/// The error's sentence with the places it names, from the outside in, where the sentence does not name them itself.
std::string sentence_with_place(const Error& error) {
  std::string places;
  for (auto place = error.context.rbegin(); place != error.context.rend(); ++place) {
    if (!contains(error.message, *place)) places += (places.empty() ? "" : "，") + *place;
  }
  return places.empty() ? error.message : error.message + "（位置：" + places + "）";
}

/// One document as it is read: views of the layout and of the pool.
struct Reading {
  TextPool texts;
  std::optional<Layout> layout;  ///< absent where the file could not be read
  views::Document document;
};

void read(std::string_view bytes, std::string_view file, const Limits& limits, Reading& reading) {
  views::Document& document = reading.document;
  document.file = file;
  document.sha256 = reading.texts.keep(sha256_hex(bytes));
  const Format format = detect_format(bytes);
  document.format = format_code(format);
  auto layout = read_layout(bytes, format, limits);
  if (!layout) {
    document.error = {reading.texts.keep(layout.error().code), reading.texts.keep(sentence_with_place(layout.error()))};
    return;
  }
  reading.layout = std::move(layout).value();
  if (const auto code = printed_code(*reading.layout)) document.version_code = reading.texts.keep(*code);
  recognise(*reading.layout, document, reading.texts);
}

}  // namespace

Document read_document(std::string_view bytes, std::string file, const Limits& limits) {
  Reading reading;
  read(bytes, file, limits, reading);
  Document document = views::owned(reading.document);
  if (reading.layout) mark_recognised(*reading.layout, document);
  return document;
}

bool has_unread_scans(const Document& document) {
  return any_scan_unread(document);
}

JsonDocument read_json(std::string_view bytes, std::string_view file, const Limits& limits) {
  Reading reading;
  read(bytes, file, limits, reading);
  const bool failed = reading.document.error.has_value();
  const bool unread_scans = any_scan_unread(reading.document);
  if (!reading.layout || !has_recognised_cells(*reading.layout)) return {json_line(reading.document), failed, unread_scans};
  Document document = views::owned(reading.document);
  mark_recognised(*reading.layout, document);
  return {json_line(document), failed, unread_scans};
}

}  // namespace jiheng::reading
