#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "layout_picture.h"
#include "office_maker.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

std::string read(const WorkbookSource& source) {
  return picture(read_layout(xlsx_of(source), Format::xlsx));
}
std::string read(std::string_view rows, std::string_view behind = "") {
  return picture(read_layout(xlsx_of_rows(rows, behind), Format::xlsx));
}

std::string text(std::string_view at, std::string_view value) {
  return "<c r=\"" + std::string(at) + "\" t=\"inlineStr\"><is><t>" + std::string(value) + "</t></is></c>";
}
std::string merges(std::initializer_list<const char*> areas) {
  std::string xml = "<mergeCells>";
  for (const char* area : areas) xml += "<mergeCell ref=\"" + std::string(area) + "\"/>";
  return xml + "</mergeCells>";
}
bool has_note(const Result<Layout>& layout, std::string_view code) {
  return layout && std::any_of(layout->notes.begin(), layout->notes.end(), [&](const Note& note) { return note.code == code; });
}
/// A number in a cell of this format: its cell.
Cell number_cell(std::string_view format, std::string_view value) {
  WorkbookSource source;
  source.formats = {std::string(format)};
  source.sheets.push_back({"表一", "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>" + std::string(value) + "</v></c></row>", "", ""});
  static Result<Layout> layout = Layout{};  // keeps the texts of the cell that is returned
  layout = read_layout(xlsx_of(source), Format::xlsx);
  if (!layout || layout->blocks.empty()) return {};
  return layout->blocks[0].grid.cells[0];
}

TEST(XlsxFormat, EachSheetIsAGridNamedAfterIt) {
  WorkbookSource source;
  source.sheets.push_back({"整体支出", "<row r=\"1\">" + text("A1", "甲") + text("B1", "乙") + "</row>", "", ""});
  source.sheets.push_back({"空表", "<row r=\"1\"><c r=\"A1\" s=\"0\"/></row>", "", ""});
  source.sheets.push_back({"项目&amp;支出", "<row r=\"1\">" + text("A1", "丙") + "</row>", "", ""});
  EXPECT_EQ(read(source), "▦ 整体支出\n| 甲 | 乙 |\n▦ 项目&支出\n| 丙 |\n");
}

TEST(XlsxFormat, HiddenSheetsAreSkippedWithANoteThatNamesThem) {
  WorkbookSource source;
  source.sheets.push_back({"表一", "<row r=\"1\">" + text("A1", "甲") + "</row>", "", ""});
  source.sheets.push_back({"草稿", "<row r=\"1\">" + text("A1", "乙") + "</row>", "", "hidden"});
  source.sheets.push_back({"密", "<row r=\"1\">" + text("A1", "丙") + "</row>", "", "veryHidden"});
  const auto layout = read_layout(xlsx_of(source), Format::xlsx);
  EXPECT_EQ(picture(layout), "▦ 表一\n| 甲 |\n");
  ASSERT_EQ(layout->notes.size(), 2U);
  EXPECT_EQ(layout->notes[0].code, "sheet-hidden");
  EXPECT_NE(layout->notes[0].message.find("草稿"), std::string::npos);
}

TEST(XlsxFormat, MergedAreasAreOneCellAndWhatTheyHideIsGone) {
  EXPECT_EQ(read("<row r=\"1\">" + text("A1", "标题") + text("B1", "遮住") + "</row><row r=\"2\">" + text("A2", "成本") + text("B2", "甲") +
                     text("C2", "1") + "</row><row r=\"3\">" + text("B3", "乙") + text("C3", "2") + "</row>",
                 merges({"A1:C1", "A2:A3"})),
            "▦ 表一\n| 标题 | < | < |\n| 成本 | 甲 | 1 |\n| ^ | 乙 | 2 |\n");
}

TEST(XlsxFormat, AnEmptyMergedAreaKeepsItsPlaceAndOneThatRunsOnIsCut) {
  EXPECT_EQ(read("<row r=\"1\">" + text("A1", "题") + "</row><row r=\"2\">" + text("C2", "甲") + "</row>",
                 merges({"A1:XFD1", "A2:B2", "A5:B900000"})),
            "▦ 表一\n| 题 | < | < |\n|  | < | 甲 |\n");
}

TEST(XlsxFormat, RowsKeepTheSheetsNumbersAndLongGapsShrink) {
  const auto layout = read_layout(
      xlsx_of_rows("<row r=\"5\">" + text("B5", "甲") + "</row><row r=\"1000\">" + text("B1000", "乙") + "</row>"), Format::xlsx);
  EXPECT_EQ(picture(layout), "▦ 表一\n| · | 甲 |\n| · | · |\n| · | · |\n| · | · |\n| · | 乙 |\n");
  EXPECT_EQ(layout->blocks[0].grid.row_numbers, (std::vector<std::uint32_t>{5, 997, 998, 999, 1000}));
}

TEST(XlsxFormat, ACellAtTheFarEndCostsNoGrid) {
  const auto layout = read_layout(xlsx_of_rows("<row r=\"1048576\">" + text("XFD1048576", "远") + "</row>"), Format::xlsx);
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->blocks[0].grid.rows, 1U);
  EXPECT_EQ(layout->blocks[0].grid.row_numbers, (std::vector<std::uint32_t>{1048576}));
}

TEST(XlsxFormat, CellsWithoutReferencesFollowEachOther) {
  EXPECT_EQ(read("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"), "▦ 表一\n| 1 | 2 |\n| 3 | · |\n");
}

TEST(XlsxFormat, ACellReadsTheSameHoweverItIsWritten) {
  for (const char* cell :
       {"<c r=\"B2\" s=\"0\" t=\"n\"><v>95</v></c>", "<c r=\"B2\"><v>95</v></c>", "<c t=\"n\" r=\"B2\" s=\"0\"><v>95</v></c>",
        "<c r='B2'><v>95</v></c>", "<c r=\"B2\" ><v>95</v ></c>", "<c r=\"B2\"><!-- --><v>95</v></c>", "<x:c r=\"B2\"><x:v>95</x:v></x:c>",
        "<c r=\"B2\"><v>&#57;&#x35;</v></c>", "<c r=\"B2\"><f>A1*2</f><v>95</v></c>", "<c r=\"B2\" t=\"str\"><v>95</v></c>",
        "<c r=\"B2\" t=\"inlineStr\"><is><t>95</t></is></c>",
        "<c r=\"B2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">95</t></is></c>"}) {
    EXPECT_EQ(read("<row r=\"2\"><c r=\"A2\" s=\"0\"/>" + std::string(cell) + "<c r=\"C2\" s=\"0\"></c><c><v>1</v></c></row>"),
              "▦ 表一\n| · | 95 | · | 1 |\n")
        << cell;
  }
}

TEST(XlsxFormat, ACellThatIsWrittenWrongIsDamageInTheUsualFormToo) {
  for (const char* cell : {"<c r=\"B2><v>95</v></c>", "<c r=\"B2\"><v>95</v>", "<c r=\"B2\"><v>95</c>", "<c r=\"B2\"><v>95</v></d>",
                           "<c r=\"B2\" t=\"s\"><v>95</v></c>", "<c r=\"B2\"><is><t>95</is></t></c>"})
    EXPECT_EQ(error_code(read_layout(xlsx_of_rows("<row r=\"2\">" + std::string(cell) + "</row>"), Format::xlsx)), "damaged") << cell;
}

TEST(XlsxFormat, CellsOutOfOrderAreSortedAndOfTwoAtOnePlaceTheFirstStands) {
  EXPECT_EQ(
      read("<row r=\"2\">" + text("B2", "丁") + text("A2", "丙") + "</row><row r=\"1\">" + text("A1", "甲") + text("A1", "乙") + "</row>"),
      "▦ 表一\n| 甲 | · |\n| 丙 | 丁 |\n");
}

TEST(XlsxFormat, SharedRichAndInlineStringsWithoutReadings) {
  WorkbookSource source;
  source.strings = {
      "<t>甲</t>",
      "<r><rPr><b/></rPr><t>社会</t></r><r><t xml:space=\"preserve\"> 效益</t></r><rPh sb=\"0\" eb=\"1\"><t>shehui</t></rPh><phoneticPr/>",
      "<t>一_x000D_\n二_x005F_x</t>"};
  source.sheets.push_back({"表一",
                           "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c>"
                           "<c r=\"D1\" t=\"inlineStr\"><is><r><t>丙</t></r><r><t>丁</t></r></is></c></row>",
                           "", ""});
  EXPECT_EQ(read(source), "▦ 表一\n| 甲 | 社会 效益 | 一/二_x | 丙丁 |\n");
}

TEST(XlsxFormat, ResultsOfFormulasAndTextsLikeNumbersStay) {
  const auto layout = read_layout(xlsx_of_rows("<row r=\"1\"><c r=\"A1\" t=\"str\"><f>B1&amp;\"万\"</f><v>5万</v></c><c "
                                               "r=\"B1\"><f>SUM(C1:D1)</f><v>12.5</v></c><c r=\"C1\" t=\"b\"><v>1</v></c>" +
                                               text("D1", "00123") + "</row>"),
                                  Format::xlsx);
  EXPECT_EQ(picture(layout), "▦ 表一\n| 5万 | 12.5 | TRUE | 00123 |\n");
  EXPECT_TRUE(layout->notes.empty());
}

TEST(XlsxFormat, ErrorsAndFormulasWithoutAValueLeaveNotesWithTheirPlace) {
  const auto layout = read_layout(
      xlsx_of_rows("<row r=\"2\"><c r=\"A2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"B2\"><f>SUM(C1:D1)</f></c></row>"), Format::xlsx);
  EXPECT_EQ(picture(layout), "▦ 表一\n| #DIV/0! |\n");
  EXPECT_TRUE(has_note(layout, "cell-error"));
  EXPECT_TRUE(has_note(layout, "formula-without-value"));
  ASSERT_TRUE(layout->notes[0].source.has_value());
  EXPECT_EQ(layout->notes[0].source->page_or_sheet, "表一");
  EXPECT_EQ(layout->notes[0].source->row, 2);
  EXPECT_EQ(layout->notes[0].source->column, 1);
}

TEST(XlsxFormat, ASpreadsheetNumberIsTheStoredOneTo15DigitsAndWhatIsShownStandsBeside) {
  const Cell money = number_cell("#,##0.00", "10891.615675");
  EXPECT_EQ(money.text, "10891.615675");
  EXPECT_EQ(money.shown, "10,891.62");
  EXPECT_FALSE(money.percent);
  const Cell share = number_cell("0.0%", "0.9379999999999999");
  EXPECT_EQ(share.text, "93.8");
  EXPECT_EQ(share.shown, "93.8%");
  EXPECT_TRUE(share.percent);
  const Cell years = number_cell("0&quot;年&quot;", "3");
  EXPECT_EQ(years.text, "3");
  EXPECT_EQ(years.shown, "3年");
}

TEST(XlsxFormat, WhatIsShownIsToldOnlyWhereItDiffers) {
  EXPECT_EQ(number_cell("0.00", "12.50").text, "12.5");
  EXPECT_EQ(number_cell("0.00", "12.50").shown, "12.50");
  EXPECT_EQ(number_cell("0", "12").shown, "");
  EXPECT_EQ(number_cell("General", "1E-3").text, "0.001");
  EXPECT_EQ(number_cell("General", "1.8E+10").text, "18000000000");
  EXPECT_EQ(number_cell("@", "3.10").text, "3.1");
}

TEST(XlsxFormat, DatesAreWhatTheyShowInBothSystems) {
  EXPECT_EQ(number_cell("yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "46387").text, "2026年12月31日");
  EXPECT_EQ(number_cell("yyyy\\-mm\\-dd;@", "46387").text, "2026-12-31");
  EXPECT_EQ(number_cell("[$-804]yyyy/m/d h:mm", "46387.75").text, "2026/12/31 18:00");
  WorkbookSource source;
  source.from_1904 = true;
  source.formats = {"yyyy-mm-dd"};
  source.sheets.push_back({"表一", "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44925</v></c></row>", "", ""});
  EXPECT_EQ(read(source), "▦ 表一\n| 2026-12-31 |\n");
}

TEST(XlsxFormat, BuiltInFormatsAreThoseOfTheChineseEdition) {
  WorkbookSource source;
  source.styles_xml =
      "<styleSheet><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf "
      "numFmtId=\"31\"/><xf numFmtId=\"4\"/><xf numFmtId=\"57\"/></cellXfs></styleSheet>";
  source.sheets.push_back({"表一",
                           "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>0.955</v></c><c r=\"B1\" s=\"2\"><v>46387</v></c><c r=\"C1\" "
                           "s=\"3\"><v>1234.5</v></c><c r=\"D1\" s=\"4\"><v>46387</v></c></row>",
                           "", ""});
  EXPECT_EQ(read(source), "▦ 表一\n| 95.5 (95.50%) | 2026年12月31日 | 1234.5 (1,234.50) | 2026年12月 |\n");
}

TEST(XlsxFormat, ATextMayBeShownWithMoreAroundIt) {
  WorkbookSource source;
  source.formats = {"@&quot;元&quot;"};
  source.sheets.push_back({"表一", "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>十</t></is></c></row>", "", ""});
  EXPECT_EQ(read(source), "▦ 表一\n| 十 (十元) |\n");
}

TEST(XlsxFormat, StylesMayBeAbsent) {
  WorkbookSource source;
  source.has_styles = false;
  source.sheets.push_back({"表一", "<row r=\"1\"><c r=\"A1\" s=\"7\"><v>0.5</v></c></row>", "", ""});
  EXPECT_EQ(read(source), "▦ 表一\n| 0.5 |\n");
}

TEST(XlsxFormat, StringsThatAreMissingAreDamageWithItsPlace) {
  WorkbookSource source;
  source.sheets.push_back({"表一", "<row r=\"3\"><c r=\"B3\" t=\"s\"><v>0</v></c></row>", "", ""});
  const auto absent = read_layout(xlsx_of(source), Format::xlsx);
  EXPECT_EQ(error_code(absent), "damaged");
  EXPECT_EQ(absent.error().context, (std::vector<std::string>{"单元格B3", "工作表“表一”"}));
  source.strings = {"<t>甲</t>"};
  source.sheets[0].rows = "<row r=\"3\"><c r=\"B3\" t=\"s\"><v>7</v></c></row>";
  EXPECT_EQ(error_code(read_layout(xlsx_of(source), Format::xlsx)), "damaged");
}

TEST(XlsxFormat, MissingPartsAreDamage) {
  EXPECT_EQ(error_code(read_layout(
                zip_of({{"xl/workbook.xml", "<workbook><sheets><sheet name=\"一\" r:id=\"rId1\"/></sheets></workbook>"}}), Format::xlsx)),
            "damaged");
  EXPECT_EQ(error_code(read_layout(zip_of({{"xl/other.xml", ""}}), Format::xlsx)), "damaged");
}

TEST(XlsxFormat, MoreUsedCellsThanTheLimitAreRefused) {
  Limits limits;
  limits.cells = 50;
  std::string rows;
  for (int row = 1; row <= 10; ++row)
    rows += "<row r=\"" + std::to_string(row) + "\">" + text("A" + std::to_string(row), "甲") + text("J" + std::to_string(row), "乙") +
            "</row>";
  EXPECT_EQ(error_code(read_layout(xlsx_of_rows(rows), Format::xlsx, limits)), "too-many-cells");
}

}  // namespace
}  // namespace jiheng::reading
