#include <gtest/gtest.h>

#include <string>

#include "layout_picture.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

std::string read(std::string_view html) {
  return picture(read_layout(html, Format::html));
}

TEST(HtmlFormat, ParagraphsHeadingsAndTables) {
  EXPECT_EQ(read("<html><head><title>窗口标题</title><style>td{}</style></head><body><h1>绩效目标表</h1><p>单位：万元</p>"
                 "<table><tr><td>甲</td><td>乙</td></tr></table>尾</body></html>"),
            "¶ 绩效目标表\n¶ 单位：万元\n▦\n| 甲 | 乙 |\n¶ 尾\n");
}

TEST(HtmlFormat, WhatFloatsToASideStandsApart) {
  EXPECT_EQ(read("<p>填报单位：水利局<span style=\"color:red; float:right\">单位：万元</span></p>"), "¶ 填报单位：水利局    单位：万元\n");
  EXPECT_EQ(read("<p><span style=\"float:left\">填报单位：水利局</span><b>单位</b></p>"), "¶ 填报单位：水利局单位\n");
}
TEST(HtmlFormat, EndTagsMayBeMissing) {
  EXPECT_EQ(read("<p>题<p>副题<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table><p>尾"), "¶ 题\n¶ 副题\n▦\n| 甲 | 乙 |\n| 丙 | 丁 |\n¶ 尾\n");
  EXPECT_EQ(read("<table><tr><td>甲<td>乙"), "▦\n| 甲 | 乙 |\n");
}

TEST(HtmlFormat, ATableThatWasNeverClosedEndsWhereTheNextBegins) {
  EXPECT_EQ(read("<table><tr><td>甲</td><td>乙</td></tr><table><tr><td>丙</td><td>丁</td></tr></table>"),
            "▦\n| 甲 | 乙 |\n▦\n| 丙 | 丁 |\n");
}

TEST(HtmlFormat, RowsWithoutATableAreOne) {
  EXPECT_EQ(read("<tr><td>甲</td><td>乙</td></tr>"), "▦\n| 甲 | 乙 |\n");
}

TEST(HtmlFormat, SpansToTheRightAndDown) {
  EXPECT_EQ(read("<table><tr><td colspan=3>标题</td></tr><tr><td "
                 "rowspan='2'>成本</td><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"),
            "▦\n| 标题 | < | < |\n| 成本 | 甲 | 1 |\n| ^ | 乙 | 2 |\n");
}

TEST(HtmlFormat, RowspanZeroReachesToTheEndOfTheGroup) {
  EXPECT_EQ(read("<table><tbody><tr><td "
                 "rowspan=0>成本</td><td>甲</td></tr><tr><td>乙</td></tr></tbody><tbody><tr><td>产出</td><td>丙</td></tr></tbody></table>"),
            "▦\n| 成本 | 甲 |\n| ^ | 乙 |\n| 产出 | 丙 |\n");
}

TEST(HtmlFormat, AbsurdSpansAreCutToTheTable) {
  EXPECT_EQ(read("<table><tr><td colspan=99999999999>标题</td></tr><tr><td rowspan=70000>成本</td><td "
                 "colspan=0>甲</td></tr><tr><td>乙</td></tr></table>"),
            "▦\n| 标题 | < |\n| 成本 | 甲 |\n| ^ | 乙 |\n");
}

TEST(HtmlFormat, BreaksParagraphsAndDivisionsBreakTheLineInACell) {
  EXPECT_EQ(read("<table><tr><td>一级<br>指标</td><td><p>二级</p>\n<p>指标</p></td><td><div>三级</div>指标<br/></td></tr></table>"),
            "▦\n| 一级/指标 | 二级/指标 | 三级/指标 |\n");
}

TEST(HtmlFormat, WhiteSpaceIsSetAsABrowserSetsIt) {
  EXPECT_EQ(read("<table><tr><td>\n   GDP \n\t 增速 <b> 5</b>\n</td><td>乙</td></tr></table>"), "▦\n| GDP 增速 5 | 乙 |\n");
}

TEST(HtmlFormat, EntitiesByNameAndNumberAreResolvedAndWhatIsNoneStays) {
  EXPECT_EQ(read("<p>&ge;95&permil; &le;3 &lt;5 A&amp;B&nbsp;C &#8805;&#x5E74; &#150; &unknown; &copy=1 5&6</p>"),
            "¶ ≥95‰ ≤3 <5 A&B\u00A0C ≥年 – &unknown; &copy=1 5&6\n");
}

TEST(HtmlFormat, ABareLessThanSignIsText) {
  EXPECT_EQ(read("<table><tr><td><5</td><td>a < b</td></tr></table>"), "▦\n| <5 | a < b |\n");
}

TEST(HtmlFormat, ScriptsStylesAndCommentsAreNotText) {
  EXPECT_EQ(read("<script>var a='<table><tr><td>x</td></tr></table>';</script><!-- 注释 --><!--[if gte mso 9]><p>旧</p><![endif]--><p>"
                 "<![if !supportLists]>1.<![endif]>新</p><noscript>请打开脚本</noscript>"),
            "¶ 1.新\n");
}

TEST(HtmlFormat, WhatIsHiddenIsNotRead) {
  EXPECT_EQ(read("<div style='display: NONE'>一<div>二</div>三</div><p style=\"mso-hide:all\">四<p>五<span hidden>六</span>七</p>"
                 "<table><tr style='display:none'><td>八</td><td>八</td></tr><tr><td>九</td><td "
                 "style='display:none'>十<td>十一</td></tr></table>"),
            "¶ 五七\n▦\n| 九 | 十一 |\n");
}

TEST(HtmlFormat, MarkupOfWordIsLookedThrough) {
  EXPECT_EQ(read("<table class=MsoNormalTable><tr><td><p class=MsoNormal><span lang=EN-US "
                 "style='font-family:\"宋体\"'>95<o:p></o:p></span></p></td><td><o:p>&nbsp;</o:p></td></tr></table>"),
            "▦\n| 95 | \u00A0 |\n");
}

TEST(HtmlFormat, ControlCharactersAreNoPartOfAValue) {
  const Document document = read_document(
      "<p>2026年部门整体支出绩效目标表</p><table><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>"
      "<tr><td>产出指标</td><td>数量指标</td><td>巡查\x01次数</td><td>≥95次\x01</td></tr></table>",
      "form.html");
  ASSERT_EQ(document.tables.size(), 1U);
  ASSERT_EQ(document.tables[0].indicators.size(), 1U);
  const Indicator& indicator = document.tables[0].indicators[0];
  EXPECT_EQ(indicator.level3, "巡查次数");
  EXPECT_EQ(indicator.value, "95");
  EXPECT_EQ(indicator.unit, "次");
}

TEST(HtmlFormat, FieldsOfAFormShowTheirValues) {
  EXPECT_EQ(read("<table><tr><td>目标<input type=text value='95'></td><td><input type=checkbox checked>是<input type=checkbox>否</td>"
                 "<td><select><option>甲<option selected>乙<option>丙</select></td><td><textarea>丁</textarea></td></tr></table>"),
            "▦\n| 目标95 | ☑是☐否 | 乙 | 丁 |\n");
}

TEST(HtmlFormat, ALayoutTableFlowsOnAndItsTablesAreGrids) {
  EXPECT_EQ(read("<table "
                 "width='100%'><tr><td><p>绩效目标表</p><table><tr><td>甲</td><td>乙</td></tr></table><p>中</p><table><tr><td>丙</"
                 "td><td>丁</td></tr></table></td></tr></table>"),
            "¶ 绩效目标表\n▦\n| 甲 | 乙 |\n¶ 中\n▦\n| 丙 | 丁 |\n");
  EXPECT_EQ(read("<table><tr><td>栏目一</td><td>题<table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>"),
            "¶ 栏目一\n¶ 题\n▦\n| 甲 | 乙 |\n");
}

TEST(HtmlFormat, ATableOfOneCellInsideACellIsTheCellsText) {
  EXPECT_EQ(read("<table><tr><td>项目名称</td><td><table><tr><td>清淤</td></tr></table></td></tr></table>"), "▦\n| 项目名称 | 清淤 |\n");
}

TEST(HtmlFormat, ATableInADataCellComesBehindItsHost) {
  EXPECT_EQ(read("<table><tr><td>项目名称</td><td>清淤</td></tr><tr><td>年度</td><td>2026</td></tr><tr><td>明细</"
                 "td><td>见下<table><tr><td>1</td><td>2</td></tr></table></td></tr></table>"),
            "▦\n| 项目名称 | 清淤 |\n| 年度 | 2026 |\n| 明细 | 见下 |\n▦\n| 1 | 2 |\n");
}

TEST(HtmlFormat, CharsetsByMarkByTagByValidityAndByDefault) {
  const std::string gb = "\xD6\xB8\xB1\xEA";  // 指标
  EXPECT_EQ(read("<meta charset=gb2312><p>" + gb + "</p>"), "¶ 指标\n");
  EXPECT_EQ(read("<p>" + gb + "</p>"), "¶ 指标\n");
  EXPECT_EQ(read("<meta charset=\"utf-8\"><p>" + gb + "</p>"), "¶ 指标\n");
  EXPECT_EQ(read("<meta charset=gbk><p>指标</p>"), "¶ 指标\n");
  EXPECT_EQ(read("<p>指标</p>"), "¶ 指标\n");
  EXPECT_EQ(read("<meta http-equiv='Content-Type' content='text/html; charset=big5'><p>\xAB\xFC\xBC\xD0</p>"), "¶ 指標\n");
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("<html><p>A</p>")) wide += std::string(1, c) + '\0';
  EXPECT_EQ(detect_format(wide), Format::html);
  EXPECT_EQ(read(wide), "¶ A\n");
}

TEST(HtmlFormat, DamagedCharactersLeaveANote) {
  const auto layout = read_layout("<meta charset=gb2312><p>\xD6\xB8\xB1\xEA\xFF</p>", Format::html);
  EXPECT_EQ(picture(layout), "¶ 指标�\n");
  ASSERT_EQ(layout->notes.size(), 1U);
  EXPECT_EQ(layout->notes[0].code, "encoding-damaged");
}

}  // namespace
}  // namespace jiheng::reading
