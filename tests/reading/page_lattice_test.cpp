// Rules and glyphs of one page → grids and paragraphs.
#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

#include "layout_picture.h"
#include "page_maker.h"
#include "reading/page_grid.h"

namespace jiheng::reading {
namespace {

std::string read(std::initializer_list<Page> pages) {
  Layout layout;
  const std::vector<Page> all(pages);
  const auto error = add_pages(all, Limits{}, layout);
  return error ? "code: " + error->code : picture(layout);
}

const std::vector<float> three_columns = {50, 150, 300, 500};
const std::vector<float> three_rows = {100, 140, 180, 220};
const char* const merged =
    "| 一级 | 名称 | 指标值 |\n"
    "| 产出/指标 | 数量 | 95 |\n"
    "| ^ | 质量 | < |\n";

TEST(PageLattice, RulesMakeCellsWithTheirSpans) {
  PageMaker page;
  page.table(three_columns, three_rows, merged);
  EXPECT_EQ(read({page.page()}), std::string("▦\n") + merged);
}

TEST(PageLattice, BordersThatAreNotDrawnAreThere) {
  for (int side = 0; side < 16; ++side) {
    Drawing drawing;
    drawing.left = (side & 1) == 0;
    drawing.top = (side & 2) == 0;
    drawing.right = (side & 4) == 0;
    drawing.bottom = (side & 8) == 0;
    PageMaker page;
    page.table(three_columns, three_rows, merged, drawing);
    EXPECT_EQ(read({page.page()}), std::string("▦\n") + merged) << side;
  }
}

TEST(PageLattice, UprightsThatNoLineAcrossMeetAreTheTablesWhoseEndsTheyShare) {
  // As browsers print the middle of a merged cell: its box has neither top nor bottom on this page.
  PageMaker page;
  page.table({150, 300, 500}, {100, 140, 180}, "| 甲 | 乙 |\n| 丙 | 丁 |\n", {.top = false});
  page.upright(50, 100, 180).upright(100, 100, 180).text(53, 111, "产出").text(103, 111, "数量");
  page.upright(520, 100, 150);
  EXPECT_EQ(read({page.page()}), "▦\n| 产出 | 数量 | 甲 | 乙 |\n| ^ | ^ | 丙 | 丁 |\n");
}

TEST(PageLattice, LinesInPiecesTooShortOrTooLongStillEncloseCells) {
  PageMaker page;
  page.text(60, 120, "甲").text(160, 120, "乙").text(60, 160, "丙").text(160, 160, "丁");
  for (float x = 50; x < 290; x += 12) page.across(140 + (x > 170 ? 1.0F : 0), x, x + 10);
  page.across(100, 48, 303).across(180, 52, 298);
  page.upright(50, 102, 178).upright(150, 97, 138).upright(151.5F, 142, 183).upright(300, 100, 180);
  EXPECT_EQ(read({page.page()}), "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n");
}

TEST(PageLattice, DoubleAndThickLinesAreOne) {
  PageMaker page;
  page.table({50, 150, 300}, {100, 140, 180}, "| 甲 | 乙 |\n| 丙 | 丁 |\n", {.thickness = 3});
  page.table({52, 152, 302}, {102, 142, 182}, "| | |\n| | |\n");
  EXPECT_EQ(read({page.page()}), "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n");
}

TEST(PageLattice, ARunOverARulingLineIsSplitAtIt) {
  PageMaker page;
  page.table({50, 75, 300}, {100, 140, 180}, "| | |\n| | |\n").text(55, 120, "数量 95");
  EXPECT_EQ(read({page.page()}), "▦\n| 数量 | 95 |\n|  |  |\n");
  // Cells that leave no room beside their texts.
  PageMaker full;
  full.table({50, 70, 300}, {100, 140, 180}, "| | |\n| | |\n").text(50, 120, "数量95");
  EXPECT_EQ(read({full.page()}), "▦\n| 数量 | 95 |\n|  |  |\n");
}

TEST(PageLattice, TextThatRunsOverARuleIsItsOwnCells) {
  // From the left, to the right, and from the middle to both sides.
  PageMaker page;
  page.table({50, 100, 150, 200}, {100, 140, 180, 220}, "| | | |\n| | | |\n| | | |\n");
  page.text(54, 120, "养护供水工程数量").text(162, 120, "处");
  page.text(73, 160, "二月以前达到预期目标").text(178, 160, "无");
  page.text(68, 200, "服务对象").text(108, 200, "的满意度").text(104, 210, "很高").text(116, 210, "不低于百分之八");
  EXPECT_EQ(read({page.page()}),
            "▦\n| 养护供水工程数量 |  | 处 |\n|  | 二月以前达到预期目标 | 无 |\n| 服务对象 | 的满意度/很高 | 不低于百分之八 |\n");
  // Characters each an operation by itself, and a label that begins left of the table.
  PageMaker single;
  single.table({50, 100, 150}, {100, 140, 180}, "| | |\n| | |\n");
  float x = 54;
  for (const char* character : {"养", "护", "供", "水", "工", "程"}) {
    single.text(x, 120, character);
    x += 10;
  }
  single.text(42, 160, "主管部门").text(104, 160, "水利局");
  EXPECT_EQ(read({single.page()}), "▦\n| 养护供水工程 |  |\n| 主管部门 | 水利局 |\n");
}

TEST(PageLattice, TextOverARuleInPiecesIsSaid) {
  PageMaker page;
  page.table({50, 100, 150}, {100, 140, 180}, "| | |\n| | |\n");
  page.text(54, 120, "养护供").text(84, 120, "水工程").text(122, 120, "36处");
  Layout layout;
  ASSERT_FALSE(add_pages(std::vector<Page>{page.page()}, Limits{}, layout));
  ASSERT_EQ(layout.notes.size(), 1U);
  EXPECT_EQ(layout.notes[0].code, "text-over-rules");
  // In one piece, over a cell that has no text but its end.
  PageMaker whole;
  whole.table({50, 100, 150}, {100, 140, 180}, "| | |\n| | |\n").text(54, 120, "养护供水工程").text(54, 160, "巡查");
  Layout second;
  ASSERT_FALSE(add_pages(std::vector<Page>{whole.page()}, Limits{}, second));
  EXPECT_EQ(picture(second), "▦\n| 养护供水工程 |  |\n| 巡查 |  |\n");
  ASSERT_EQ(second.notes.size(), 1U);
  EXPECT_EQ(second.notes[0].code, "text-over-rules");
}

TEST(PageLattice, AnUnderlineIsNoRuleOfTheTable) {
  PageMaker page;
  page.table({50, 150, 300}, {100, 140, 180}, "| 甲 | 乙 |\n| 丙 | 丁 |\n").across(125, 170, 260);
  EXPECT_EQ(read({page.page()}), "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n");
}

TEST(PageLattice, ATableInACellIsAGridOfItsOwnBehind) {
  PageMaker page;
  page.table({50, 150, 400}, {100, 200, 240}, "| 外 | |\n| 丙 | 丁 |\n");
  page.table({170, 250, 380}, {120, 140, 180}, "| 内一 | 内二 |\n| 内三 | 内四 |\n");
  EXPECT_EQ(read({page.page()}), "▦\n| 外 |  |\n| 丙 | 丁 |\n▦\n| 内一 | 内二 |\n| 内三 | 内四 |\n");
}

TEST(PageLattice, SeveralTablesAndTheLinesBetweenComeInOrder) {
  PageMaker page;
  page.text(200, 60, "绩效目标表", 18).text(50, 90, "填报单位：某局").text(400, 90, "单位：万元");
  page.table({50, 150, 300}, {100, 140, 180}, "| 甲 | 乙 |\n| 丙 | 丁 |\n");
  page.text(200, 220, "第二张");
  page.table({50, 150, 300}, {240, 280, 320}, "| 戊 | 己 |\n| 庚 | 辛 |\n");
  page.text(280, 820, "— 1 —");
  EXPECT_EQ(read({page.page()}), "¶ 绩效目标表\n¶ 填报单位：某局" + std::string(40, ' ') +
                                     "单位：万元\n▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n¶ 第二张\n▦\n| 戊 | 己 |\n| 庚 | 辛 |\n");
}

TEST(PageLattice, AFrameRoundThePageIsNoTable) {
  PageMaker page;
  page.table({20, 575}, {20, 820}, "| |\n").text(60, 60, "标题");
  page.table({50, 150, 300}, {100, 140, 180}, "| 甲 | 乙 |\n| 丙 | 丁 |\n");
  EXPECT_EQ(read({page.page()}), "¶ 标题\n▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n");
}

TEST(PageLattice, ATableWiderBelowHasNoCellsBesideItsNarrowRows) {
  PageMaker page;
  page.table({150, 300}, {100, 140}, "| 头 |\n").table({50, 150, 300, 400}, {140, 180, 220}, "| 甲 | 乙 | 丙 |\n| 丁 | 戊 | 己 |\n");
  EXPECT_EQ(read({page.page()}), "▦\n| · | 头 | · |\n| 甲 | 乙 | 丙 |\n| 丁 | 戊 | 己 |\n");
}

TEST(PageWords, SuperscriptsAndUnequalSizesStayOnTheirLine) {
  PageMaker page;
  page.table({50, 200, 300}, {100, 140, 180}, "| | 乙 |\n| 丙 | 丁 |\n");
  page.text(55, 120, "面积100km").text(100, 115, "2", 6).text(104, 120, "以上");
  EXPECT_EQ(read({page.page()}), "▦\n| 面积100km2以上 | 乙 |\n| 丙 | 丁 |\n");
}

TEST(PageWords, SpacesStandBetweenLatinWordsOnly) {
  PageMaker page;
  page.table({50, 300, 400}, {100, 140, 180}, "| | 乙 |\n| 丙 | 丁 |\n");
  page.text(55, 120, "单")
      .text(69, 120, "位")
      .text(90, 120, "GDP")
      .text(108, 120, "rate")
      .text(140, 120, ">")
      .text(148, 120, "=")
      .text(155, 120, "5");
  EXPECT_EQ(read({page.page()}), "▦\n| 单位GDP rate>=5 | 乙 |\n| 丙 | 丁 |\n");
}

TEST(PageWords, ANumberCutByAFullLineIsOneAndTwoNumbersStayTwo) {
  PageMaker page;
  page.table({50, 92, 300}, {100, 140, 180, 220}, "| 135691/00 | 乙 |\n| 1600/200 | 丁 |\n| 病险水/库除险 | 己 |\n");
  EXPECT_EQ(read({page.page()}), "▦\n| 13569100 | 乙 |\n| 1600/200 | 丁 |\n| 病险水/库除险 | 己 |\n");
}

TEST(PageWords, FullWidthDigitsCutByAFullLineAreOneNumber) {
  PageMaker page;
  page.table({50, 76, 300}, {100, 150, 200}, "| ８３/．７ | 乙 |\n| 甲 | 丁 |\n");
  EXPECT_EQ(read({page.page()}), "▦\n| ８３．７ | 乙 |\n| 甲 | 丁 |\n");
}

TEST(PageGrid, WritingBehindTheTableIsNoneOfItsCells) {
  PageMaker page;
  page.text(60, 170, "内部资料", 60).table({50, 150, 400}, {100, 140, 180}, "| 甲 | 乙丙丁戊 |\n| 丙 | 丁 |\n");
  EXPECT_NE(read({page.page()}).find("| 甲 | 乙丙丁戊 |\n| 丙 | 丁 |\n"), std::string::npos);
}

TEST(PageGrid, TextThatRunsOverTheTablesBorderIsItsCells) {
  PageMaker page;
  page.table({50, 150, 200}, {100, 140, 180}, "| 甲 | |\n| 丙 | 丁 |\n").text(155, 120, "水质监测中心站");
  EXPECT_EQ(read({page.page()}), "▦\n| 甲 | 水质监测中心站 |\n| 丙 | 丁 |\n");
}

TEST(PageGrid, CharactersSetUprightAreReadFromRightToLeft) {
  PageMaker page;
  page.table({50, 100, 200}, {100, 140, 180}, "| | 甲 |\n| | 丁 |\n");
  page.text(80, 112, "满").text(80, 123, "意").text(80, 134, "度").text(60, 112, "指").text(60, 123, "标");
  page.text(80, 152, "产").text(65, 152, "出");
  EXPECT_EQ(read({page.page()}), "▦\n| 满/意/度/指/标 | 甲 |\n| 产/出 | 丁 |\n");
}

TEST(PageGrid, ALineDrawnFromRightToLeftIsOneLine) {
  PageMaker page;
  page.table({50, 100, 200}, {100, 140}, "| | 甲 |\n");
  page.text(80, 112, "性").text(70, 112, "定");
  EXPECT_EQ(read({page.page()}), "▦\n| 定性 | 甲 |\n");
}

TEST(PageGrid, UprightsOfDashesAreRules) {
  // Without them the columns' texts would be told by alignment, and that said.
  PageMaker page;
  for (const float x : {50.0F, 110.0F, 210.0F, 300.0F}) {
    for (float y = 100; y < 180; y += 4) page.upright(x, y, y + 2.5F);
  }
  for (const float y : {100.0F, 140.0F, 180.0F}) {
    for (float x = 50; x < 300; x += 4) page.across(y, x, x + 2.5F);
  }
  page.text(55, 120, "一级指标").text(120, 120, "三级指标").text(220, 120, "指标值");
  page.text(55, 160, "产出指标").text(120, 160, "巡查次数").text(220, 160, "十次");
  Layout layout;
  ASSERT_FALSE(add_pages(std::vector<Page>{page.page()}, Limits{}, layout));
  EXPECT_EQ(picture(layout), "▦\n| 一级指标 | 三级指标 | 指标值 |\n| 产出指标 | 巡查次数 | 十次 |\n");
  EXPECT_TRUE(layout.notes.empty());
}

TEST(PageGrid, WhatLiesOffThePageIsNotRead) {
  PageMaker page;
  page.table({50, 150, 300}, {100, 140, 180}, "| 甲 | 乙 |\n| 丙 | 丁 |\n").text(60, -20, "看不见").text(700, 100, "看不见");
  EXPECT_EQ(read({page.page()}), "▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n");
}

TEST(PageGrid, WhatAPageCutsOffATableAtItsSideIsRead) {
  PageMaker page;
  page.table({450, 500, 700}, {100, 140, 180}, "| 甲 | 灌区灌溉水利用系数达到0.58以上 |\n| 丙 | 丁 |\n");
  EXPECT_EQ(read({page.page()}), "▦\n| 甲 | 灌区灌溉水利用系数达到0.58以上 |\n| 丙 | 丁 |\n");
}

TEST(PageGrid, ATableWiderThanItsPageIsSaid) {
  PageMaker page;
  page.table({450, 500, 700}, {100, 140, 180}, "| 甲 | 乙 |\n| 丙 | 丁 |\n");
  Layout layout;
  ASSERT_FALSE(add_pages(std::vector<Page>{page.page()}, Limits{}, layout));
  ASSERT_EQ(layout.notes.size(), 1U);
  EXPECT_EQ(layout.notes[0].code, "page-cut");
}

TEST(PageGrid, EveryCellKnowsItsPageAndBox) {
  PageMaker page(7);
  page.table({50, 150, 300}, {100, 140, 180}, "| 甲 | 乙 |\n| 丙 | 丁 |\n");
  Layout layout;
  ASSERT_FALSE(add_pages(std::vector<Page>{page.page()}, Limits{}, layout));
  const Grid& grid = layout.blocks.at(0).grid;
  ASSERT_EQ(grid.places.size(), grid.cells.size());
  EXPECT_EQ(grid.places[3].page, 7);
  EXPECT_NEAR(grid.places[3].box.left, 150, 0.5);
  EXPECT_NEAR(grid.places[3].box.bottom, 180, 0.5);
}

TEST(PageGrid, TooManyCellsAreRefused) {
  PageMaker page;
  for (int i = 0; i < 600; ++i) {
    page.across(static_cast<float>(i) * 10, 0, 6000);
    page.upright(static_cast<float>(i) * 10, 0, 6000);
  }
  EXPECT_EQ(read({page.page()}), "code: too-many-cells");
}

}  // namespace
}  // namespace jiheng::reading
