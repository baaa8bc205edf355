#include <gtest/gtest.h>

#include <algorithm>

#include "page_maker.h"
#include "reading/labels.h"
#include "reading/page_grid.h"
#include "reading/reader.h"
#include "reading/recognise.h"

namespace jiheng::reading {
namespace {

Document read(std::string_view text, std::string name = "form.txt") {
  return read_document(text, std::move(name));
}

/// What is read of a page as it is printed.
struct PrintedPage {
  explicit PrintedPage(const PageMaker& page) {
    EXPECT_FALSE(add_pages(std::vector<Page>{page.page()}, Limits{}, layout));
    recognise(layout, document, texts);
  }
  Layout layout;
  TextPool texts;
  views::Document document;
};

bool has_note(const Document& document, std::string_view code) {
  return std::any_of(document.notes.begin(), document.notes.end(), [&](const Note& note) { return note.code == code; });
}

const char* project_form =
    "2026年项目支出绩效目标表\n"
    "填报单位（盖章）：某县水利局    金额单位：万元\n"
    "项目名称\t河道清淤专项\n"
    "项目类别\t特定目标类\t年度本级预算金额\t350\n"
    "项目支出实施期\t2026年\n"
    "本年度绩效目标\t清淤三条河道。\n"
    "一级指标\t二级指标\t三级指标\t指标值类型\t指标值\t度量单位\t指标值说明\t备注\n"
    "产出指标\t数量指标\t清淤河道长度\t≥\t12.50\t公里\t按竣工图计算\t\n"
    "\t质量指标\t验收合格率\t=\t100\t%\t\t\n"
    "满意度指标\t服务对象满意度\t沿岸居民满意度\t≥\t95\t百分比\t\t抽样不少于100户\n";

TEST(Recognise, ReadsAProjectFormWithItsHead) {
  const Document document = read(project_form);
  ASSERT_EQ(document.tables.size(), 1U);
  const GoalTable& table = document.tables[0];
  EXPECT_EQ(table.kind, TableKind::project);
  EXPECT_EQ(table.title, "2026年项目支出绩效目标表");
  EXPECT_EQ(table.year, 2026);
  EXPECT_EQ(table.unit_name, "某县水利局");
  EXPECT_EQ(table.money_unit, "万元");
  EXPECT_EQ(table.project_name, "河道清淤专项");
  EXPECT_EQ(table.project_category, "特定目标类");
  EXPECT_EQ(table.amount, "350");
  EXPECT_EQ(table.period, "2026年");
  EXPECT_EQ(table.annual_goal, "清淤三条河道。");
  ASSERT_EQ(table.indicators.size(), 3U);
  EXPECT_EQ(table.indicators[0].value, "12.50");
  EXPECT_EQ(table.indicators[1].level1, "产出指标");
  EXPECT_EQ(table.indicators[2].unit, "%");
  EXPECT_EQ(table.indicators[2].level2, "服务对象满意度指标");
  EXPECT_EQ(table.indicators[2].note, "抽样不少于100户");
  EXPECT_TRUE(has_note(document, "level-filled-down"));
}

TEST(Recognise, ANameTooLongForItsCellGoesOnInTheNextLine) {
  PageMaker page;
  page.table({50, 200, 300}, {100, 130, 160, 190},
             "| 部门整体支出绩效目标表 | < |\n| 填报单位（盖章）：青禾县疾病/预防控制中心 | 单位：万元 |\n| 年度目标 | 保障用水 |\n");
  const PrintedPage read(page);
  ASSERT_EQ(read.document.tables.size(), 1U);
  EXPECT_EQ(read.document.tables[0].unit_name, "青禾县疾病预防控制中心");
}

TEST(Recognise, ALineOfAPageThatIsFullGoesOnInTheNext) {
  PageMaker page;
  page.table({50, 110, 200, 300}, {100, 130, 160, 230},
             "| 2026年项目支出绩效目标表 | < | < |\n| 项目名称 | 产出指标 | 效益指标 |\n"
             "| 应急物资 | 采购物资≥32种/采购防汛用帐/篷≥200顶 | 受益人口≥3.2/万人 |\n");
  const PrintedPage read(page);
  ASSERT_EQ(read.document.tables.size(), 1U);
  const auto& indicators = read.document.tables[0].indicators;
  ASSERT_EQ(indicators.size(), 3U);
  EXPECT_EQ(indicators[0].level3, "采购物资");
  EXPECT_EQ(indicators[1].level3, "采购防汛用帐篷");
  EXPECT_EQ(indicators[1].value, "200");
  EXPECT_EQ(indicators[2].unit, "万人");
}

TEST(Recognise, WhatIsLeftOfTheMoneyUnitIsNoPartOfAName) {
  const Document document =
      read("2026年项目支出绩效目标表\n填报单位：青禾县司法局    额单位：万元\n项目名称\t普法\n年度目标\t开展普法。\n");
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.tables[0].unit_name, "青禾县司法局");
  EXPECT_EQ(document.tables[0].money_unit, std::nullopt);
}

TEST(Recognise, KnowsThePlaceOfEveryValue) {
  const Source source = read(project_form).tables[0].indicators[0].source;
  EXPECT_EQ(source.column, 5);
  EXPECT_EQ(source.text, "12.50");
}

TEST(Recognise, TakesColumnsInAnyOrderAndTheComparatorWhereverItStands) {
  const Document document = read(
      "项目支出绩效目标申报表\n"
      "项目名称\t甲\n"
      "备注\t三级指标\t目标值\t二级指标\t一级指标\t计量单位\n"
      "无误\t培训人次\t≥200\t数量指标\t产出指标\t人次\n"
      "\t到课率\t不低于95%\t质量指标\t产出指标\t\n"
      "\t开班时间\t2026年3月底前\t时效指标\t产出指标\t\n"
      "\t人均成本\t95%以下\t经济成本指标\t成本指标\t\n");
  ASSERT_EQ(document.tables.size(), 1U);
  const auto& rows = document.tables[0].indicators;
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].comparator, Comparator::at_least);
  EXPECT_EQ(rows[0].value, "200");
  EXPECT_EQ(rows[0].unit, "人次");
  EXPECT_EQ(rows[0].note, "无误");
  EXPECT_EQ(rows[1].comparator, Comparator::at_least);
  EXPECT_EQ(rows[1].value, "95");
  EXPECT_EQ(rows[1].unit, "%");
  EXPECT_EQ(rows[2].comparator, Comparator::qualitative);
  EXPECT_EQ(rows[2].value, "2026年3月底前");
  EXPECT_EQ(rows[3].comparator, Comparator::at_most);
}

TEST(Recognise, FormsWithTwoLevelsLeaveTheSecondEmpty) {
  const Document document = read(
      "项目支出绩效目标表\n"
      "项目名称\t甲\n"
      "一级指标\t指标名称\t指标值\t单位\n"
      "产出指标\t路面修补面积\t≥300\t平方米\n");
  ASSERT_EQ(document.tables.size(), 1U);
  ASSERT_EQ(document.tables[0].indicators.size(), 1U);
  EXPECT_EQ(document.tables[0].indicators[0].level2, std::nullopt);
  EXPECT_EQ(document.tables[0].indicators[0].level3, "路面修补面积");
}

TEST(Recognise, SkipsARepeatedHeaderWithANote) {
  std::string form = project_form;
  form +=
      "一级指标\t二级指标\t三级指标\t指标值类型\t指标值\t度量单位\t指标值说明\t备注\n成本指标\t经济成本指标\t清淤成本\t≤\t350\t万元\t\t\n";
  const Document document = read(form);
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.tables[0].indicators.size(), 4U);
  EXPECT_TRUE(has_note(document, "header-repeated"));
}

TEST(Recognise, JoinsWhatAnEmptyLineCutApart) {
  std::string form = project_form;
  form += "\n成本指标\t经济成本指标\t清淤成本\t≤\t350\t万元\t\t\n";
  const Document document = read(form);
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.tables[0].indicators.size(), 4U);
  EXPECT_TRUE(has_note(document, "table-continued"));
}

TEST(Recognise, MendsRowsThatAPageBreakShifted) {
  std::string form = project_form;
  form += "经济成本指标\t清淤成本\t≤\t350\t万元\t\t\t\n";
  const Document document = read(form);
  ASSERT_EQ(document.tables[0].indicators.size(), 4U);
  const Indicator& mended = document.tables[0].indicators[3];
  EXPECT_EQ(mended.level3, "清淤成本");
  EXPECT_EQ(mended.comparator, Comparator::at_most);
  EXPECT_EQ(mended.unit, "万元");
  EXPECT_TRUE(has_note(document, "column-shift-repaired"));
}

TEST(Recognise, ANewTitleOrANewHeadOpensTheNextTable) {
  std::string form = project_form;
  EXPECT_EQ(read(form + project_form).tables.size(), 2U);
  const std::string untitled = form.substr(form.find('\n') + 1);
  const Document document = read(form + untitled);
  ASSERT_EQ(document.tables.size(), 2U);
  EXPECT_EQ(document.tables[1].title, std::nullopt);
  EXPECT_EQ(document.tables[1].unit_name, "某县水利局");
}

TEST(Recognise, ReadsTheBudgetMatrixOfAnOverallForm) {
  const Document document = read(
      "<h2>2026年部门整体支出绩效目标表</h2><table border=1>"
      "<tr><td>部门（单位）名称</td><td colspan=7>某县水利局</td></tr>"
      "<tr><td rowspan=3>年度主要任务</td><td>任务名称</td><td colspan=6>主要内容</td></tr>"
      "<tr><td>清淤</td><td colspan=6>清淤三条河道</td></tr>"
      "<tr><td>巡河</td><td colspan=6>每月巡河</td></tr>"
      "<tr><td rowspan=3>预算情况</td><td rowspan=2>资金总额</td><td colspan=4>按收入性质分</td><td colspan=2>按支出性质分</td></tr>"
      "<tr><td>一般公共预算</td><td>政府性基金拨款</td><td>财政专户管理资金</td><td>其他资金</td><td>基本支出</td><td>项目支出</td></tr>"
      "<tr><td>900.50</td><td>900.50</td><td></td><td></td><td></td><td>400.50</td><td>500</td></tr>"
      "<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值类型</td><td>指标值</td><td>度量单位</td><td>指标解释</"
      "td><td>备注</td></tr>"
      "<tr><td rowspan=2>产出指标</td><td>数量指标</td><td>清淤河道</td><td>&ge;</td><td>3</td><td>条</td><td></td><td></td></tr>"
      "<tr><td>质量指标</td><td>合格率</td><td>=</td><td>100</td><td>%</td><td></td><td></td></tr>"
      "<tr><td colspan=2>满意度指标</td><td>居民满意度</td><td>&gt;=</td><td>90</td><td>%</td><td></td><td></td></tr>"
      "</table>",
      "form.html");
  ASSERT_EQ(document.tables.size(), 1U);
  const GoalTable& table = document.tables[0];
  EXPECT_EQ(table.kind, TableKind::overall);
  ASSERT_TRUE(table.budget);
  EXPECT_EQ(table.budget->total, "900.50");
  EXPECT_EQ(table.budget->general_public, "900.50");
  EXPECT_EQ(table.budget->government_fund, std::nullopt);
  EXPECT_EQ(table.budget->project, "500");
  ASSERT_EQ(table.tasks.size(), 2U);
  EXPECT_EQ(table.tasks[1].name, "巡河");
  ASSERT_EQ(table.indicators.size(), 3U);
  EXPECT_EQ(table.indicators[1].level1, "产出指标");
  EXPECT_EQ(table.indicators[2].level2, std::nullopt);
  EXPECT_FALSE(has_note(document, "level-filled-down"));
}

TEST(Recognise, ReadsASelfEvaluationWithItsMoneyRows) {
  const Document document = read(
      "<table border=1><tr><td colspan=10>2025年度项目支出绩效自评表</td></tr>"
      "<tr><td>项目名称</td><td colspan=9>河道清淤专项</td></tr>"
      "<tr><td>主管部门</td><td colspan=4>某县水利局</td><td>实施单位</td><td colspan=4>某县河道站</td></tr>"
      "<tr><td "
      "rowspan=3>项目资金（万元）</td><td></td><td>年初预算数</td><td>全年预算数</td><td>全年执行数</td><td>分值</td><td>执行率</td><td "
      "colspan=3>得分</td></tr>"
      "<tr><td>年度资金总额</td><td>350</td><td>340</td><td>330</td><td>10</td><td>97.06%</td><td colspan=3>9.71</td></tr>"
      "<tr><td>其中：当年财政拨款</td><td>350</td><td>340</td><td>330</td><td>-</td><td>97.06%</td><td colspan=3>-</td></tr>"
      "<tr><td rowspan=2>年度总体目标</td><td colspan=5>预期目标</td><td colspan=4>实际完成情况</td></tr>"
      "<tr><td colspan=5>清淤三条河道。</td><td colspan=4>清淤两条河道。</td></tr>"
      "<tr><td "
      "rowspan=3>绩效指标</td><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</"
      "td><td>得分</td><td colspan=2>偏差原因分析及改进措施</td></tr>"
      "<tr><td>产出指标</td><td>数量指标</td><td>清淤河道</td><td>≥3条</td><td>2条</td><td>50</td><td>33.33</td><td "
      "colspan=2>汛期停工</td></tr>"
      "<tr><td>效益指标</td><td>社会效益指标</td><td>受益人口</td><td>≥5000人</td><td>5200</td><td>40</td><td>40</td><td "
      "colspan=2></td></tr>"
      "<tr><td colspan=6>总分</td><td>100</td><td>83.04</td><td colspan=2></td></tr></table>",
      "form.html");
  ASSERT_EQ(document.tables.size(), 1U);
  const GoalTable& table = document.tables[0];
  EXPECT_EQ(table.kind, TableKind::self_evaluation);
  EXPECT_EQ(table.year, 2025);
  EXPECT_EQ(table.department, "某县水利局");
  EXPECT_EQ(table.unit_name, "某县河道站");
  EXPECT_EQ(table.money_unit, "万元");
  ASSERT_EQ(table.execution.size(), 2U);
  EXPECT_EQ(table.execution[0].fund, "年度资金总额");
  EXPECT_EQ(table.execution[0].rate, "97.06");
  EXPECT_EQ(table.execution[0].score, "9.71");
  EXPECT_EQ(table.execution[1].fund, "其中：当年财政拨款");
  EXPECT_EQ(table.execution[1].weight, std::nullopt);
  EXPECT_EQ(table.amount, std::nullopt);
  EXPECT_EQ(table.annual_goal, "清淤三条河道。");
  EXPECT_EQ(table.goal_result, "清淤两条河道。");
  EXPECT_EQ(table.total_score, "83.04");
  ASSERT_EQ(table.indicators.size(), 2U);
  EXPECT_EQ(table.indicators[0].value, "3");
  EXPECT_EQ(table.indicators[0].unit, "条");
  EXPECT_EQ(table.indicators[0].actual, "2");
  EXPECT_EQ(table.indicators[0].weight, "50");
  EXPECT_EQ(table.indicators[0].score, "33.33");
  EXPECT_EQ(table.indicators[0].deviation, "汛期停工");
}

TEST(Recognise, ReadsAMonitoringFormWithCausesAndLikelihood) {
  const Document document = read(
      "<table border=1><tr><td colspan=12>2026年项目支出绩效运行监控表</td></tr>"
      "<tr><td>项目名称</td><td colspan=11>河道清淤专项</td></tr>"
      "<tr><td rowspan=2>一级指标</td><td rowspan=2>二级指标</td><td rowspan=2>三级指标</td><td rowspan=2>年度指标值</td><td "
      "rowspan=2>1-7月执行情况</td><td rowspan=2>全年预计完成情况</td>"
      "<td colspan=3>偏差原因分析</td><td colspan=3>完成目标可能性</td></tr>"
      "<tr><td>经费保障</td><td>制度保障</td><td>其他</td><td>确定能</td><td>有可能</td><td>完全不可能</td></tr>"
      "<tr><td>产出指标</td><td>数量指标</td><td>清淤河道</td><td>≥3条</td><td>1</td><td>3</td><td>到位晚</td><td></td><td></td><td></"
      "td><td>√</td><td></td></tr></table>",
      "form.html");
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.tables[0].kind, TableKind::monitoring);
  ASSERT_EQ(document.tables[0].indicators.size(), 1U);
  const Indicator& indicator = document.tables[0].indicators[0];
  EXPECT_EQ(indicator.actual, "1");
  EXPECT_EQ(indicator.forecast, "3");
  ASSERT_EQ(indicator.causes.size(), 1U);
  EXPECT_EQ(indicator.causes[0], (std::pair<std::string, std::string>{"经费保障", "到位晚"}));
  EXPECT_EQ(indicator.likelihood, "有可能");
}

TEST(Recognise, MidTermTargetsStandBesideTheAnnualOnes) {
  const Document document = read(
      "<table border=1><tr><td colspan=8>2026年项目支出绩效目标表</td></tr>"
      "<tr><td>项目名称</td><td colspan=7>甲</td></tr>"
      "<tr><td rowspan=2>一级指标</td><td rowspan=2>二级指标</td><td colspan=3>中期绩效指标</td><td colspan=3>年度绩效指标</td></tr>"
      "<tr><td>三级指标</td><td>指标值</td><td>度量单位</td><td>三级指标</td><td>指标值</td><td>度量单位</td></tr>"
      "<tr><td>产出指标</td><td>数量指标</td><td>清淤河道</td><td>≥9</td><td>条</td><td>清淤河道</td><td>≥3</td><td>条</td></tr></table>",
      "form.html");
  ASSERT_EQ(document.tables.size(), 1U);
  const auto& rows = document.tables[0].indicators;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_TRUE(rows[0].long_term);
  EXPECT_EQ(rows[0].value, "9");
  EXPECT_FALSE(rows[1].long_term);
  EXPECT_EQ(rows[1].level1, "产出指标");
}

TEST(Recognise, ALetterThatSpeaksOfFormsHoldsNoTable) {
  const Document document =
      read("关于报送2026年项目支出绩效目标表的通知\n各单位：请于3月底前报送项目支出绩效目标表。\n项目名称\t金额\n甲\t100\n乙\t200\n");
  EXPECT_TRUE(document.tables.empty());
  EXPECT_FALSE(document.error);
}

TEST(Recognise, AFormWithAHeadOnlyIsATableWithoutIndicators) {
  const Document document = read("2026年项目支出绩效目标表\n项目名称\t甲\n本年度绩效目标\t做好工作。\n");
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_TRUE(document.tables[0].indicators.empty());
}

TEST(Recognise, TitlesOfOtherTablesAreToldFromWhatMayStandOverAForm) {
  for (const char* other : {"收支总表", "政府采购预算表（公开）", "会议费、培训费明细表", "专项资金管理清单", "全县主要经济指标完成情况表",
                            "部门整体支出绩效评价基础数据表", "绩效评价发现问题整改清单"})
    EXPECT_TRUE(is_other_title(other)) << other;
  for (const char* over_a_form : {"预算05-2表", "部门公开表13", "部门公开十二表", "附表", "2026年部门预算公开表", "具体情况见下表",
                                  "年度绩效指标表", "项目支出绩效目标表", "本表由单位填报，主管部门审核后报送报表"})
    EXPECT_FALSE(is_other_title(over_a_form)) << over_a_form;
}

TEST(Recognise, WhatAnEvaluationScoresByIsNoFormOfAUnits) {
  for (const char* theirs : {"项目支出绩效评价指标体系", "附件2：部门整体支出绩效评价共性指标体系框架",
                             "绩效评价指标体系及评分标准（100分）", "2024年度绩效评价专家打分表"}) {
    EXPECT_TRUE(is_other_title(theirs)) << theirs;
    EXPECT_FALSE(title_kind(theirs)) << theirs;
  }
  for (const char* own : {"部门整体支出绩效自评指标体系表", "绩效目标指标体系", "评价指标体系由决策、过程、产出、效益构成，满分100分",
                          "部门整体支出绩效评价指标评分表"})
    EXPECT_FALSE(names_evaluation(own)) << own;
}

TEST(Recognise, WhoDoesWhichTaskIsNoGoalTable) {
  EXPECT_TRUE(
      read("2024年度部门整体绩效目标任务分解表\n序号\t目标任务\t责任科室\t完成情况\n1\t新建泵站\t工程科\t完成2座\n").tables.empty());
  // 完成情况 names the column; it is no result of a goal.
  const Document titled =
      read("2024年度项目支出绩效自评表\n项目名称\t泵站\n序号\t目标任务\t责任科室\t完成情况\n1\t新建泵站\t工程科\t完成2座\n");
  ASSERT_EQ(titled.tables.size(), 1U);
  EXPECT_FALSE(titled.tables[0].goal_result);
}

TEST(Recognise, TheYearOfAProjectsNameIsNotTheBudgetYear) {
  const Document document = read(
      "项目支出绩效目标表\n（2026年度）\n项目名称\t2024年河道清淤续建\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t长度\t≥3公"
      "里\n");
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.tables[0].year, 2026);
}

TEST(Recognise, StartAndEndOfTheProjectAreJoined) {
  const Document document =
      read("2026年项目支出绩效目标表\n项目名称\t甲\n开始时间\t2026年1月\t结束时间\t2026年12月\n本年度绩效目标\t做好工作。\n");
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.tables[0].period, "2026年1月至2026年12月");
}

TEST(Recognise, RowsFarTooWideCostNoMoreThanTheirCells) {
  std::string wide = "项目支出绩效目标表\n一级指标\t二级指标\t三级指标\t指标值";
  for (int i = 0; i < 4000; ++i) wide += "\t三级指标\t指标值";
  for (int row = 0; row < 20; ++row) {
    wide += "\n＞";
    for (int i = 0; i < 8000; ++i) wide += "\t＞";
  }
  EXPECT_FALSE(read(wide).error);
}

// "A value is never guessed": whose the indicators are, only a person can tell.
TEST(Recognise, TwoFormsSideBySideLeaveANote) {
  const Document document = read(
      "项目支出绩效目标表\n"
      "项目名称\t渠道养护\t\t\t项目名称\t闸门更新\t\t\n"
      "一级指标\t二级指标\t三级指标\t指标值\t一级指标\t二级指标\t三级指标\t指标值\n"
      "产出指标\t数量指标\t养护长度\t≥42公里\t产出指标\t数量指标\t更新闸门\t≥8扇\n");
  EXPECT_TRUE(has_note(document, "forms-side-by-side"));
}

// As on a page without uprights, where a text reaches over columns that it does not belong to.
TEST(Recognise, TextsThatRanOutOfTheirColumnsAreTakenForNothingElse) {
  const Document document = read(
      "<html><body><p>2026年度项目支出绩效目标表</p><p>单位：万元</p><table>"
      "<tr><td>项目名称<td>实施单位<td>预算金额<td>一级指标<td>二级指标<td>三级指标<td>指标值</tr>"
      "<tr><td rowspan=3>河道清淤<td rowspan=3>清溪县水利局<td rowspan=3>86.5<td "
      "rowspan=2>产出指标<td>数量指标<td>清淤河道长度<td>≥12公里</tr>"
      "<tr><td>质量指标<td>验收合格率<td>100%</tr>"
      "<tr><td colspan=3>清淤及时完成率（第二批）<td>≥95%</tr>"
      "<tr><td colspan=3>产出指标<td><td>时效指标<td>完成时间<td>10月底</tr>"
      "<tr><td colspan=3>岸坡整治面积数量指标<td><td>数量指标<td>岸坡整治面积<td>≥3000平方米</tr>"
      "<tr><td>岸线巡查<td>清溪县水利局<td>12<td>效益指标<td>社会效益指标<td>群众投诉件数<td>≤2件</tr></table></body></html>",
      "form.html");
  ASSERT_EQ(document.tables.size(), 2U);
  const GoalTable& table = document.tables[0];
  EXPECT_EQ(table.project_name, "河道清淤");
  EXPECT_EQ(table.unit_name, "清溪县水利局");
  EXPECT_EQ(table.amount, "86.5");
  ASSERT_EQ(table.indicators.size(), 4U);
  for (const Indicator& indicator : table.indicators) EXPECT_EQ(indicator.level1, "产出指标") << indicator.level3;
  EXPECT_TRUE(has_note(document, "row-skipped")) << "what has a target and no name is told of";
  EXPECT_EQ(document.tables[1].project_name, "岸线巡查");
  ASSERT_EQ(document.tables[1].indicators.size(), 1U);
}

TEST(Recognise, ALevelsNameIsNoValueOfTheHead) {
  const Document document = read(
      "2026年项目支出绩效目标表\n项目名称\t产出指标\n实施单位\t河口镇政府\n"
      "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t修路\t≥3公里\n");
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.tables[0].project_name, std::nullopt);
  EXPECT_EQ(document.tables[0].unit_name, "河口镇政府");
}

TEST(Recognise, ATargetAloneIsNoIndicatorsName) {
  const Document document = read(
      "2026年项目支出绩效目标表\n项目名称\t修路\n"
      "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t修路\t≥3公里\n\t质量指标\t≥95%\t\n");
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.tables[0].indicators.size(), 1U);
  EXPECT_TRUE(has_note(document, "row-skipped"));
}

TEST(Recognise, ATickWithoutItsChoiceIsNoLikelihood) {
  const Document document = read(
      "2026年项目支出绩效监控表\n项目名称\t修路\n"
      "一级指标\t二级指标\t三级指标\t年度指标值\t1-7月执行情况\t完成可能性\n产出指标\t数量指标\t修路\t≥3公里\t2\t√\n"
      "\t\t清障\t≥5处\t5\t确定能\n");
  ASSERT_EQ(document.tables.size(), 1U);
  ASSERT_EQ(document.tables[0].indicators.size(), 2U);
  EXPECT_EQ(document.tables[0].indicators[0].likelihood, std::nullopt);
  EXPECT_EQ(document.tables[0].indicators[1].likelihood, "确定能");
}

TEST(Recognise, WhatAnEvaluationScoresByUnderAListIsNoForm) {
  const Document document = read(
      "<html><body><p>2026年项目支出绩效目标表</p><table>"
      "<tr><td>项目名称<td>预算金额<td>数量指标<td>满意度指标</tr>"
      "<tr><td>闸门更新<td>120<td>更新闸门≥5座<td>村民满意度≥90%</tr>"
      "<tr><td>泵站维修<td>80<td>维修泵站≥2座<td>村民满意度≥92%</tr></table>"
      "<table><tr><td>一级指标<td>二级指标<td>三级指标<td>评分标准<td>得分</tr>"
      "<tr><td>产出指标<td>数量指标<td>更新闸门<td>完成得满分<td>5</tr></table></body></html>",
      "form.html");
  ASSERT_EQ(document.tables.size(), 2U);
  EXPECT_EQ(document.tables[0].indicators.size(), 2U);
  EXPECT_EQ(document.tables[1].indicators.size(), 2U);
}

TEST(Recognise, WhatAnEvaluationScoresByIsNoneOnItsNextPageEither) {
  const std::string header = "<table><tr><td>一级指标<td>二级指标<td>三级指标<td>指标值<td>评分标准<td>得分</tr>";
  const Document document = read("<html><body><p>项目支出绩效评价指标体系</p>" + header +
                                     "<tr><td>产出指标<td>数量指标<td>更新闸门<td>≥5座<td>完成得满分<td>5</tr></table><p> </p>" + header +
                                     "<tr><td>效益指标<td>社会效益指标<td>投诉<td>≤5次<td>完成得满分<td>5</tr></table></body></html>",
                                 "form.html");
  EXPECT_TRUE(document.tables.empty());
  const auto noted =
      std::count_if(document.notes.begin(), document.notes.end(), [](const Note& n) { return n.code == "evaluation-not-read"; });
  EXPECT_EQ(noted, 1) << "a unit's own would be missed";
}

TEST(Recognise, SatisfactionPrintedUnderBenefitStaysThere) {
  const Document document = read(
      "2026年项目支出绩效目标表\n项目名称\t甲\n一级指标\t二级指标\t三级指标\t指标值\n效益指标\t满意度指标\t群众满意度\t≥90%"
      "\n管理类指标\t投入管理\t预算编制率\t100%\n");
  ASSERT_EQ(document.tables.size(), 1U);
  ASSERT_EQ(document.tables[0].indicators.size(), 2U);
  EXPECT_EQ(document.tables[0].indicators[0].level1, "效益指标");
  EXPECT_EQ(document.tables[0].indicators[0].level2, "服务对象满意度指标");
  EXPECT_EQ(document.tables[0].indicators[1].level1, "管理类指标");
  EXPECT_EQ(document.tables[0].indicators[1].level2, "投入管理");
}

}  // namespace
}  // namespace jiheng::reading
