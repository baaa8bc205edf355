// Tables with few rules or none.
#include <gtest/gtest.h>

#include <vector>

#include "layout_picture.h"
#include "page_maker.h"
#include "reading/page_grid.h"

namespace jiheng::reading {
namespace {

std::string read(const PageMaker& page) {
  Layout layout;
  const std::vector<Page> pages = {page.page()};
  const auto error = add_pages(pages, Limits{}, layout);
  return error ? "code: " + error->code : picture(layout);
}

/// Texts beside one another at these places.
void row(PageMaker& page, float baseline, std::initializer_list<std::pair<float, std::string_view>> texts) {
  for (const auto& [x, text] : texts) page.text(x, baseline, text);
}

TEST(PageColumns, WordsBelowOneAnotherAreATableWithoutRules) {
  PageMaker page;
  page.text(200, 60, "绩效目标表");
  row(page, 100, {{50, "一级指标"}, {150, "名称"}, {300, "指标值"}});
  row(page, 130, {{50, "产出指标"}, {150, "甲的数量"}, {310, "5"}});
  row(page, 160, {{150, "乙的数量"}, {305, "60"}});
  row(page, 190, {{50, "效益指标"}, {150, "丙的数量"}, {300, "700"}});
  EXPECT_EQ(
      read(page),
      "¶ 绩效目标表\n▦\n| 一级指标 | 名称 | 指标值 |\n| 产出指标 | 甲的数量 | 5 |\n| · | 乙的数量 | 60 |\n| 效益指标 | 丙的数量 | 700 |\n");
}

TEST(PageColumns, LinesOfOneCellStandCloserThanRows) {
  PageMaker page;
  row(page, 100, {{50, "一级指标"}, {150, "名称"}, {300, "指标值"}});
  row(page, 130, {{50, "产出指标"}, {150, "甲的数量很长"}, {310, "5"}});
  row(page, 142, {{150, "的名称"}});
  row(page, 172, {{50, "效益指标"}, {150, "丙的数量"}, {300, "700"}});
  EXPECT_EQ(read(page), "▦\n| 一级指标 | 名称 | 指标值 |\n| 产出指标 | 甲的数量很长/的名称 | 5 |\n| 效益指标 | 丙的数量 | 700 |\n");
}

TEST(PageColumns, RulesAcrossAloneTellTheRows) {
  PageMaker page;
  for (const float y : {85.0F, 115.0F, 175.0F, 205.0F, 235.0F}) page.across(y, 40, 400);
  row(page, 105, {{50, "一级指标"}, {150, "名称"}, {300, "指标值"}});
  row(page, 140, {{150, "甲的数量很长"}});
  row(page, 147, {{50, "产出指标"}, {310, "5"}});
  row(page, 154, {{150, "的名称"}});
  row(page, 195, {{50, "效益指标"}, {150, "丙的数量"}, {300, "700"}});
  row(page, 225, {{50, "说明：这一行从头到尾是一句话，越过了所有的列"}});
  EXPECT_EQ(read(page),
            "▦\n| 一级指标 | 名称 | 指标值 |\n| 产出指标 | 甲的数量很长/的名称 | 5 |\n| 效益指标 | 丙的数量 | 700 |\n"
            "| 说明：这一行从头到尾是一句话，越过了所有的列 | < | < |\n");
}

TEST(PageColumns, WhereRulesAcrossAreDrawnInPiecesTheColumnsMeet) {
  // As browsers print cells that have borders above and below only. The texts of two columns touch one another.
  PageMaker page;
  const std::vector<float> edges = {50, 120, 200, 260, 400};
  for (const float y : {100.0F, 130.0F, 160.0F, 190.0F, 220.0F}) {
    for (std::size_t i = y == 190.0F ? 1 : 0; i + 1 < edges.size(); ++i) page.across(y, edges[i], edges[i + 1]);
  }
  page.text(53, 115, "项目名称").text(133, 115, "河道巡查灌区计量水质监测专项");
  page.text(53, 145, "一级指标").text(123, 145, "三级指标").text(203, 145, "单位").text(263, 145, "说明");
  page.text(53, 190, "产出指标").text(123, 175, "巡查次数一二三四").text(203, 175, "次").text(263, 175, "按月计");
  page.text(123, 205, "养护长度").text(203, 205, "公里以上五六").text(263, 205, "按年计");
  EXPECT_EQ(read(page),
            "▦\n| 项目名称 | 河道巡查灌区计量水质监测专项 | < | < |\n| 一级指标 | 三级指标 | 单位 | 说明 |\n"
            "| 产出指标 | 巡查次数一二三四 | 次 | 按月计 |\n| ^ | 养护长度 | 公里以上五六 | 按年计 |\n");
}

TEST(PageColumns, PiecesOfTheRowBelowTellItsColumnsToo) {
  // The rest of a table on its last page: the sum's wide cells are drawn over the last row's.
  PageMaker page;
  const std::vector<float> edges = {50, 120, 200, 260, 400};
  for (const float y : {40.0F, 70.0F}) {
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) page.across(y, edges[i], edges[i + 1]);
  }
  page.across(70, 50, 260).across(70, 260, 400).across(100, 50, 260).across(100, 260, 400);
  page.text(53, 60, "产出指标").text(123, 60, "巡查次数一二三四").text(203, 60, "次").text(263, 60, "按月计");
  page.text(53, 90, "总分").text(263, 90, "93.5");
  EXPECT_NE(read(page).find("| 产出指标 | 巡查次数一二三四 | 次 | 按月计 |\n"), std::string::npos);
}

TEST(PageColumns, TheHeadHasColumnsOfItsOwn) {
  // Money rows above divide the line otherwise than the indicators do; the rule between two cells side by side has a joint.
  PageMaker page;
  const auto rule = [&](float y, std::initializer_list<float> edges) {
    for (const float* edge = edges.begin(); edge + 1 != edges.end(); ++edge) page.across(y, *edge, edge[1]);
  };
  rule(100, {50, 120, 400});
  rule(130, {50, 120, 200, 260, 330, 400});
  rule(160, {50, 120, 200, 260, 330, 400});
  rule(190, {50, 120, 160, 260, 400});
  rule(220, {50, 120, 160, 260, 400});
  rule(250, {120, 160, 260, 400});
  rule(280, {50, 120, 160, 260, 400});
  page.text(53, 115, "项目名称").text(133, 115, "河道巡查");
  page.text(53, 145, "资金").text(123, 145, "年初预算数").text(203, 145, "执行数").text(340, 145, "得分");
  page.text(53, 175, "总额").text(123, 175, "86").text(340, 175, "9.5");
  page.text(53, 205, "一级指标").text(122, 205, "二级").text(163, 205, "三级指标").text(263, 205, "指标值");
  page.text(53, 250, "产出指标").text(122, 235, "数量").text(163, 235, "巡查次数").text(263, 235, "十次");
  page.text(122, 265, "质量").text(163, 265, "合格情况").text(263, 265, "合格");
  page.upright(500, 100, 120);  // elsewhere on the page: else its texts alone tell the columns
  EXPECT_EQ(read(page),
            "▦\n| 项目名称 | 河道巡查 | < | < | < | < |\n| 资金 | 年初预算数 | < | 执行数 |  | 得分 |\n| 总额 | 86 | < |  |  | 9.5 |\n"
            "| 一级指标 | 二级 | 三级指标 | < | 指标值 | < |\n| 产出指标 | 数量 | 巡查次数 | < | 十次 | < |\n"
            "| ^ | 质量 | 合格情况 | < | 合格 | < |\n");
}

TEST(PageColumns, TheFirstRowOfAHeadMayHaveNoRuleAbove) {
  PageMaker page;
  for (const float y : {115.0F, 145.0F, 175.0F, 205.0F, 235.0F}) page.across(y, 40, 400);
  page.text(180, 70, "自评表");
  row(page, 105, {{50, "项目名称"}, {150, "河道巡查"}});
  row(page, 135, {{50, "一级指标"}, {150, "三级指标"}, {300, "指标值"}});
  row(page, 165, {{50, "产出指标"}, {150, "甲的数量"}, {310, "5"}});
  row(page, 195, {{50, "效益指标"}, {150, "丙的数量"}, {300, "700"}});
  row(page, 225, {{50, "满意度指标"}, {150, "丁的数量"}, {300, "800"}});
  EXPECT_NE(read(page).find("▦\n| 项目名称 | 河道巡查 |"), std::string::npos);
}

TEST(PageColumns, TextIsNoTable) {
  PageMaker page;
  page.text(50, 100, "填报单位：某局").text(300, 100, "单位：万元");
  for (int i = 0; i < 10; ++i) page.text(50, 130 + static_cast<float>(i) * 15, "这是一段没有列的文字，一行接着一行。");
  EXPECT_EQ(read(page).find("▦"), std::string::npos);
}

TEST(PageColumns, WhereNobodyCanTellTheRowsThereIsNoTable) {
  PageMaker page;
  for (int i = 0; i < 6; ++i) {
    const float y = 100 + static_cast<float>(i) * 24;
    row(page, y, {{150, "甲的数量"}, {250, "上"}, {350, "说明"}});
    row(page, y + 6, {{50, "产出指标"}, {300, "5"}, {400, "次"}});
    row(page, y + 12, {{150, "的名称"}, {250, "下"}, {350, "完"}});
  }
  EXPECT_EQ(read(page).find("▦"), std::string::npos);
}

}  // namespace
}  // namespace jiheng::reading
