// Makes zip, docx and xlsx files in memory, sound and forged.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiheng::reading {

struct Part {
  std::string name;
  std::string content;
  bool packed = false;  ///< deflated; else stored as it is
  // Forgeries: what the directory claims, where it is not the truth.
  std::uint32_t claimed_size = 0;
  bool encrypted = false;
  bool wrong_sum = false;
};

std::string zip_of(const std::vector<Part>& parts);
/// A docx whose body is this WordprocessingML.
std::string docx_of(std::string_view body);
std::string docx_with(std::string_view body, std::vector<Part> more);
/// The whole word/document.xml round a body.
std::string document_xml(std::string_view body);
/// "<w:tc><w:p><w:r><w:t>text</w:t></w:r></w:p></w:tc>", `properties` inside its tcPr.
std::string word_cell(std::string_view text, std::string_view properties = "");
std::string word_paragraph(std::string_view text);

/// A workbook with one sheet ("表一") or several; rows are the XML inside sheetData, `behind` what follows it.
struct SheetSource {
  std::string name = "表一";
  std::string rows;
  std::string behind;
  std::string state;
};
struct WorkbookSource {
  std::vector<SheetSource> sheets;
  std::vector<std::string> formats;  ///< format codes: the cell style 1 has the first one …
  std::vector<std::string> strings;  ///< XML inside each <si>
  bool has_strings = true;
  bool has_styles = true;
  bool from_1904 = false;
  std::string styles_xml;  ///< instead of that made from `formats`
};
std::string xlsx_of(const WorkbookSource& source);
std::string xlsx_of_rows(std::string_view rows, std::string_view behind = "");

}  // namespace jiheng::reading
