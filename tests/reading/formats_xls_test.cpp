#include <gtest/gtest.h>

#include <array>
#include <string>

#include "layout_picture.h"
#include "old_office_maker.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

std::string file_of(const std::string& stream, Sectors sectors = Sectors::in_order) {
  return compound_of({{"Workbook", stream}}, sectors);
}

Result<Layout> layout_of(const std::string& stream) {
  const std::string bytes = file_of(stream);
  EXPECT_EQ(detect_format(bytes), Format::xls);
  return read_layout(bytes, Format::xls);
}

/// One sheet of these records.
std::string read(const std::string& records, std::string_view globals = "") {
  return picture(layout_of(biff_workbook({{u"表一", records}}, globals)));
}

std::string at(std::uint16_t row, std::uint16_t column, std::uint16_t style = 0) {
  return little16(row) + little16(column) + little16(style);
}

std::string shared_label(std::uint16_t row, std::uint16_t column, std::uint32_t index) {
  return biff(0x00FD, at(row, column) + little32(index));
}

std::string rk(std::uint16_t row, std::uint16_t column, std::uint32_t value, std::uint16_t style = 0) {
  return biff(0x027E, at(row, column, style) + little32(value));
}

std::string merges(std::initializer_list<std::array<std::uint16_t, 4>> areas) {
  std::string data = little16(static_cast<std::uint32_t>(areas.size()));
  for (const auto& area : areas) {
    for (const std::uint16_t edge : area) data += little16(edge);
  }
  return biff(0x00E5, data);
}

/// A cell style of this format code, behind one of General.
std::string styled(std::u16string_view code) {
  return biff(0x041E, little16(200) + biff_text(code)) + biff(0x00E0, std::string(20, '\0')) +
         biff(0x00E0, little16(0) + little16(200) + std::string(16, '\0'));
}

TEST(XlsFormat, SheetsAreGridsAndHiddenOnesAreToldOf) {
  const auto layout = layout_of(biff_workbook({{u"整体", biff_label(0, 0, u"甲") + biff_number(0, 1, 1.5)},
                                               {u"草稿", biff_label(0, 0, u"乙"), 1},
                                               {u"图", biff_label(0, 0, u"丙"), 0, 2},
                                               {u"项目", biff_label(0, 0, u"ABC")}}));
  EXPECT_EQ(picture(layout), "▦ 整体\n| 甲 | 1.5 |\n▦ 项目\n| ABC |\n");
  ASSERT_EQ(layout->notes.size(), 1U);
  EXPECT_EQ(layout->notes[0].code, "sheet-hidden");
  EXPECT_NE(layout->notes[0].message.find("草稿"), std::string::npos);
}

TEST(XlsFormat, AFileWhoseSectorsLieInDisorderIsTheSame) {
  std::string records;
  for (std::uint16_t row = 0; row < 300; ++row)
    records += biff_label(row, 0, u"第" + std::u16string(1, static_cast<char16_t>('a' + row % 26)));
  const std::string stream = biff_workbook({{u"表", records}});
  ASSERT_GT(stream.size(), 4096U);
  EXPECT_EQ(picture(read_layout(file_of(stream, Sectors::scattered), Format::xls)), picture(read_layout(file_of(stream), Format::xls)));
}

TEST(XlsFormat, MergedAreasAreOneCell) {
  EXPECT_EQ(read(biff_label(0, 0, u"标题") + biff_label(1, 0, u"成本") + biff_label(1, 1, u"甲") + biff_label(2, 1, u"乙") +
                 merges({{0, 0, 0, 1}, {1, 2, 0, 0}})),
            "▦ 表一\n| 标题 | < |\n| 成本 | 甲 |\n| ^ | 乙 |\n");
}

TEST(XlsFormat, MergedAreasThatOverlapAreCutNotCoveredTwice) {
  EXPECT_EQ(read(biff_label(0, 1, u"甲") + biff_label(1, 1, u"乙") + biff_label(2, 2, u"丙") +
                 merges({{0, 0, 1, 2}, {1, 2, 0, 0}, {0, 2, 0, 2}})),
            "▦ 表一\n|  | 甲 | < |\n|  | 乙 | · |\n| ^ | · | 丙 |\n");
}

// [MS-XLS] 2.5.293: "the character array is split … the first byte of the CONTINUE record gives fHighByte anew".
TEST(XlsFormat, SharedTextsGoOnInContinueRecordsWithNewWidths) {
  std::string strings = little32(4) + little32(4);
  strings += little16(6) + '\1' + wide(u"绩效");                                         // cut: four characters still to come
  const std::string second = '\0' + std::string("AB");                                   // … now one byte each, cut again
  const std::string third = '\1' + wide(u"目标") + little16(2) + '\x0C' + little16(1) +  // rich and with a reading
                            little32(6) + "XY" + little32(7) + std::string("ignore");
  const std::string fourth = little16(0) + '\0' + little16(3) + '\0' + "end";
  EXPECT_EQ(read(shared_label(0, 0, 0) + shared_label(0, 1, 1) + shared_label(0, 2, 3),
                 biff(0x00FC, strings) + biff(0x003C, second) + biff(0x003C, third) + biff(0x003C, fourth)),
            "▦ 表一\n| 绩效AB目标 | XY | end |\n");
}

TEST(XlsFormat, ATextThatIsNotThereIsDamageAndSaysWhichCell) {
  const auto layout = layout_of(biff_workbook({{u"表", shared_label(4, 1, 7)}}));
  EXPECT_EQ(error_code(layout), "damaged");
  EXPECT_NE(layout.error().message.find("B5"), std::string::npos);
}

TEST(XlsFormat, NumbersInEveryDress) {
  EXPECT_EQ(read(rk(0, 0, 1234U << 2 | 2) + rk(0, 1, 181377U << 2 | 3) + rk(0, 2, 0x3FF80000) +
                 rk(0, 3, static_cast<std::uint32_t>(-5) << 2 | 2) +
                 biff(0x00BD,
                      little16(0) + little16(4) + little16(0) + little32(7U << 2 | 2) + little16(0) + little32(8U << 2 | 2) + little16(5)) +
                 biff_number(0, 6, 10891.615675) + biff_number(0, 7, 0.1 + 0.2) + rk(0, 8, 0x40934A01)),
            "▦ 表一\n| 1234 | 1813.77 | 1.5 | -5 | 7 | 8 | 10891.615675 | 0.3 | 12.345 |\n");
}

TEST(XlsFormat, PercentAndDatesAreWhatTheSheetShows) {
  const auto percent = layout_of(biff_workbook({{u"表", biff_number(0, 0, 0.9379999999999999, 1)}}, styled(u"0.0%")));
  ASSERT_TRUE(percent);
  const Cell& cell = percent->blocks[0].grid.cells[0];
  EXPECT_EQ(cell.text, "93.8");
  EXPECT_TRUE(cell.percent);
  EXPECT_EQ(cell.shown, "93.8%");
  EXPECT_EQ(read(biff_number(0, 0, 46022, 1), styled(u"yyyy\"年\"m\"月\"")), "▦ 表一\n| 2025年12月 |\n");
  EXPECT_EQ(read(biff_number(0, 0, 46022 - 1462, 1), styled(u"yyyy\"年\"m\"月\"") + biff(0x0022, little16(1))), "▦ 表一\n| 2025年12月 |\n");
}

TEST(XlsFormat, FormulasGiveTheStoredResult) {
  const auto formula = [](std::uint16_t column, const std::string& value) {
    return biff(0x0006, at(0, column) + value + std::string(8, '\0'));
  };
  const std::string text = {'\0', '\0', '\0', '\0', '\0', '\0', '\xFF', '\xFF'};
  std::string boolean = text;
  boolean[0] = 1;
  boolean[2] = 1;
  std::string error = text;
  error[0] = 2;
  error[2] = 7;
  std::string empty = text;
  empty[0] = 3;
  const auto layout = layout_of(
      biff_workbook({{u"表", formula(0, std::string(6, '\0') + "\xF8\x3F") + formula(1, text) + biff(0x04BC, "shared") +
                                 biff(0x0207, biff_text(u"合格")) + formula(2, boolean) + formula(3, error) + formula(4, empty)}}));
  EXPECT_EQ(picture(layout), "▦ 表\n| 1.5 | 合格 | TRUE | #DIV/0! |\n");
  ASSERT_EQ(layout->notes.size(), 1U);
  EXPECT_EQ(layout->notes[0].code, "cell-error");
}

TEST(XlsFormat, ChartsOnASheetAreNoPartOfIt) {
  EXPECT_EQ(read(biff_label(0, 0, u"甲") + biff_begin(0x20) + biff_label(5, 5, u"轴") + biff_end() + biff_label(0, 1, u"乙")),
            "▦ 表一\n| 甲 | 乙 |\n");
}

TEST(XlsFormat, OlderWorkbooksKeepTextsInTheirCodePage) {
  const std::string name = "\xB1\xED";                         // 表
  const std::string label = little16(4) + "\xB3\xC9\xB1\xBE";  // 成本
  const std::string sheet = biff_begin(0x10, 0x0500) + biff(0x0204, at(0, 0) + label) + biff_number(0, 1, 3) + biff_end();
  const auto head = [&](std::size_t at_sheet) {
    return biff_begin(5, 0x0500) + biff(0x0042, little16(936)) +
           biff(0x0085, little32(static_cast<std::uint32_t>(at_sheet)) + little16(0) + '\2' + name) + biff_end();
  };
  const std::string bytes = compound_of({{"Book", head(head(0).size()) + sheet}});
  EXPECT_EQ(detect_format(bytes), Format::xls);
  EXPECT_EQ(picture(read_layout(bytes, Format::xls)), "▦ 表\n| 成本 | 3 |\n");
}

TEST(XlsFormat, RecordsWithoutACompoundFileAreReadToo) {
  const std::string bytes = biff(0x0809, little16(0) + little16(0x10) + little32(0)) +
                            biff(0x0204, at(0, 0) + little16(4) + "\xB3\xC9\xB1\xBE") + biff_number(0, 1, 95) + biff_end();
  EXPECT_EQ(detect_format(bytes), Format::xls);
  const auto layout = read_layout(bytes, Format::xls);
  ASSERT_TRUE(layout);
  EXPECT_EQ(picture(layout->blocks[0].grid), "| 成本 | 95 |\n");
}

TEST(XlsFormat, PasswordsAndDamageAreSaid) {
  EXPECT_EQ(error_code(layout_of(biff_workbook({{u"表", ""}}, biff(0x002F, std::string(54, '\1'))))), "encrypted");
  const std::string stream = biff_workbook({{u"表", biff_label(0, 0, u"甲")}});
  EXPECT_EQ(error_code(layout_of(stream.substr(0, stream.size() - 4))), "damaged");
  EXPECT_EQ(error_code(read_layout(file_of(stream).substr(0, 700), Format::xls)), "damaged");
}

}  // namespace
}  // namespace jiheng::reading
