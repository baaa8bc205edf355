#include "reading/reader.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "reading/encoding.h"
#include "reading/formats/formats.h"
#include "reading/recognise.h"
#include "reading/zip.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_compound_file(std::string_view bytes) {
  return starts_with(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
}

/// Whether a compound file (OLE2) has a stream of this name: its directory holds names in UTF-16.
bool has_stream(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) {
    wide.push_back(c);
    wide.push_back('\0');
  }
  wide.append(2, '\0');
  return contains(bytes, wide);
}

Format compound_format(std::string_view bytes) {
  if (has_stream(bytes, "WordDocument")) return Format::doc;
  if (has_stream(bytes, "Workbook") || has_stream(bytes, "Book")) return Format::xls;
  return Format::unknown;
}

Format zip_format(std::string_view bytes) {
  Limits limits;
  limits.zip_entries = 65535;
  const auto archive = ZipArchive::open(bytes, limits);
  if (!archive) return Format::zip;
  if (archive->find("word/document.xml") != nullptr) return Format::docx;
  if (archive->find("xl/workbook.xml") != nullptr) return Format::xlsx;
  if (archive->find("OFD.xml") != nullptr) return Format::ofd;
  // The main part may have another name; the folder tells as well.
  for (const auto& entry : archive->entries()) {
    if (starts_with(entry.name, "word/document")) return Format::docx;
    if (starts_with(entry.name, "xl/worksheets/")) return Format::xlsx;
  }
  return Format::zip;
}

/// The first bytes as ASCII, whatever the encoding: UTF-16 loses its zeros, lower case.
std::string plain_head(std::string_view bytes, std::size_t length) {
  std::string head;
  for (const char c : bytes.substr(0, length)) {
    if (c != '\0') head.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  }
  return head;
}

/// Whether a '<' of the head begins markup; in a text it is a comparator.
bool has_markup(std::string_view head) {
  for (std::size_t at = head.find('<'); at != npos; at = head.find('<', at + 1)) {
    const std::size_t behind = head.find_first_not_of('\0', at + 1);
    if (behind == npos) return false;
    const char c = head[behind];
    if (c == '!' || c == '?' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return true;
  }
  return false;
}

bool looks_like_html(std::string_view bytes) {
  if (!has_markup(bytes.substr(0, 8192))) return false;
  const std::string head = plain_head(bytes, 8192);
  for (const std::string_view tag : {"<!doctype html", "<html", "<head", "<body", "<table", "<meta ", "<tr>", "<td"}) {
    if (contains(head, tag)) return true;
  }
  return contains(plain_head(bytes, 256 * 1024), "<table");
}

/// Texts that are carriers of their own: RTF, web archives, the XML forms of Word and Excel 2003.
bool is_foreign_text(std::string_view bytes) {
  const std::string_view front = trim(bytes.substr(0, 64));
  if (front.empty() || std::string_view("{<MmFf\xEF\xFF\xFE").find(front[0]) == npos) return false;
  const std::string head = plain_head(bytes, 4096);
  return starts_with(head, "{\\rtf") || starts_with(head, "mime-version:") || contains(head, "\nmime-version:") ||
         (starts_with(head, "<?xml") && contains(head, "urn:schemas-microsoft-com:office:spreadsheet")) ||
         contains(head, "schemas.microsoft.com/office/word/2003") || contains(head, "<pkg:package");
}

/// How many fields the lines of a text's head have by one separator.
class Separated {
 public:
  void count_separator() { ++fields_; }
  void end_line() {
    if (fields_ > 0) {
      ++with_;
      ++lines_with_[std::min(fields_, lines_with_.size() - 1)];
    }
    fields_ = 0;
  }
  /// Most lines have the separator, and most of these the same number of them.
  bool is_consistent(std::size_t lines) const {
    const std::size_t usual = *std::max_element(lines_with_.begin(), lines_with_.end());
    return with_ >= 2 && with_ * 3 >= lines * 2 && usual * 3 >= with_ * 2;
  }
  bool seen() const { return with_ > 0; }

 private:
  std::size_t fields_ = 0;
  std::size_t with_ = 0;
  std::array<std::size_t, 64> lines_with_{};
};

Format text_format(std::string_view bytes) {
  std::size_t mark = 0;
  const std::string_view sample = bytes.substr(0, 32 * 1024);
  const Charset charset = detect_charset(sample, mark);
  const bool wide = charset == Charset::utf16_little || charset == Charset::utf16_big;
  const std::string decoded = wide ? decode(sample.substr(mark), charset).text : std::string();
  const std::string_view head = wide ? std::string_view(decoded) : sample.substr(mark);
  Separated tabs;
  Separated commas;
  std::size_t lines = 0;
  std::size_t control = 0;
  bool quoted = false;
  bool blank = true;
  char previous = '\n';
  const auto end_line = [&] {
    lines += !blank;
    tabs.end_line();
    commas.end_line();
    blank = true;
  };
  for (const char c : head) {
    // Bytes of other characters are all above 63, in GB18030 too, but for the digits of its four-byte ones.
    if (static_cast<unsigned char>(c) > ',') {
      blank = false;
    } else if (c == '\n' || c == '\r') {
      if (!quoted) end_line();
    } else if (c == '\t') {
      if (!quoted) tabs.count_separator();
    } else if (c == ',') {
      blank = false;
      if (!quoted) commas.count_separator();
    } else if (c == '"') {
      const bool opens = previous == ',' || previous == '\t' || previous == '\n' || previous == '\r';
      quoted = !quoted && opens;
      blank = false;
    } else if (c != ' ') {
      blank = false;
      control += static_cast<unsigned char>(c) < ' ' && c != 12 && c != 26 && c != 27;
    }
    previous = c;
  }
  end_line();
  // Text of a form has no control characters; a program or a picture does.
  if (control > head.size() / 200) return Format::unknown;
  if (tabs.is_consistent(lines)) return Format::tsv;
  return !tabs.seen() && commas.is_consistent(lines) ? Format::csv : Format::text;
}

Error unsupported(std::string what, std::string advice) {
  return {"unsupported-format", "这是" + std::move(what) + "，目前还不能直接读取。请" + std::move(advice) + "再上传。", {}};
}

/// Files that are none of ours, but that people do send under the names of ours.
Error unknown_format(std::string_view bytes) {
  const std::string head = plain_head(bytes, 4096);
  if (starts_with(head, "{\\rtf")) return unsupported("RTF文档", "用Word或WPS打开，另存为docx");
  if (contains(head, "mime-version:")) return unsupported("单个文件网页（mht）", "用浏览器或Word打开，另存为html或docx");
  if (contains(head, "urn:schemas-microsoft-com:office:spreadsheet"))
    return unsupported("Excel 2003的XML表格", "用Excel或WPS打开，另存为xlsx");
  if (contains(head, "schemas.microsoft.com/office/word/2003") || contains(head, "<pkg:package"))
    return unsupported("Word的XML文档", "用Word或WPS打开，另存为docx");
  return {
      "unknown-format",
      "认不出文件的格式。能读取的有：Word文档（docx）、Excel表格（xlsx）、网页（html）和文本（txt、csv、tsv）。请另存为其中一种再上传。",
      {}};
}

/// Zip files that are documents of other programs, and those that are just zip files.
Error unsupported_zip(const ZipArchive& archive) {
  if (archive.find("xl/workbook.bin") != nullptr) return unsupported("Excel二进制工作簿（xlsb）", "用Excel打开，另存为xlsx");
  if (archive.find("ppt/presentation.xml") != nullptr) return unsupported("PowerPoint演示文稿", "上传其中表格的Word或Excel原件");
  if (archive.find("content.xml") != nullptr) return unsupported("OpenDocument文件（odt、ods）", "另存为docx或xlsx");
  return unsupported("压缩包", "先解压，把里面的表格文件逐个");
}

Error encrypted_package() {
  return {"encrypted", "文件加了打开密码，无法读取。请在Word或Excel里取消密码，另存一份再上传。", {}};
}

std::string megabytes(std::size_t bytes) {
  return std::to_string(bytes >> 20);
}

}  // namespace

Format detect_format(std::string_view bytes) {
  if (is_zip(bytes)) return zip_format(bytes);
  if (is_compound_file(bytes)) return compound_format(bytes);
  if (contains(bytes.substr(0, 1024), "%PDF-")) return Format::pdf;
  if (trim(bytes.substr(0, 4096)).empty() && bytes.size() <= 4096) return Format::unknown;
  if (is_foreign_text(bytes)) return Format::unknown;
  if (looks_like_html(bytes)) return Format::html;
  return text_format(bytes);
}

std::string_view format_code(Format format) {
  switch (format) {
    case Format::text:
      return "text";
    case Format::csv:
      return "csv";
    case Format::tsv:
      return "tsv";
    case Format::html:
      return "html";
    case Format::docx:
      return "docx";
    case Format::xlsx:
      return "xlsx";
    case Format::doc:
      return "doc";
    case Format::xls:
      return "xls";
    case Format::pdf:
      return "pdf";
    case Format::ofd:
      return "ofd";
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
    case Format::docx:
      return read_docx(bytes, limits);
    case Format::xlsx:
      return read_xlsx(bytes, limits);
    case Format::doc:
      return unsupported("旧版Word文档（doc）", "用Word或WPS打开，另存为docx");
    case Format::xls:
      return unsupported("旧版Excel表格（xls）", "用Excel或WPS打开，另存为xlsx");
    case Format::pdf:
      return unsupported("PDF文件", "上传制作它的Word或Excel原件，或另存为docx、xlsx");
    case Format::ofd:
      return unsupported("OFD版式文件", "上传制作它的Word或Excel原件，或另存为docx、xlsx");
    case Format::zip: {
      const auto archive = ZipArchive::open(bytes, limits);
      if (!archive) return archive.error();
      return unsupported_zip(*archive);
    }
    case Format::unknown:
      break;
  }
  if (is_compound_file(bytes) && has_stream(bytes, "EncryptedPackage")) return encrypted_package();
  return unknown_format(bytes);
}

namespace {

/// The error's sentence with the places it names, from the outside in, where the sentence does not name them itself.
std::string sentence_with_place(const Error& error) {
  std::string places;
  for (auto place = error.context.rbegin(); place != error.context.rend(); ++place) {
    if (!contains(error.message, *place)) places += (places.empty() ? "" : "，") + *place;
  }
  return places.empty() ? error.message : error.message + "（位置：" + places + "）";
}

}  // namespace

Document read_document(std::string_view bytes, std::string file, const Limits& limits) {
  Document document;
  document.file = std::move(file);
  document.sha256 = sha256_hex(bytes);
  const Format format = detect_format(bytes);
  document.format = format_code(format);
  auto layout = read_layout(bytes, format, limits);
  if (!layout) {
    document.error = Document::Failure{layout.error().code, sentence_with_place(layout.error())};
    return document;
  }
  document.notes = std::move(layout->notes);
  recognise(*layout, document);
  return document;
}

}  // namespace jiheng::reading
