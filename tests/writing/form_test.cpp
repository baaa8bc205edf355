// The layout model: what every carrier draws.
#include "writing/form.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "writing/any_table.h"
#include "writing/fixtures.h"
#include "writing/goal_form.h"

namespace jiheng::writing {
namespace {

const FormCell* cell_with(const Form& form, std::string_view text) {
  for (const FormRow& row : form.rows) {
    for (const FormCell& cell : row.cells) {
      if (cell.text == text) return &cell;
    }
  }
  return nullptr;
}

TEST(GoalForm, CellsCoverEverySlotOnce) {
  setenv("RC_PARAMS", "seed=2026", 0);
  EXPECT_TRUE(rc::check("cells cover every slot once", [] {
    const Form form = goal_form(*any_table());
    std::vector<int> covered(form.rows.size() * form.columns.size());
    for (std::size_t r = 0; r < form.rows.size(); ++r) {
      for (const FormCell& cell : form.rows[r].cells) {
        RC_ASSERT(cell.row_span >= 1 && cell.column_span >= 1);
        RC_ASSERT(r + cell.row_span <= form.rows.size());
        // No cell spans into the repeated heading, or out of it.
        const bool begins_in_header = r >= form.header_first && r < form.header_end();
        RC_ASSERT(!begins_in_header || r + cell.row_span <= form.header_end());
        RC_ASSERT(r >= form.header_first || r + cell.row_span <= form.header_first);
        for (int i = 0; i < cell.row_span; ++i) {
          for (int j = 0; j < cell.column_span; ++j) ++covered[(r + i) * form.columns.size() + cell.column + j];
        }
      }
    }
    for (const int times : covered) RC_ASSERT(times == 1);
  }));
}

TEST(GoalForm, FillsTheWidthOfThePage) {
  for (const GoalTable& table : fixtures::one_of_each()) {
    const Form form = goal_form(table);
    EXPECT_NEAR(std::accumulate(form.columns.begin(), form.columns.end(), 0.0), usable_width(form.landscape), 0.01);
    for (const double width : form.columns) EXPECT_GT(width, 0.5);
  }
}

TEST(GoalForm, TurnsThePageWhereColumnsAreMany) {
  EXPECT_TRUE(goal_form(fixtures::monitoring()).landscape);
  EXPECT_FALSE(goal_form(fixtures::project()).landscape);
}

TEST(GoalForm, HasTheColumnsOfTheOfficialFormInTheirOrder) {
  const Form form = goal_form(fixtures::overall());
  std::vector<std::string> headings;
  for (const FormCell& cell : form.rows[form.header_first].cells) headings.push_back(cell.text);
  const std::vector<std::string> official = {"一级指标", "二级指标", "三级指标",       "指标值类型", "指标值",
                                             "度量单位", "指标解释", "评（扣）分标准", "备注",       "权重"};
  EXPECT_EQ(headings, official);
}

/// Whether each stands in the form, in this order from left to right and above to below.
void expect_in_order(const Form& form, const std::vector<std::string>& labels) {
  std::vector<std::string> cells;
  for (const FormRow& row : form.rows) {
    for (const FormCell& cell : row.cells) cells.push_back(cell.text);
  }
  auto from = cells.begin();
  for (const std::string& label : labels) {
    const auto found = std::find(from, cells.end(), label);
    EXPECT_NE(found, cells.end()) << label;
    if (found != cells.end()) from = found + 1;
  }
}

/// Nothing known but what the form is about.
GoalTable barely_filled(const GoalTable& from) {
  GoalTable table;
  table.kind = from.kind;
  table.title = from.title;
  table.year = from.year;
  table.project_name = from.project_name;
  table.money_unit = "万元";
  for (const char* fund : {"年度资金总额", "本年财政拨款", "上年结转资金", "其他资金"}) {
    table.execution.emplace_back();
    table.execution.back().fund = fund;
  }
  Indicator row;
  row.level1 = "产出指标";
  row.level2 = "数量指标";
  row.level3 = "受益学生";
  table.indicators.push_back(row);
  return table;
}

// 财预〔2019〕136号 附件: 项目支出绩效目标执行监控表.
TEST(GoalForm, OfMonitoringHasEveryFieldOfTheOfficialForm) {
  const GoalTable table = barely_filled(fixtures::monitoring());
  expect_in_order(
      goal_form(table),
      {"项目名称",       "主管部门及代码", "实施单位",     "项目资金（万元）", "年初预算数",       "1-7月执行数",  "1-7月执行率",
       "全年预计执行数", "年度资金总额",   "本年财政拨款", "上年结转资金",     "其他资金",         "年度总体目标", "一级指标",
       "二级指标",       "三级指标",       "年度指标值",   "1-7月执行情况",    "全年预计完成情况", "偏差原因分析", "完成目标可能性",
       "备注",           "经费保障",       "制度保障",     "人员保障",         "硬件条件保障",     "其他",         "原因说明"});
  EXPECT_EQ(goal_form(table).title, "2026年1-7月项目支出绩效目标执行监控表");
}

// 财预〔2020〕10号 附件: 项目支出绩效自评表.
TEST(GoalForm, OfSelfEvaluationHasEveryFieldOfTheOfficialForm) {
  const GoalTable table = barely_filled(fixtures::self_evaluation());
  expect_in_order(goal_form(table), {"项目名称",
                                     "主管部门及代码",
                                     "实施单位",
                                     "项目资金（万元）",
                                     "年初预算数",
                                     "全年预算数",
                                     "全年执行数",
                                     "分值",
                                     "执行率",
                                     "得分",
                                     "年度资金总额",
                                     "本年财政拨款",
                                     "上年结转资金",
                                     "其他资金",
                                     "年度总体目标",
                                     "预期目标",
                                     "实际完成情况",
                                     "一级指标",
                                     "二级指标",
                                     "三级指标",
                                     "年度指标值",
                                     "实际完成值",
                                     "分值",
                                     "得分",
                                     "偏差原因分析及改进措施",
                                     "总分"});
}

TEST(GoalForm, OfAWholeDepartmentNamesItAndNoProject) {
  GoalTable table = barely_filled(fixtures::self_evaluation());
  table.title = "2025年度部门整体支出绩效自评表";
  table.project_name.reset();
  table.unit_name = "某县城管局";
  const Form form = goal_form(table);
  EXPECT_NE(cell_with(form, "部门（单位）名称"), nullptr);
  EXPECT_EQ(cell_with(form, "项目名称"), nullptr);
  EXPECT_EQ(cell_with(form, "实施单位"), nullptr);
}

TEST(GoalForm, KeepsTheCausesOfAFormThatHasOthers) {
  GoalTable table = fixtures::monitoring();
  table.indicators[1].causes = {{"政策调整", "停办"}};
  const Form form = goal_form(table);
  EXPECT_NE(cell_with(form, "政策调整"), nullptr);
  EXPECT_EQ(cell_with(form, "制度保障"), nullptr);
}

TEST(GoalForm, MergesTheLevelsThatFollowEachOther) {
  const Form form = goal_form(fixtures::overall());
  ASSERT_NE(cell_with(form, "产出指标"), nullptr);
  EXPECT_EQ(cell_with(form, "产出指标")->row_span, 6);
  EXPECT_EQ(cell_with(form, "数量指标")->row_span, 2);
}

TEST(GoalForm, PrintsTheYearOnceWhereTheTitleTellsIt) {
  EXPECT_EQ(goal_form(fixtures::overall()).subtitle, "");
  EXPECT_EQ(goal_form(fixtures::monitoring()).subtitle, "");  // 2026年1-7月…
  EXPECT_EQ(goal_form(fixtures::project()).subtitle, "（2027年度）");
}

TEST(GoalForm, LeavesNoHeadingAloneAtThePageEnd) {
  for (const GoalTable& table : fixtures::one_of_each()) {
    const Form form = goal_form(table);
    for (std::size_t row = form.header_first; row < form.header_end(); ++row) EXPECT_TRUE(form.rows[row].keep_with_next);
  }
}

}  // namespace
}  // namespace jiheng::writing
