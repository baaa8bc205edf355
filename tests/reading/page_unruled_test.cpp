// "Tables without rules, with three, or ruled across only": made right, or said to be unreadable.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "layout_picture.h"
#include "page_maker.h"
#include "reading/page_grid.h"
#include "reading/page_spans.h"

namespace jiheng::reading {
namespace {

struct Reading {
  std::string picture;
  std::vector<std::string> notes;
};

Reading read(const PageMaker& page) {
  Layout layout;
  const std::vector<Page> pages = {page.page()};
  EXPECT_FALSE(add_pages(pages, Limits{}, layout));
  Reading reading{picture(layout), {}};
  for (const Note& note : layout.notes) reading.notes.push_back(note.code);
  return reading;
}

/// Texts that stand centred at these places.
void row(PageMaker& page, float baseline, std::initializer_list<std::pair<float, std::string_view>> texts) {
  for (const auto& [middle, text] : texts) page.text(middle - static_cast<float>(text.size()) / 6 * 10, baseline, text);
}

void header(PageMaker& page, float baseline) {
  row(page, baseline, {{80, "一级指标"}, {160, "二级指标"}, {260, "三级指标"}, {380, "指标值"}});
}

const std::vector<std::string> told = {"columns-by-alignment"};
const std::vector<std::string> unreadable = {"table-unreadable"};

TEST(PageUnruled, LevelsStandInTheMiddleOfTheirRows) {
  PageMaker page;
  header(page, 100);
  row(page, 120, {{160, "数量指标"}, {260, "巡查次数"}, {380, "十次"}});
  row(page, 130, {{80, "产出指标"}});
  row(page, 140, {{160, "质量指标"}, {260, "合格情况"}, {380, "合格"}});
  row(page, 160, {{80, "效益指标"}, {160, "社会效益指标"}, {260, "安全感"}, {380, "提高"}});
  const Reading reading = read(page);
  EXPECT_EQ(reading.picture,
            "▦\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 巡查次数 | 十次 |\n"
            "| ^ | 质量指标 | 合格情况 | 合格 |\n| 效益指标 | 社会效益指标 | 安全感 | 提高 |\n");
  EXPECT_EQ(reading.notes, told);
}

TEST(PageUnruled, NamesOfSeveralLinesHaveTheirTargetsInTheMiddle) {
  PageMaker page;
  header(page, 100);
  row(page, 120, {{260, "全年河道巡查"}});
  row(page, 126, {{80, "产出指标"}, {160, "数量指标"}, {380, "十次"}});
  row(page, 132, {{260, "的次数"}});
  row(page, 152, {{80, "效益指标"}, {160, "社会效益指标"}, {260, "安全感"}, {380, "提高"}});
  row(page, 172, {{160, "服务对象满意"}});
  row(page, 178, {{80, "满意度指标"}, {260, "居民满意度"}, {380, "九成"}});
  row(page, 184, {{160, "度指标"}});
  const Reading reading = read(page);
  EXPECT_EQ(reading.picture,
            "▦\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 全年河道巡查/的次数 | 十次 |\n"
            "| 效益指标 | 社会效益指标 | 安全感 | 提高 |\n| 满意度指标 | 服务对象满意/度指标 | 居民满意度 | 九成 |\n");
  EXPECT_EQ(reading.notes, told);
}

TEST(PageUnruled, RulesAcrossTellTheRows) {
  PageMaker page;
  header(page, 100);
  for (const float y : {85.0F, 108.0F, 178.0F}) page.across(y, 40, 420);
  page.across(140, 120, 420);
  row(page, 120, {{260, "全年河道巡查"}});
  row(page, 126, {{160, "数量指标"}, {380, "十次"}});
  row(page, 132, {{260, "的次数"}});
  row(page, 145, {{80, "产出指标"}});
  row(page, 160, {{160, "质量指标"}, {260, "合格情况"}, {380, "合格"}});
  EXPECT_EQ(read(page).picture,
            "▦\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 全年河道巡查/的次数 | 十次 |\n"
            "| ^ | 质量指标 | 合格情况 | 合格 |\n");
}

TEST(PageUnruled, LabelsOfTheHeadStandBesideWhatBelongsToThem) {
  PageMaker page;
  page.text(200, 60, "项目支出绩效目标表");
  row(page, 100, {{80, "项目名称"}, {250, "河道管护"}});
  row(page, 120, {{80, "主管部门"}, {180, "某局"}, {300, "实施单位"}, {400, "某所"}});
  page.text(140, 140, "管护河道一百公里，水质全部达标，沿河居民满意。");
  row(page, 146, {{80, "年度目标"}});
  page.text(140, 152, "建立制度。");
  header(page, 175);
  row(page, 195, {{80, "产出指标"}, {160, "数量指标"}, {260, "巡查次数"}, {380, "十次"}});
  row(page, 215, {{80, "效益指标"}, {160, "社会效益指标"}, {260, "安全感"}, {380, "提高"}});
  EXPECT_EQ(read(page).picture,
            "¶ 项目支出绩效目标表\n▦\n| 项目名称 | 河道管护 | · | · |\n| 主管部门 | 某局 | 实施单位 | 某所 |\n"
            "| 年度目标 | 管护河道一百公里，水质全部达标，沿河居民满意。/建立制度。 | · | · |\n"
            "▦\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 巡查次数 | 十次 |\n"
            "| 效益指标 | 社会效益指标 | 安全感 | 提高 |\n");
}

TEST(PageUnruled, OfTwoFieldsBesideOneAnotherOneMayTakeSeveralLines) {
  PageMaker page;
  page.text(200, 60, "项目支出绩效目标表");
  row(page, 85, {{80, "项目名称"}, {250, "河道管护"}});
  row(page, 114, {{400, "某县水质监测"}});
  row(page, 120, {{80, "主管部门"}, {180, "某局"}, {300, "实施单位"}});
  row(page, 126, {{400, "中心站"}});
  header(page, 175);
  row(page, 195, {{80, "产出指标"}, {160, "数量指标"}, {260, "巡查次数"}, {380, "十次"}});
  row(page, 215, {{80, "效益指标"}, {160, "社会效益指标"}, {260, "安全感"}, {380, "提高"}});
  EXPECT_NE(read(page).picture.find("| 主管部门 | 某局 | 实施单位 | 某县水质监测/中心站 |\n"), std::string::npos);
}

TEST(PageUnruled, ASecondLevelUnderAnotherFirstOneShowsThatTheRowsAreWrong) {
  PageMaker page;
  header(page, 100);
  row(page, 120, {{80, "产出指标"}, {160, "数量指标"}, {260, "巡查次数"}, {380, "十次"}});
  row(page, 140, {{160, "社会效益指标"}, {260, "安全感"}, {380, "提高"}});
  row(page, 160, {{80, "效益指标"}, {160, "生态效益指标"}, {260, "水质"}, {380, "达标"}});
  const Reading reading = read(page);
  EXPECT_EQ(reading.notes, unreadable);
  EXPECT_EQ(reading.picture.find("▦"), std::string::npos);
}

TEST(PageSpans, EveryRowBelongsToOneText) {
  const std::vector<Extent> rows = {{0, 10}, {20, 30}, {40, 50}, {60, 70}};
  const std::vector<Extent> middle = {{20, 30}, {60, 70}};
  EXPECT_EQ(spans_by_middle(middle, rows, 2), (std::vector<RowSpan>{{0, 3}, {3, 4}}));
  EXPECT_EQ(spans_by_first(middle, rows, 2), std::nullopt);
  const std::vector<Extent> either = {{0, 10}, {40, 50}};
  EXPECT_EQ(spans_by_middle(either, rows, 2), (std::vector<RowSpan>{{0, 1}, {1, 4}}));
  EXPECT_EQ(spans_by_first(either, rows, 2), (std::vector<RowSpan>{{0, 2}, {2, 4}}));
  const std::vector<Extent> neither = {{5, 15}, {42, 52}};
  EXPECT_EQ(spans_by_middle(neither, rows, 2), std::nullopt);
  EXPECT_EQ(spans_by_first(neither, rows, 2), std::nullopt);
}

TEST(PageUnruled, WhereMergedLevelsMayReachOverOtherRowsNobodyCanTell) {
  PageMaker page;
  header(page, 100);
  row(page, 120, {{80, "产出指标"}, {160, "数量指标"}, {260, "巡查次数"}, {380, "十次"}});
  row(page, 140, {{260, "巡查里程"}, {380, "十里"}});
  row(page, 160, {{160, "质量指标"}, {260, "合格情况"}, {380, "合格"}});
  row(page, 180, {{260, "达标情况"}, {380, "达标"}});
  row(page, 200, {{80, "效益指标"}, {160, "社会效益指标"}, {260, "安全感"}, {380, "提高"}});
  EXPECT_EQ(read(page).notes, told) << "beside the first rows: in the middle they do not fit";
}

}  // namespace
}  // namespace jiheng::reading
