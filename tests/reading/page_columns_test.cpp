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
