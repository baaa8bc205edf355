#include "office_maker.h"

#include <zip.h>

#include <stdexcept>

namespace jiheng::reading {
namespace {

void add_u16(std::string& out, std::uint32_t value) {
  out.push_back(static_cast<char>(value & 0xFF));
  out.push_back(static_cast<char>(value >> 8 & 0xFF));
}
void add_u32(std::string& out, std::uint32_t value) {
  add_u16(out, value & 0xFFFF);
  add_u16(out, value >> 16);
}

std::uint32_t crc_of(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

struct Deflated {
  std::string bytes;
  std::uint32_t crc;
};

/// Deflated by libzip; the raw stream is taken out of the archive it makes.
Deflated deflated(const std::string& content) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
  zip_file_add(archive, "x", source, 0);
  if (zip_close(archive) != 0) throw std::runtime_error("libzip");
  zip_source_open(target);
  std::string made(1 << 20, '\0');
  std::string all;
  for (zip_int64_t n = 0; (n = zip_source_read(target, made.data(), made.size())) > 0;) all.append(made, 0, static_cast<std::size_t>(n));
  zip_source_close(target);
  zip_source_free(target);
  const std::size_t directory = all.rfind("PK\x01\x02");
  const auto u32 = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(all[at + static_cast<std::size_t>(i)]);
    return value;
  };
  return {all.substr(30 + 1, u32(directory + 20)), u32(directory + 16)};
}

}  // namespace

std::string zip_of(const std::vector<Part>& parts) {
  std::string out;
  std::string directory;
  for (const Part& part : parts) {
    std::string data = part.content;
    std::uint32_t crc = 0;
    if (part.packed) {
      Deflated packed = deflated(part.content);
      data = std::move(packed.bytes);
      crc = packed.crc;
    } else {
      crc = crc_of(part.content);
    }
    if (part.wrong_sum) ++crc;
    const auto size = part.claimed_size != 0 ? part.claimed_size : static_cast<std::uint32_t>(part.content.size());
    std::string common;
    add_u16(common, 20);
    add_u16(common, part.encrypted ? 1 : 0);
    add_u16(common, part.packed ? 8 : 0);
    add_u32(common, 0);
    add_u32(common, crc);
    add_u32(common, static_cast<std::uint32_t>(data.size()));
    add_u32(common, size);
    add_u16(common, static_cast<std::uint32_t>(part.name.size()));
    add_u16(common, 0);
    const auto offset = static_cast<std::uint32_t>(out.size());
    out += "PK\x03\x04" + common + part.name + data;
    directory += "PK\x01\x02";
    add_u16(directory, 20);
    directory += common;
    add_u16(directory, 0);
    add_u16(directory, 0);
    add_u16(directory, 0);
    add_u32(directory, 0);
    add_u32(directory, offset);
    directory += part.name;
  }
  const auto start = static_cast<std::uint32_t>(out.size());
  out += directory + "PK\x05\x06";
  add_u32(out, 0);
  add_u16(out, static_cast<std::uint32_t>(parts.size()));
  add_u16(out, static_cast<std::uint32_t>(parts.size()));
  add_u32(out, static_cast<std::uint32_t>(directory.size()));
  add_u32(out, start);
  add_u16(out, 0);
  return out;
}

std::string document_xml(std::string_view body) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
         "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
         "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
         "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" "
         "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" "
         "xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>" +
         std::string(body) + "<w:sectPr/></w:body></w:document>";
}

std::string docx_with(std::string_view body, std::vector<Part> more) {
  std::vector<Part> parts = {{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", document_xml(body), true}};
  for (Part& part : more) parts.push_back(std::move(part));
  return zip_of(parts);
}

std::string docx_of(std::string_view body) {
  return docx_with(body, {});
}

std::string word_paragraph(std::string_view text) {
  return "<w:p><w:r><w:t xml:space=\"preserve\">" + std::string(text) + "</w:t></w:r></w:p>";
}

std::string word_cell(std::string_view text, std::string_view properties) {
  return "<w:tc><w:tcPr>" + std::string(properties) + "</w:tcPr>" + word_paragraph(text) + "</w:tc>";
}

std::string xlsx_of(const WorkbookSource& source) {
  std::vector<Part> parts = {{"[Content_Types].xml", "<Types/>"}};
  std::string sheets;
  std::string links;
  for (std::size_t i = 0; i < source.sheets.size(); ++i) {
    const SheetSource& sheet = source.sheets[i];
    const std::string number = std::to_string(i + 1);
    sheets += "<sheet name=\"" + sheet.name + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"" +
              (sheet.state.empty() ? "" : " state=\"" + sheet.state + "\"") + "/>";
    links += "<Relationship Id=\"rId" + number +
             "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet" +
             number + ".xml\"/>";
    parts.push_back({"xl/worksheets/sheet" + number + ".xml",
                     "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + sheet.rows +
                         "</sheetData>" + sheet.behind + "</worksheet>",
                     true});
  }
  parts.push_back({"xl/workbook.xml", "<workbook xmlns:r=\"r\"><workbookPr" + std::string(source.from_1904 ? " date1904=\"1\"" : "") +
                                          "/><sheets>" + sheets + "</sheets></workbook>"});
  parts.push_back({"xl/_rels/workbook.xml.rels", "<Relationships>" + links + "</Relationships>"});
  if (source.has_strings && !source.strings.empty()) {
    std::string strings;
    for (const std::string& text : source.strings) strings += "<si>" + text + "</si>";
    parts.push_back({"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"});
  }
  if (source.has_styles) {
    std::string formats;
    std::string styles = "<xf numFmtId=\"0\"/>";
    for (std::size_t i = 0; i < source.formats.size(); ++i) {
      const std::string id = std::to_string(164 + i);
      formats += "<numFmt numFmtId=\"" + id + "\" formatCode=\"" + source.formats[i] + "\"/>";
      styles += "<xf numFmtId=\"" + id + "\"/>";
    }
    parts.push_back({"xl/styles.xml", source.styles_xml.empty()
                                          ? "<styleSheet><numFmts>" + formats + "</numFmts><cellXfs>" + styles + "</cellXfs></styleSheet>"
                                          : source.styles_xml});
  }
  return zip_of(parts);
}

std::string xlsx_of_rows(std::string_view rows, std::string_view behind) {
  WorkbookSource source;
  source.sheets.push_back({"表一", std::string(rows), std::string(behind), ""});
  return xlsx_of(source);
}

}  // namespace jiheng::reading
