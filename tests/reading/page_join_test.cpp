// Tables over page breaks.
#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

#include "layout_picture.h"
#include "page_maker.h"
#include "reading/page_grid.h"

namespace jiheng::reading {
namespace {

const std::vector<float> columns = {50, 120, 200, 260, 400};

Layout laid_out(std::initializer_list<PageMaker> makers) {
  std::vector<Page> pages;
  for (const PageMaker& maker : makers) pages.push_back(maker.page());
  Layout layout;
  EXPECT_FALSE(add_pages(pages, Limits{}, layout));
  return layout;
}

std::string read(std::initializer_list<PageMaker> pages) {
  return picture(laid_out(pages));
}

std::vector<std::string> codes(const Layout& layout) {
  std::vector<std::string> found;
  for (const Note& note : layout.notes) found.push_back(note.code);
  return found;
}

std::vector<float> rows(float from, std::size_t count) {
  std::vector<float> edges;
  for (std::size_t i = 0; i <= count; ++i) edges.push_back(from + static_cast<float>(i) * 30);
  return edges;
}

PageMaker first_page() {
  return PageMaker(1)
      .text(200, 60, "绩效目标表")
      .table(columns, rows(100, 3),
             "| 级 | 名称 | 值 | 说明 |\n"
             "| 产出 | 甲数量 | 5 | 甲的说明 |\n"
             "| ^ | 乙数量 | 6 | 乙的说明 |\n");
}

TEST(PageJoin, ATableGoesOnOverTheBreakWithItsMergedCell) {
  const PageMaker second = PageMaker(2).table(columns, rows(40, 2), "| | 丙数量 | 7 | |\n| ^ | 丁数量 | 8 | |\n").text(290, 820, "第 2 页");
  const Layout layout = laid_out({first_page(), second});
  EXPECT_EQ(picture(layout),
            "¶ 绩效目标表\n▦\n"
            "| 级 | 名称 | 值 | 说明 |\n"
            "| 产出 | 甲数量 | 5 | 甲的说明 |\n"
            "| ^ | 乙数量 | 6 | 乙的说明 |\n"
            "| ^ | 丙数量 | 7 |  |\n"
            "| ^ | 丁数量 | 8 |  |\n");
  EXPECT_EQ(codes(layout), std::vector<std::string>{"table-continued"});
  EXPECT_EQ(layout.notes[0].source->page_or_sheet, "2");
  EXPECT_EQ(layout.blocks[1].grid.places.back().page, 2);
}

TEST(PageJoin, AMergedCellPrintedAgainIsOne) {
  const PageMaker second = PageMaker(2).table(columns, rows(40, 2), "| 产出 | 丙数量 | 7 | |\n| ^ | 丁数量 | 8 | |\n");
  EXPECT_NE(read({first_page(), second}).find("| ^ | 丙数量 | 7 |  |\n| ^ | 丁数量 | 8 |  |\n"), std::string::npos);
}

TEST(PageJoin, AHeaderPrintedAgainIsDropped) {
  const PageMaker second =
      PageMaker(2).text(200, 30, "绩效目标表").table(columns, rows(40, 2), "| 级 | 名称 | 值 | 说明 |\n| 效益 | 丙数量 | 7 | |\n");
  EXPECT_EQ(read({first_page(), second}),
            "¶ 绩效目标表\n▦\n"
            "| 级 | 名称 | 值 | 说明 |\n"
            "| 产出 | 甲数量 | 5 | 甲的说明 |\n"
            "| ^ | 乙数量 | 6 | 乙的说明 |\n"
            "| 效益 | 丙数量 | 7 |  |\n");
}

TEST(PageJoin, NamesOfColumnsPrintedAgainBelowAFormsHeadAreDropped) {
  const PageMaker one = PageMaker(1).table(columns, rows(100, 4),
                                           "| 项目名称 | 甲 | < | < |\n"
                                           "| 一级指标 | 三级指标 | 指标值 | 备注 |\n"
                                           "| 产出指标 | 甲数量 | 5 | |\n"
                                           "| ^ | 乙数量 | 6 | |\n");
  const PageMaker two =
      PageMaker(2).table(columns, rows(40, 3), "| 一级指标 | 三级指标 | 指标值 | 备注 |\n| | 丙数量 | 7 | |\n| ^ | 丁数量 | 8 | |\n");
  EXPECT_EQ(read({one, two}),
            "▦\n| 项目名称 | 甲 | < | < |\n"
            "| 一级指标 | 三级指标 | 指标值 | 备注 |\n"
            "| 产出指标 | 甲数量 | 5 |  |\n"
            "| ^ | 乙数量 | 6 |  |\n"
            "| ^ | 丙数量 | 7 |  |\n"
            "| ^ | 丁数量 | 8 |  |\n");
  // Below the head of another form they are that one's.
  const PageMaker other = PageMaker(1).table(columns, rows(100, 4),
                                             "| 项目名称 | 甲 | < | < |\n"
                                             "| 一级指标 | 三级指标 | 指标值 | 备注 |\n"
                                             "| 产出指标 | 甲数量 | 5 | |\n"
                                             "| 项目名称 | 乙 | < | < |\n");
  EXPECT_NE(read({other, two}).find("| 项目名称 | 乙 | < | < |\n| 一级指标 | 三级指标 | 指标值 | 备注 |\n"), std::string::npos);
}

TEST(PageJoin, TheFrameBesideNamesPrintedAgainGoesOn) {
  const PageMaker two = PageMaker(2).table(columns, rows(40, 4),
                                           "| | 三级指标 | 指标值 | 完成值 |\n"
                                           "| ^ | 丙数量 | 7 | 7 |\n"
                                           "| ^ | 丁数量 | 8 | 8 |\n"
                                           "| ^ | 戊数量 | 9 | 9 |\n");
  const PageMaker one = PageMaker(1).table(
      columns, rows(100, 3), "| 项目名称 | 甲 | < | < |\n| 绩效指标 | 三级指标 | 指标值 | 完成值 |\n| ^ | 甲数量 | 5 | 5 |\n");
  EXPECT_EQ(read({one, two}),
            "▦\n| 项目名称 | 甲 | < | < |\n"
            "| 绩效指标 | 三级指标 | 指标值 | 完成值 |\n"
            "| ^ | 甲数量 | 5 | 5 |\n"
            "| ^ | 丙数量 | 7 | 7 |\n"
            "| ^ | 丁数量 | 8 | 8 |\n"
            "| ^ | 戊数量 | 9 | 9 |\n");
}

TEST(PageJoin, AFormWhoseFundsFollowItsNameIsNotJoined) {
  const PageMaker one =
      PageMaker(1)
          .text(200, 30, "项目绩效目标表")
          .table(columns, rows(40, 3), "| 项目名称 | 甲 | < | < |\n| 项目资金 | 年度资金总额 | 5 | < |\n| ^ | 其中：财政拨款 | 5 | < |\n");
  const PageMaker two =
      PageMaker(2)
          .text(200, 30, "项目绩效目标表")
          .table(columns, rows(40, 3), "| 项目名称 | 乙 | < | < |\n| 项目资金 | 年度资金总额 | 6 | < |\n| ^ | 其中：财政拨款 | 6 | < |\n");
  EXPECT_NE(read({one, two}).find("¶ 项目绩效目标表\n▦\n| 项目名称 | 乙 |"), std::string::npos);
}

TEST(PageJoin, ANameCutBesideAMergedCellThatGoesOnIsOne) {
  const std::vector<float> list = {50, 96, 140, 220, 300, 400};
  const PageMaker one = PageMaker(1).table(
      list, rows(700, 2), "| 项目名称 | 预算数 | 一级指标 | 三级指标 | 指标值 |\n| 校舍安/全保障 | 5 | 产出指标 | 甲数量 | 5 |\n");
  const PageMaker two = PageMaker(2).table(list, rows(40, 2), "| 长效机制 | | 效益指标 | 乙数量 | 7 |\n| ^ | ^ | ^ | 丙数量 | 7 |\n");
  EXPECT_NE(read({one, two}).find("| 校舍安/全保障/长效机制 | 5 | 产出指标 | 甲数量 | 5 |\n| ^ | ^ | 效益指标 | 乙数量 | 7 |\n"),
            std::string::npos);
  // With an amount of its own it is another project.
  const PageMaker other = PageMaker(2).table(list, rows(40, 2), "| 长效机制 | 6 | 效益指标 | 乙数量 | 7 |\n| ^ | ^ | ^ | 丙数量 | 7 |\n");
  EXPECT_NE(read({one, other}).find("| 长效机制 | 6 | 效益指标 | 乙数量 | 7 |\n"), std::string::npos);
}

TEST(PageJoin, AFormThatSpellsTheFirstLabelInAnotherWayIsOneOfItsOwn) {
  const PageMaker one =
      PageMaker(1)
          .text(200, 30, "项目绩效目标表")
          .table(columns, rows(40, 3), "| 项 目 名 称 | 甲 | < | < |\n| 主管部门 | 某局 | < | < |\n| 级 | 名称 | 值 | 说明 |\n");
  const PageMaker two =
      PageMaker(2)
          .text(200, 30, "项目绩效目标表")
          .table(columns, rows(40, 3), "| 项目名称： | 乙 | < | < |\n| 主管部门 | 某局 | < | < |\n| 级 | 名称 | 值 | 说明 |\n");
  EXPECT_NE(read({one, two}).find("¶ 项目绩效目标表\n▦\n| 项目名称： | 乙 |"), std::string::npos);
}

TEST(PageJoin, AProjectWhoseFirstRowEndsThePageGoesOnWithItsLevel) {
  const std::vector<float> list = {50, 96, 180, 240, 320, 400};
  const PageMaker one = PageMaker(1).table(
      list, rows(700, 2), "| 项目名称 | 年度目标 | 一级指标 | 三级指标 | 指标值 |\n| 校舍安 | 完成校舍维修加 | 产出指标 | 甲数量 | 5 |\n");
  const PageMaker two = PageMaker(2).table(list, rows(40, 2), "| 全保障 | 固十八所。 | | 乙数量 | 7 |\n| ^ | ^ | ^ | 丙数量 | 7 |\n");
  EXPECT_NE(read({one, two}).find("| 校舍安/全保障 | 完成校舍维修加/固十八所。 | 产出指标 | 甲数量 | 5 |\n| ^ | ^ | ^ | 乙数量 | 7 |\n"),
            std::string::npos);
  // With a level of its own it is another project, however full the cells above are.
  const PageMaker other =
      PageMaker(2).table(list, rows(40, 2), "| 全保障 | 固十八所。 | 效益指标 | 乙数量 | 7 |\n| ^ | ^ | ^ | 丙数量 | 7 |\n");
  EXPECT_NE(read({one, other}).find("| 全保障 | 固十八所。 | 效益指标 | 乙数量 | 7 |\n"), std::string::npos);
}

TEST(PageJoin, RestsOfCellsBesideOneAnotherStandBelowTheLastRule) {
  // As browsers print them.
  const std::vector<float> list = {50, 96, 140, 220, 300, 400};
  PageMaker one = PageMaker(1).table(list, {700, 730, 746},
                                     "| 项目名称 | 预算数 | 年度目标 | 三级指标 | 指标值 |\n| 校舍安 | 5 | 完成校舍维修 | 甲数量 | 5 |\n");
  one.text(52, 752, "全保障").text(142, 752, "加固十八所。");
  const PageMaker two = PageMaker(2).table(list, rows(40, 2), "| | | | 乙数量 | 7 |\n| ^ | ^ | ^ | 丙数量 | 7 |\n");
  EXPECT_NE(read({one, two}).find("| 校舍安/全保障 | 5 | 完成校舍维修/加固十八所。 | 甲数量 | 5 |\n| ^ | ^ | ^ | 乙数量 | 7 |\n"),
            std::string::npos);
}

TEST(PageJoin, TheRestOfANameSetUprightIsItsCells) {
  const std::vector<float> list = {50, 90, 160, 260, 330};
  PageMaker one = PageMaker(1).table(list, {660, 700, 740}, "| 年度目标 | 甲 | < | < |\n| 绩/效/指 | 一级指标 | 三级指标 | 指标值 |\n");
  one.text(52, 746, "标");
  const PageMaker two = PageMaker(2).table(list, rows(40, 2), "| | 产出指标 | 甲数量 | 5 |\n| ^ | ^ | 乙数量 | 7 |\n");
  EXPECT_NE(read({one, two}).find("| 绩/效/指/标 | 一级指标 | 三级指标 | 指标值 |\n| ^ | 产出指标 | 甲数量 | 5 |\n"), std::string::npos);
}

TEST(PageJoin, ALevelMayStandInItsSecondRowBehindTheBreak) {
  const PageMaker one = PageMaker(1).table(columns, rows(100, 4),
                                           "| 二级指标 | 名称 | 值 | 说明 |\n"
                                           "| 质量指标 | 甲 | 5 | |\n"
                                           "| ^ | 乙 | 6 | |\n"
                                           "| | 丙 | 7 | |\n");
  const PageMaker two = PageMaker(2).table(columns, rows(40, 2), "| 时效指标 | 丁 | 8 | |\n| 效益指标 | 戊 | 9 | |\n");
  EXPECT_NE(read({one, two}).find("| 时效指标 | 丙 | 7 |  |\n| ^ | 丁 | 8 |  |\n"), std::string::npos);
}

TEST(PageJoin, ALabelsBracketBehindTheBreakIsPartOfIt) {
  const PageMaker one = PageMaker(1).table(columns, rows(100, 2), "| 项目名称 | 甲 | < | < |\n| 项目资金 | 年度资金总额 | 5 | < |\n");
  const PageMaker two = PageMaker(2).table(columns, rows(40, 2), "| （万元） | 财政拨款 | 3 | < |\n| ^ | 其他资金 | 2 | < |\n");
  EXPECT_NE(read({one, two}).find("| 项目资金/（万元） | 年度资金总额 | 5 |\n| ^ | 财政拨款 | 3 |\n"), std::string::npos);
}

TEST(PageJoin, ARowCutByTheBreakIsOne) {
  const PageMaker one = PageMaker(1).table(columns, rows(100, 2),
                                           "| 级 | 名称 | 值 | 说明 |\n"
                                           "| 产出 | 甲数量 | 5 | 说明说明说明说明说明说明说/明说明说明说明说明说明说明 |\n");
  const PageMaker two = PageMaker(2).table(columns, rows(40, 2), "| | | | 的后半句。 |\n| 效益 | 丙数量 | 7 | |\n");
  const Layout layout = laid_out({one, two});
  EXPECT_EQ(picture(layout),
            "▦\n"
            "| 级 | 名称 | 值 | 说明 |\n"
            "| 产出 | 甲数量 | 5 | 说明说明说明说明说明说明说/明说明说明说明说明说明说明/的后半句。 |\n"
            "| 效益 | 丙数量 | 7 |  |\n");
  EXPECT_EQ(codes(layout), (std::vector<std::string>{"table-continued", "row-continued"}));
}

TEST(PageJoin, ATextAloneInItsRowIsTheRestOfTheOneAbove) {
  const std::vector<float> six = {50, 120, 200, 260, 330, 386};
  const PageMaker one = PageMaker(1).table(six, rows(700, 3),
                                           "| 级 | 名称 | 值 | 完成 | 原因 |\n"
                                           "| 产出 | 甲数量 | 5 | 4 | |\n"
                                           "| ^ | 乙数量 | 6 | 5 | 资金六月 |\n");
  const PageMaker two = PageMaker(2).table(six, rows(40, 2), "| | | | | 到位 |\n| ^ | 丙数量 | 7 | 7 | |\n");
  EXPECT_NE(read({one, two}).find("| ^ | 乙数量 | 6 | 5 | 资金六月/到位 |\n| ^ | 丙数量 | 7 | 7 |  |\n"), std::string::npos);
}

TEST(PageJoin, InDoubtTwoRowsStayTwo) {
  // The line above has room: what stands below is no rest of it.
  const PageMaker one = PageMaker(1).table(columns, rows(100, 2), "| 级 | 名称 | 值 | 说明 |\n| 产出 | 甲数量 | 5 | 说明 |\n");
  const PageMaker two = PageMaker(2).table(columns, rows(40, 2), "| | | | 另一句 |\n| 效益 | 丙数量 | 7 | |\n");
  EXPECT_NE(read({one, two}).find("| 产出 | 甲数量 | 5 | 说明 |\n|  |  |  | 另一句 |\n"), std::string::npos);
}

TEST(PageJoin, ABlankIndicatorOfTheNextLevelIsNoRestOfTheRowAbove) {
  const std::vector<float> narrow = {50, 96, 200, 260, 400};
  const PageMaker one = PageMaker(1).table(
      narrow, rows(100, 4), "| 级 | 名称 | 值 | 说明 |\n| 数量指标 | 甲 | 5 | |\n| ^ | 乙 | 5 | |\n| 质量指标 | 丙 | 5 | |\n");
  const PageMaker two = PageMaker(2).table(narrow, rows(40, 2), "| 时效指标 | | | |\n| 效益指标 | 丙数量 | 7 | |\n");
  EXPECT_NE(read({one, two}).find("| 质量指标 | 丙 | 5 |  |\n| 时效指标 |  |  |  |\n"), std::string::npos);
}

TEST(PageJoin, ACutWithoutRulesOnEitherSideIsOneRow) {
  const PageMaker one =
      PageMaker(1).table(columns, rows(700, 2), "| 级 | 名称 | 值 | 说明 |\n| 产出 | 甲数/量一二 | 5 | 说明 |\n", {.bottom = false});
  const PageMaker two = PageMaker(2).table(columns, rows(40, 2), "| | 三四 | | |\n| 效益 | 丙数量 | 7 | |\n", {.top = false});
  EXPECT_NE(read({one, two}).find("| 产出 | 甲数/量一二"), std::string::npos);
}

TEST(PageJoin, AFormOfItsOwnIsNotJoined) {
  const PageMaker one =
      PageMaker(1)
          .text(200, 30, "项目绩效目标表")
          .table(columns, rows(40, 3), "| 项目名称 | 甲 | < | < |\n| 年度预算 | 5 | < | < |\n| 级 | 名称 | 值 | 说明 |\n");
  const PageMaker two =
      PageMaker(2)
          .text(200, 30, "项目绩效目标表")
          .table(columns, rows(40, 3), "| 项目名称 | 乙 | < | < |\n| 年度预算 | 6 | < | < |\n| 级 | 名称 | 值 | 说明 |\n");
  EXPECT_EQ(read({one, two}),
            "¶ 项目绩效目标表\n▦\n| 项目名称 | 甲 | < | < |\n| 年度预算 | 5 | < | < |\n| 级 | 名称 | 值 | 说明 |\n"
            "¶ 项目绩效目标表\n▦\n| 项目名称 | 乙 | < | < |\n| 年度预算 | 6 | < | < |\n| 级 | 名称 | 值 | 说明 |\n");
}

TEST(PageJoin, AFormThatBeginsWithTheSameRowIsOneOfItsOwnToo) {
  const PageMaker one =
      PageMaker(1).table(columns, rows(40, 3), "| 填报单位：某局 | < | < | < |\n| 项目名称 | 甲 | < | < |\n| 年度预算 | 5 | < | < |\n");
  const PageMaker two =
      PageMaker(2).table(columns, rows(40, 3), "| 填报单位：某局 | < | < | < |\n| 项目名称 | 乙 | < | < |\n| 年度预算 | 6 | < | < |\n");
  EXPECT_NE(read({one, two}).find("▦\n| 填报单位：某局 | < |\n| 项目名称 | 乙 |"), std::string::npos);
}

TEST(PageJoin, AnotherTitleBetweenKeepsThemApart) {
  const PageMaker two = PageMaker(2).text(200, 30, "另一张表").table(columns, rows(40, 1), "| 效益 | 丙数量 | 7 | |\n");
  EXPECT_NE(read({first_page(), two}).find("¶ 另一张表\n▦\n"), std::string::npos);
}

TEST(PageJoin, ColumnsALittleMovedAreMatched) {
  const PageMaker second = PageMaker(2).table({56, 131, 205, 271, 406}, rows(40, 1), "| 效益 | 丙数量 | 7 | |\n");
  EXPECT_NE(read({first_page(), second}).find("| ^ | 乙数量 | 6 | 乙的说明 |\n| 效益 | 丙数量 | 7 |  |\n"), std::string::npos);
}

TEST(PageJoin, ColumnsSetAnewInAnotherWidthAreMatchedInTurn) {
  const PageMaker second = PageMaker(2).table({60, 200, 350, 420, 520}, rows(40, 1), "| 效益 | 丙数量 | 7 | |\n");
  EXPECT_NE(read({first_page(), second}).find("| ^ | 乙数量 | 6 | 乙的说明 |\n| 效益 | 丙数量 | 7 |  |\n"), std::string::npos);
}

TEST(PageJoin, ATableAsWideThatIsPartedElsewhereIsAnother) {
  const PageMaker two =
      PageMaker(2).table({50, 150, 232, 300, 400}, rows(40, 2), "| 地区 | 合计 | 一般 | 专项 |\n| 云溪县 | 12 | 9 | 3 |\n");
  EXPECT_NE(read({first_page(), two}).find("| ^ | 乙数量 | 6 | 乙的说明 |\n▦\n| 地区 | 合计 | 一般 | 专项 |\n"), std::string::npos);
}

TEST(PageJoin, ADivisionThatTheFirstPageDoesNotHaveBecomesColumnsOfItsOwn) {
  const PageMaker second = PageMaker(2).table({50, 120, 160, 200, 260, 400}, rows(40, 1), "| 效益 | 丙 | 丁 | 7 | |\n");
  EXPECT_EQ(read({first_page(), second}),
            "¶ 绩效目标表\n▦\n"
            "| 级 | 名称 | < | 值 | 说明 |\n"
            "| 产出 | 甲数量 | < | 5 | 甲的说明 |\n"
            "| ^ | 乙数量 | < | 6 | 乙的说明 |\n"
            "| 效益 | 丙 | 丁 | 7 |  |\n");
}

TEST(PageJoin, AMergedCellWhoseBoxIsOpenAtTheBreakGoesOn) {
  // The left cell is drawn without rules at the break, and its text stands on the first page only.
  PageMaker one(1);
  one.table({120, 200, 260}, rows(100, 2), "| 甲数量 | 5 |\n| 乙数量 | 6 |\n")
      .text(60, 140, "产出")
      .upright(50, 100, 160)
      .across(100, 50, 120);
  PageMaker two(2);
  two.table({120, 200, 260}, rows(40, 2), "| 丙数量 | 7 |\n| 丁数量 | 8 |\n").upright(50, 40, 100).across(100, 50, 120);
  EXPECT_EQ(read({one, two}), "▦\n| 产出 | 甲数量 | 5 |\n| ^ | 乙数量 | 6 |\n| ^ | 丙数量 | 7 |\n| ^ | 丁数量 | 8 |\n");
}

TEST(PageJoin, WhetherAMergedCellGoesOnItsLastPartTells) {
  // Open at the first break, closed at the second.
  PageMaker one(1);
  one.table({120, 200, 260}, rows(100, 2), "| 甲数量 | 5 |\n| 乙数量 | 6 |\n")
      .text(60, 140, "一期")
      .upright(50, 100, 160)
      .across(100, 50, 120);
  const PageMaker two = PageMaker(2).table({50, 120, 200, 260}, rows(40, 2), "| | 丙数量 | 7 |\n| ^ | 丁数量 | 8 |\n", {.top = false});
  const PageMaker three =
      PageMaker(3).table({50, 120, 200, 260}, rows(40, 2), "| 二期 | 戊数量 | 9 |\n| ^ | 己数量 | 4 |\n", {.top = false});
  EXPECT_EQ(read({one, two, three}),
            "▦\n| 一期 | 甲数量 | 5 |\n| ^ | 乙数量 | 6 |\n| ^ | 丙数量 | 7 |\n| ^ | 丁数量 | 8 |\n"
            "| 二期 | 戊数量 | 9 |\n| ^ | 己数量 | 4 |\n");
}

TEST(PageJoin, ALongTextInAMergedCellIsOneOverTheBreak) {
  const std::vector<float> narrow = {50, 86, 200, 260};
  const PageMaker one =
      PageMaker(1).table(narrow, rows(700, 2), "| 保障用/水，确/保灌区/灌溉水/利用系 | 甲数量 | 5 |\n| ^ | 乙数量 | 6 |\n");
  const PageMaker two = PageMaker(2).table(narrow, rows(40, 2), "| 数达到 | 丙数量 | 7 |\n| ^ | 丁数量 | 8 |\n");
  EXPECT_EQ(read({one, two}),
            "▦\n| 保障用/水，确/保灌区/灌溉水/利用系/数达到 | 甲数量 | 5 |\n| ^ | 乙数量 | 6 |\n| ^ | 丙数量 | 7 |\n| ^ | 丁数量 | 8 |\n");
  // One that ends above its cell's end is whole.
  const PageMaker whole = PageMaker(1).table(narrow, rows(700, 2), "| 保障用/水，确/保灌区 | 甲数量 | 5 |\n| ^ | 乙数量 | 6 |\n");
  EXPECT_NE(read({whole, two}).find("| 数达到 | 丙数量"), std::string::npos);
}

TEST(PageJoin, TwoLevelsAreTwoRowsHoweverFullTheirCells) {
  const std::vector<float> narrow = {50, 100, 200, 260};
  const PageMaker one = PageMaker(1).table(narrow, rows(700, 2), "| 二级指标 | 名称 | 值 |\n| 经济成本/指标 | 全年智慧城管预算 | 5 |\n");
  const PageMaker two = PageMaker(2).table(narrow, rows(40, 1), "| 社会成本/指标 | 数 | |\n");
  EXPECT_NE(read({one, two}).find("| 经济成本/指标 | 全年智慧城管预算 | 5 |\n| 社会成本/指标 | 数 |"), std::string::npos);
}

TEST(PageJoin, AComparatorWithItsNumberBehindTheBreakIsOneTarget) {
  const std::vector<float> narrow = {50, 120, 166, 260};
  const PageMaker one = PageMaker(1).table(narrow, rows(700, 2), "| 级 | 值 | 名称 |\n| 经济效益 | 小于 | 设施设备完好程 |\n");
  const PageMaker two = PageMaker(2).table(narrow, rows(40, 2), "| | 9,489(户) | 度17号 |\n| 社会效益 | 5 | 次数18号 |\n");
  EXPECT_NE(read({one, two}).find("| 经济效益 | 小于9,489(户) |"), std::string::npos);
}

TEST(PageJoin, ARowThatFillsItsPageIsPartOfTheTable) {
  // Open above and below: no line across stands on the second page.
  const std::vector<float> six = {50, 120, 200, 260, 330, 400};
  const PageMaker one = PageMaker(1).table(six, rows(640, 3),
                                           "| 级 | 名称 | 值 | 标准 | 说明 |\n| 产出 | 甲数量 | 5 | 按实际计 | 甲的说明 |\n"
                                           "| 产出 | 乙数量 | 6 | 按实际计 | 乙的说明 |\n");
  const PageMaker two =
      PageMaker(2).table(six, {40, 780}, "| 效益 | 丙数量 | 7 | 按实际计 | 丙的说/明 |\n", {.top = false, .bottom = false});
  const PageMaker three = PageMaker(3).table(six, rows(40, 1), "| 效益 | 丁数量 | 8 | 按实际计 | 丁的说明 |\n");
  EXPECT_NE(read({one, two, three}).find("| 效益 | 丙数量 | 7 | 按实际计 | 丙的说/明 |\n| 效益 | 丁数量 | 8 | 按实际计 | 丁的说明 |\n"),
            std::string::npos);
}

TEST(PageJoin, AMergedCellMayHaveItsTextOnTheNextPage) {
  const PageMaker one =
      PageMaker(1).table(columns, rows(100, 4), "| 级 | 名称 | 值 | 说明 |\n| 成本 | 甲 | 5 | |\n| ^ | 乙 | 5 | |\n| | 丙 | 5 | |\n");
  const PageMaker two = PageMaker(2).table(columns, rows(40, 2), "| 产出 | 丁 | 6 | |\n| ^ | 戊 | 7 | |\n");
  EXPECT_NE(read({one, two}).find("| 产出 | 丙 | 5 |  |\n| ^ | 丁 | 6 |  |\n| ^ | 戊 | 7 |  |\n"), std::string::npos);
}

TEST(PageJoin, APartOfARowWithoutALineOfTextIsNoRow) {
  const PageMaker one = PageMaker(1).table(columns, rows(100, 3), "| 级 | 名称 | 值 | 说明 |\n| 产出 | 甲 | 5 | |\n| ^ | | | |\n");
  const PageMaker two = PageMaker(2).table(columns, rows(40, 2), "| | 丁 | 6 | |\n| ^ | 戊 | 7 | |\n");
  EXPECT_EQ(read({one, two}), "▦\n| 级 | 名称 | 值 | 说明 |\n| 产出 | 甲 | 5 |  |\n| ^ | 丁 | 6 |  |\n| ^ | 戊 | 7 |  |\n");
  const PageMaker three = PageMaker(2).table(columns, rows(40, 2), "| | | | |\n| ^ | 戊 | 7 | |\n");
  EXPECT_EQ(read({one, three}), "▦\n| 级 | 名称 | 值 | 说明 |\n| 产出 | 甲 | 5 |  |\n| ^ | 戊 | 7 |  |\n");
}

TEST(PageJoin, ALevelNameCutInTwoIsOne) {
  const PageMaker one = PageMaker(1).table(columns, rows(100, 2), "| 级 | 名称 | 值 | 说明 |\n| 生态环境 | 甲 | 5 | |\n");
  // Its row is cut with it.
  const PageMaker two = PageMaker(2).table(columns, rows(40, 2), "| 成本指标 | | | |\n| 数量指标 | 戊 | 7 | |\n");
  EXPECT_EQ(read({one, two}), "▦\n| 级 | 名称 | 值 | 说明 |\n| 生态环境/成本指标 | 甲 | 5 |  |\n| 数量指标 | 戊 | 7 |  |\n");
  // It is merged over rows that are whole.
  const PageMaker three = PageMaker(2).table(columns, rows(40, 2), "| 成本指标 | 乙 | 6 | |\n| 数量指标 | 戊 | 7 | |\n");
  EXPECT_EQ(read({one, three}),
            "▦\n| 级 | 名称 | 值 | 说明 |\n| 生态环境/成本指标 | 甲 | 5 |  |\n| ^ | 乙 | 6 |  |\n| 数量指标 | 戊 | 7 |  |\n");
}

TEST(PageJoin, ANameInTheMiddleOfItsCellIsNotCut) {
  const PageMaker one = PageMaker(1).table(columns, rows(100, 3), "| 级 | 名称 | 值 | 说明 |\n| 履职 | 甲 | 5 | |\n| ^ | 乙 | 6 | |\n");
  const PageMaker two = PageMaker(2).table(columns, rows(40, 2), "| 效益 | 丙 | 7 | |\n| ^ | 丁 | 8 | |\n");
  EXPECT_EQ(read({one, two}),
            "▦\n| 级 | 名称 | 值 | 说明 |\n| 履职 | 甲 | 5 |  |\n| ^ | 乙 | 6 |  |\n| 效益 | 丙 | 7 |  |\n| ^ | 丁 | 8 |  |\n");
}

TEST(PageJoin, AnAmountBelowALabelIsNoRestOfIt) {
  const std::vector<float> narrow = {50, 100, 170, 240, 310};
  const PageMaker one = PageMaker(1).table(narrow, rows(100, 1), "| 预算 | 一般公共预算 | 政府性基金 | 基本支出 |\n");
  const PageMaker two = PageMaker(2).table(narrow, rows(40, 1), "| | 7522.84 | | 4030.31 |\n");
  EXPECT_EQ(read({one, two}), "▦\n| 预算 | 一般公共预算 | 政府性基金 | 基本支出 |\n|  | 7522.84 |  | 4030.31 |\n");
}

TEST(PageJoin, AHeaderCutInItsWordsIsOneRow) {
  const PageMaker first = PageMaker(1).table(columns, rows(100, 2), "| 目标 | 做好 | 甲 | 乙 |\n| 一级 | 三级 | 指标值 | 计量 |\n");
  const PageMaker second = PageMaker(2).table(columns, rows(40, 2), "| 指标 | 指标 | | 单位 |\n| 产出 | 甲数量 | 5 | 个 |\n");
  EXPECT_EQ(read({first, second}),
            "▦\n"
            "| 目标 | 做好 | 甲 | 乙 |\n"
            "| 一级/指标 | 三级/指标 | 指标值 | 计量/单位 |\n"
            "| 产出 | 甲数量 | 5 | 个 |\n");
}

TEST(PageCells, APercentSignTakesItsLastDigitToTheNextLine) {
  const std::vector<float> narrow = {50, 86, 122, 200};
  EXPECT_EQ(read({PageMaker(1).table(narrow, rows(100, 2), "| 率 | 数 | 说明 |\n| 65.2/5% | 12/5% | 不低于98/% |\n")}),
            "▦\n| 率 | 数 | 说明 |\n| 65.25% | 12/5% | 不低于98/% |\n");
}

TEST(PageCells, WhatMayNotBePartedTellsNothingOfTheRoomInACell) {
  // （万 runs out of the room in its cell.
  const std::vector<float> narrow = {50, 79, 123, 200};
  EXPECT_EQ(read({PageMaker(1).table(narrow, {100, 150, 180}, "| 资/金/（万/元） | 年度资/金总额 | 说明 |\n| 甲 | 38250/0人 | |\n")}),
            "▦\n| 资/金/（万/元） | 年度资/金总额 | 说明 |\n| 甲 | 382500人 |  |\n");
}

TEST(PageFurniture, AYearOverATitleIsNoRunningHead) {
  const auto form = [](int number, const char* name) {
    return PageMaker(number)
        .text(200, 30, "某县水务局")
        .text(200, 45, "2026年部门预算")
        .text(200, 60, "项目支出绩效目标表")
        .table(columns, rows(80, 2), std::string("| 项目名称 | ") + name + " | < | < |\n| 级 | 名称 | 值 | 说明 |\n");
  };
  const std::string found = read({form(1, "甲"), form(2, "乙")});
  const std::size_t first = found.find("¶ 2026年部门预算\n¶ 项目支出绩效目标表\n");
  EXPECT_NE(first, std::string::npos);
  EXPECT_NE(found.find("¶ 2026年部门预算\n¶ 项目支出绩效目标表\n", first + 1), std::string::npos);
  EXPECT_EQ(found.find("某县水务局"), std::string::npos);
  // Over the rest of a table it is one, though a title stands further below.
  const PageMaker rest = PageMaker(2)
                             .text(200, 30, "某县水务局")
                             .text(200, 45, "2026年部门预算")
                             .table(columns, rows(60, 1), "| 产出 | 甲数量 | 5 | |\n")
                             .text(200, 200, "部门整体支出绩效目标表");
  EXPECT_NE(read({form(1, "甲"), rest, form(3, "乙")}).find("| 级 | 名称 | 值 | 说明 |\n| 产出 | 甲数量 | 5 |  |\n"), std::string::npos);
}

TEST(PageFurniture, ATitleTooLongForItsLineIsOne) {
  const auto under = [](const char* first, float left, const char* second, float second_left) {
    return read({PageMaker().text(left, 60, first, 16).text(second_left, 80, second, 16).table(columns, rows(100, 1), "| 甲 | 1 | | |\n")});
  };
  EXPECT_EQ(under("某县水旱灾害防御中心二〇二四年度防汛物资储备项目", 98, "支出绩效自评表", 234),
            "¶ 某县水旱灾害防御中心二〇二四年度防汛物资储备项目支出绩效自评表\n▦\n| 甲 | 1 |  |  |\n");
  // A line with room left was not wrapped, and one that ends as a title does stands for itself.
  EXPECT_EQ(under("某县水旱灾害防御中心", 210, "项目支出绩效自评表", 218),
            "¶ 某县水旱灾害防御中心\n¶ 项目支出绩效自评表\n▦\n| 甲 | 1 |  |  |\n");
  EXPECT_EQ(under("某县水旱灾害防御中心及所属单位二〇二四年部门预算", 98, "项目支出绩效目标表", 218),
            "¶ 某县水旱灾害防御中心及所属单位二〇二四年部门预算\n¶ 项目支出绩效目标表\n▦\n| 甲 | 1 |  |  |\n");
}

TEST(PageJoin, ANumberCutByItsCellAndTheBreakIsOne) {
  const std::vector<float> narrow = {50, 102, 134, 200};
  const PageMaker one = PageMaker(1).table(narrow, rows(100, 2), "| 名称 | 值 | 说明 |\n| 服务信访 | 454 | 人 |\n");
  const PageMaker two = PageMaker(2).table(narrow, rows(40, 2), "| 对象 | 4 | |\n| 乙 | 5 | |\n");
  EXPECT_EQ(read({one, two}), "▦\n| 名称 | 值 | 说明 |\n| 服务信访/对象 | 4544 | 人 |\n| 乙 | 5 |  |\n");
}

TEST(PageJoin, TwoLinesUnderOneCutCellAreBothItsRest) {
  const std::vector<float> low = {100, 115, 130};
  const PageMaker page = PageMaker(1)
                             .table(columns, low, "| 对象 | 名称 | 值 | 说明 |\n| 服务信访工作 | 甲数量 | 5 | 无 |\n")
                             .text(52, 135, "人", 4)
                             .text(52, 142, "员", 4);
  EXPECT_EQ(read({page}), "▦\n| 对象 | 名称 | 值 | 说明 |\n| 服务信访工作/人/员 | 甲数量 | 5 | 无 |\n");
}

TEST(PageJoin, ATextThatLeavesOneTableForAnotherIsWhole) {
  PageMaker page(1);
  page.table({20, 60, 100}, rows(100, 2), "| 甲 | |\n| 乙 | 5 |\n").table({160, 200, 240}, rows(100, 2), "| | 丙 |\n| 丁 | 6 |\n");
  float x = 70;
  for (const char* const character : {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千"}) {
    page.text(x, 112, character);
    x += 10;
  }
  EXPECT_EQ(read({page}), "▦\n| 甲 | 一二三四五六七八九十百千 |\n| 乙 | 5 |\n▦\n|  | 丙 |\n| 丁 | 6 |\n");
}

}  // namespace
}  // namespace jiheng::reading
