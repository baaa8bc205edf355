#include <gtest/gtest.h>

#include <string>

#include "layout_picture.h"
#include "reading/encoding.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

std::string read(std::string_view bytes) {
  return picture(read_layout(bytes, detect_format(bytes)));
}

std::string utf16(std::u16string_view text, bool big, bool mark) {
  std::string out;
  const auto add = [&](char16_t unit) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    out.push_back(big ? high : low);
    out.push_back(big ? low : high);
  };
  if (mark) add(0xFEFF);
  for (const char16_t unit : text) add(unit);
  return out;
}

TEST(TextFormat, LinesWithTabsAreAGridAndLinesWithoutAreParagraphs) {
  EXPECT_EQ(read("2026年部门整体支出绩效目标表\n\n单位：万元\n\n一级指标\t指标值\n数量指标\t300\n"),
            "¶ 2026年部门整体支出绩效目标表\n"
            "¶ 单位：万元\n"
            "▦\n"
            "| 一级指标 | 指标值 |\n"
            "| 数量指标 | 300 |\n");
}

TEST(TextFormat, ABlankLineEndsAGrid) {
  EXPECT_EQ(read("甲\t乙\n\n丙\t丁\n"), "▦\n| 甲 | 乙 |\n▦\n| 丙 | 丁 |\n");
}

TEST(TextFormat, ARowKeepsAsManyFieldsAsItHasTabs) {
  const auto layout = read_layout("甲\t乙\t丙\n丁\t\n", Format::text);
  ASSERT_TRUE(layout);
  EXPECT_EQ(picture(*layout), "▦\n| 甲 | 乙 | 丙 |\n| 丁 |  | · |\n");
  EXPECT_TRUE(layout->blocks[0].from_lines);
}

TEST(TextFormat, RowsAreNumberedByTheirLineInTheFile) {
  const auto layout = read_layout("标题\n\n甲\t\"一\n二\"\n丙\t丁\n", Format::text);
  ASSERT_TRUE(layout);
  ASSERT_EQ(layout->blocks.size(), 2U);
  EXPECT_EQ(layout->blocks[1].grid.row_numbers, (std::vector<std::uint32_t>{3, 5}));
}

TEST(TextFormat, AMarkdownHeadingLosesItsMarks) {
  EXPECT_EQ(read("## 2026年项目支出绩效目标表\n甲\t乙\n"), "¶ 2026年项目支出绩效目标表\n▦\n| 甲 | 乙 |\n");
}

TEST(TextFormat, LineEndsOfEverySystemAreLineEnds) {
  const std::string expected = "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n";
  EXPECT_EQ(read("甲\t乙\r\n丙\t丁\r\n"), expected);
  EXPECT_EQ(read("甲\t乙\r丙\t丁\r"), expected);
  EXPECT_EQ(read("甲\t乙\n丙\t丁"), expected);
}

TEST(TextFormat, TheSameTextIsReadInEveryEncoding) {
  const std::string expected = "▦\n| 指标 | 值 |\n| 数量 | ≥3 |\n";
  EXPECT_EQ(read("指标\t值\n数量\t≥3\n"), expected);
  EXPECT_EQ(read("\xEF\xBB\xBF指标\t值\n数量\t≥3\n"), expected);
  for (const bool big : {false, true}) {
    for (const bool mark : {false, true}) EXPECT_EQ(read(utf16(u"指标\t值\n数量\t≥3\n", big, mark)), expected) << big << mark;
  }
  EXPECT_EQ(read("\xD6\xB8\xB1\xEA\t\xD6\xB5\n\xCA\xFD\xC1\xBF\t\xA1\xDD\x33\n"), expected);
}

TEST(TextFormat, Gb18030ReachesBeyondTwoBytes) {
  // 㐂 is four bytes, 渌 two.
  EXPECT_EQ(read("\xCA\xFD\t\x81\x39\xEF\x31\n\x9C\x4F\t1\n"), "▦\n| 数 | 㐂 |\n| 淥 | 1 |\n");
}

TEST(TextFormat, Utf8IsToldFromWhatOnlyLooksLikeIt) {
  const std::string_view none = std::string_view();
  EXPECT_EQ(first_invalid_utf8(none), std::string_view::npos);
  for (const char* good : {"a", "é", "年", "\xEF\xBF\xBD", "\xED\x9F\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(first_invalid_utf8(std::string(40, 'x') + good + "y"), std::string_view::npos) << good;
  }
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\x80", "\xED\xA0\x80", "\xF0\x8F\x80\x80", "\xF4\x90\x80\x80",
                          "\xF5\x80\x80\x80", "\xE5\xB9", "\xFF"}) {
    EXPECT_EQ(first_invalid_utf8(std::string(40, 'x') + bad), 40U) << bad;
  }
}

TEST(TextFormat, DamagedUtf8IsAnErrorThatNamesTheLineAndNotAGuess) {
  const auto layout = read_layout("第一行绩效目标\n第二行绩效\xE7\x9B\n第三行绩效目标和很多完整的汉字，足以看出是什么编码\n", Format::text);
  ASSERT_FALSE(layout);
  EXPECT_EQ(layout.error().code, "wrong-encoding");
  EXPECT_NE(layout.error().message.find("第2行"), std::string::npos);
}

TEST(TextFormat, BytesOfNoEncodingAreAnError) {
  EXPECT_EQ(error_code(read_layout("\xFF\xFF\xFF\t\xFF\n\xFF\x80\n", Format::text)), "wrong-encoding");
}

TEST(CsvFormat, QuotedFieldsHoldCommasQuotesAndLineEnds) {
  EXPECT_EQ(read("\"一级\n指标\",\"指标值\"\n\"甲,乙\",\"称\"\"丙\"\"\"\n丁,5\n"),
            "▦\n| 一级/指标 | 指标值 |\n| 甲,乙 | 称\"丙\" |\n| 丁 | 5 |\n");
}

TEST(CsvFormat, AQuoteInsideAFieldIsTextAndAnUnclosedOneHarmsNothing) {
  EXPECT_EQ(picture(read_layout("甲,5\" 管\n\"乙,6\n丙,7\n", Format::csv)), "▦\n| 甲 | 5\" 管 |\n| \"乙 | 6 |\n| 丙 | 7 |\n");
}

TEST(CsvFormat, ALineOfCommasOnlyIsBlank) {
  EXPECT_EQ(picture(read_layout("甲,乙\n,,\n丙,丁\n", Format::csv)), "▦\n| 甲 | 乙 |\n▦\n| 丙 | 丁 |\n");
}

TEST(TextFormat, BarsMakeAGridAndItsRulingsVanish) {
  const std::string expected = "¶ 表\n▦\n| 指标 | 值 |\n| 数量 | 3 |\n";
  EXPECT_EQ(picture(read_layout("表\n| 指标 | 值 |\n|---|:--:|\n| 数量 | 3 |\n", Format::text)), expected);
  EXPECT_EQ(picture(read_layout("表\n┌──┬──┐\n│指标│值│\n├──┼──┤\n│数量│3│\n└──┴──┘\n", Format::text)), expected);
}

TEST(TextFormat, NeighboursAlignedBySpacesAreAGrid) {
  EXPECT_EQ(picture(read_layout("一级指标    二级指标    指标值\n产出指标    数量指标    3\n产出指标    质量指标    95%\n", Format::text)),
            "▦\n| 一级指标 | 二级指标 | 指标值 |\n| 产出指标 | 数量指标 | 3 |\n| 产出指标 | 质量指标 | 95% |\n");
}

TEST(TextFormat, ColumnsSetBySpacesKeepTheirEmptyCells) {
  EXPECT_EQ(picture(read_layout("填报单位：某局    单位：万元\n"
                                "一级指标  二级指标  三级指标      指标值\n"
                                "产出指标  数量指标  清淤长度      ≥12.5公里\n"
                                "                    清淤河道条数  3\n"
                                "          质量指标  合格率        100%\n"
                                "完\n",
                                Format::text)),
            "¶ 填报单位：某局    单位：万元\n"
            "▦\n"
            "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n"
            "| 产出指标 | 数量指标 | 清淤长度 | ≥12.5公里 |\n"
            "|  |  | 清淤河道条数 | 3 |\n"
            "|  | 质量指标 | 合格率 | 100% |\n"
            "¶ 完\n");
}

TEST(TextFormat, ALineWithAGapBetweenTwoTextsStaysAParagraph) {
  EXPECT_EQ(picture(read_layout("填报单位：某局      单位：万元\n目标：做好工作。\n", Format::text)),
            "¶ 填报单位：某局      单位：万元\n¶ 目标：做好工作。\n");
}

TEST(TextFormat, MoreCellsThanTheLimitAreRefused) {
  Limits limits;
  limits.cells = 100;
  std::string text;
  for (int i = 0; i < 60; ++i) text += "甲\t乙\n";
  EXPECT_EQ(error_code(read_layout(text, Format::text, limits)), "too-many-cells");
  text = std::string(150, '\t') + "甲\n";
  EXPECT_EQ(error_code(read_layout(text, Format::text, limits)), "too-many-cells");
}

}  // namespace
}  // namespace jiheng::reading
