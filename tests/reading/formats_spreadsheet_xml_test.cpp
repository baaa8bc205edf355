// Excel 2003's XML of a workbook.
#include <gtest/gtest.h>

#include <string>

#include "bounds.h"
#include "layout_picture.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

const std::string spaces =
    " xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\" "
    "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"";

std::string book(const std::string& sheets, std::string_view declaration = "<?xml version=\"1.0\"?>") {
  return std::string(declaration) + "<?mso-application progid=\"Excel.Sheet\"?><Workbook" + spaces + ">" + sheets + "</Workbook>";
}
std::string sheet(const std::string& rows, const std::string& behind = "") {
  return "<Worksheet ss:Name=\"表一\"><Table>" + rows + "</Table>" + behind + "</Worksheet>";
}
std::string data(std::string_view type, std::string_view value) {
  return "<Data ss:Type=\"" + std::string(type) + "\">" + std::string(value) + "</Data>";
}
std::string cell(std::string_view text, std::string_view attributes = "") {
  return "<Cell " + std::string(attributes) + ">" + (text.empty() ? std::string() : data("String", text)) + "</Cell>";
}
std::string read(const std::string& bytes) {
  EXPECT_EQ(detect_format(bytes), Format::spreadsheet_xml);
  return picture(read_layout(bytes, detect_format(bytes)));
}

TEST(SpreadsheetXml, IsAWorkbookByItsContent) {
  EXPECT_EQ(format_code(Format::spreadsheet_xml), "xls");
  const std::string bytes = book(sheet("<Row>" + cell("成本") + cell("≥95%") + "</Row>"));
  EXPECT_EQ(read(bytes), "▦ 表一\n| 成本 | ≥95% |\n");
  EXPECT_EQ(read("\xEF\xBB\xBF" + bytes), "▦ 表一\n| 成本 | ≥95% |\n");
  // 成本 in GB18030.
  EXPECT_EQ(read(book("<Worksheet ss:Name=\"A\"><Table><Row>" + cell("\xB3\xC9\xB1\xBE") + cell("1") + "</Row></Table></Worksheet>",
                      "<?xml version=\"1.0\" encoding=\"gb2312\"?>")),
            "▦ A\n| 成本 | 1 |\n");
  std::string wide = "\xFF\xFE";
  for (const char c : book("<Worksheet ss:Name=\"A\"><Table><Row>" + cell("a") + cell("b") + "</Row></Table></Worksheet>"))
    wide += {c, '\0'};
  EXPECT_EQ(read(wide), "▦ A\n| a | b |\n");
}

TEST(SpreadsheetXml, CellsAndRowsStandWhereTheirIndexSays) {
  EXPECT_EQ(
      read(book(sheet("<Row>" + cell("一级", "ss:MergeDown=\"1\"") + cell("目标", "ss:MergeAcross=\"1\"") + "</Row><Row>" +
                      cell("甲", "ss:Index=\"2\"") + cell("乙") + "</Row><Row ss:Index=\"4\">" + cell("丙", "ss:Index=\"3\"") + "</Row>"))),
      "▦ 表一\n| 一级 | 目标 | < |\n| ^ | 甲 | 乙 |\n| · | · | · |\n| · | · | 丙 |\n");
  EXPECT_EQ(read(book(sheet("<Row ss:Span=\"1\">" + cell("甲") + "</Row><Row>" + cell("乙") + "</Row>"))),
            "▦ 表一\n| 甲 |\n| · |\n| 乙 |\n");
}

TEST(SpreadsheetXml, MarkedTextIsTextAndCommentsAreNone) {
  EXPECT_EQ(
      read(book(sheet("<Row><Cell><ss:Data ss:Type=\"String\" xmlns=\"http://www.w3.org/TR/REC-html40\"><B>成</B><Font "
                      "html:Size=\"9\">本</Font>&#10;指标</ss:Data><Comment ss:Author=\"x\"><ss:Data>批注</ss:Data></Comment></Cell>" +
                      cell("1") + "</Row>"))),
      "▦ 表一\n| 成本/指标 | 1 |\n");
}

TEST(SpreadsheetXml, NumbersAndDatesAreWhatIsStored) {
  const std::string styles =
      "<Styles><Style ss:ID=\"Default\"><NumberFormat/></Style><Style ss:ID=\"p\"><NumberFormat ss:Format=\"Percent\"/></Style><Style "
      "ss:ID=\"q\" ss:Parent=\"p\"/><Style ss:ID=\"d\"><NumberFormat ss:Format=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></Style></Styles>";
  const auto styled = [](std::string_view style, std::string_view type, std::string_view value) {
    return "<Cell ss:StyleID=\"" + std::string(style) + "\">" + data(type, value) + "</Cell>";
  };
  EXPECT_EQ(
      read(book(styles + sheet("<Row>" + styled("Default", "Number", "1286.4999999999998") + styled("q", "Number", "0.95") +
                               styled("d", "DateTime", "2026-03-01T00:00:00.000") +
                               styled("Default", "DateTime", "2026-12-31T00:00:00.000") + styled("Default", "Boolean", "1") + "</Row>"))),
      "▦ 表一\n| 1286.5 | 95 (95.00%) | 2026年3月 | 2026-12-31 | TRUE |\n");
}

TEST(SpreadsheetXml, DaysAreCountedAsTheWorkbookCountsThem) {
  const std::string style = "<Styles><Style ss:ID=\"d\"><NumberFormat ss:Format=\"yyyy\\-mm\\-dd\"/></Style></Styles>";
  const std::string since_1904 = "<ExcelWorkbook xmlns=\"urn:schemas-microsoft-com:office:excel\"><Date1904/></ExcelWorkbook>";
  std::string row;
  for (const char* const day : {"2024-02-29T00:00:00.000", "1904-01-01T00:00:00.000", "9999-12-31T00:00:00.000"})
    row += "<Cell ss:StyleID=\"d\">" + data("DateTime", day) + "</Cell>";
  for (const std::string& system : {std::string(), since_1904})
    EXPECT_EQ(read(book(system + style + sheet("<Row>" + row + "</Row>"))), "▦ 表一\n| 2024-02-29 | 1904-01-01 | 9999-12-31 |\n");
  // A day that no calendar has, and one before the workbook's first, stand as they are written.
  row.clear();
  for (const char* const day : {"2026-02-30T00:00:00.000", "1902-05-01T00:00:00.000", "2026-05-01T10:30:00.000"})
    row += "<Cell ss:StyleID=\"d\">" + data("DateTime", day) + "</Cell>";
  EXPECT_EQ(read(book(since_1904 + style + sheet("<Row>" + row + "</Row>"))), "▦ 表一\n| 2026-02-30 | 1902-05-01 | 2026-05-01 |\n");
}

TEST(SpreadsheetXml, HiddenSheetsAreLeftOutAndSaid) {
  const auto layout = read_layout(
      book(sheet("<Row>" + cell("旧") + "</Row>",
                 "<WorksheetOptions xmlns=\"urn:schemas-microsoft-com:office:excel\"><Visible>SheetHidden</Visible></WorksheetOptions>") +
           "<Worksheet ss:Name=\"二\"><Table><Row>" + cell("新") + "</Row></Table></Worksheet>"),
      Format::spreadsheet_xml);
  EXPECT_EQ(picture(layout), "▦ 二\n| 新 |\n");
  ASSERT_TRUE(layout);
  ASSERT_EQ(layout->notes.size(), 1U);
  EXPECT_EQ(layout->notes[0].code, "sheet-hidden");
}

TEST(SpreadsheetXml, WhatIsDamagedOrTooMuchIsRefused) {
  const auto code = [](const std::string& sheets) { return error_code(read_layout(book(sheets), Format::spreadsheet_xml)); };
  EXPECT_EQ(code("<Worksheet ss:Name=\"A\"><Table><Row>"), "damaged");
  EXPECT_EQ(code(sheet("<Row ss:Index=\"99999999\">" + cell("甲") + "</Row>")), "damaged");
  EXPECT_EQ(code(sheet("<Row>" + cell("甲", "ss:Index=\"99999999\"") + "</Row>")), "damaged");
  std::string rows;
  for (int i = 0; i < 300000; ++i) rows += "<Row>" + cell("甲") + "</Row>";
  EXPECT_EQ(read_within_bounds(book(sheet(rows))), "too-many-cells");
  EXPECT_EQ(read_within_bounds(book(sheet("<Row>" + cell("甲", "ss:MergeAcross=\"16000\" ss:MergeDown=\"1000000\"") + "</Row>"))), "");
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<B>";
  EXPECT_EQ(read_within_bounds(book(deep)), "too-deep");
}

}  // namespace
}  // namespace jiheng::reading
