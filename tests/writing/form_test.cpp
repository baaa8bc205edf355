// The layout model: what every carrier draws.
#include "writing/form.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

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
