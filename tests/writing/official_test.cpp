// Official documents: the texts' fields and rows, and what stands on the paper.
#include <gtest/gtest.h>

#include "base/text.h"
#include "reading/formats/detect.h"
#include "reading/reader.h"
#include "writing/files.h"
#include "writing/official/text.h"

namespace jiheng::writing {
namespace {

OfficialValues values() {
  OfficialValues made;
  made.texts = {{"机关", "渌口区财政局"}, {"年度", "2026"}, {"通知", ""}, {"意见", "第一段\n第二段 | 不是表格\n# 不是标题【机关】"}};
  for (const char* name : {"甲局", "乙局"}) made.lists["单位"].push_back({{{"名称", name}}, {}});
  return made;
}

std::string refused(const std::string& text) {
  const auto filled = fill_official(text, values());
  return filled ? "" : filled.error().context.at(0) + " " + filled.error().message;
}

TEST(OfficialText, FillsFieldsListsAndConditions) {
  const auto filled = fill_official(
      "；一句说明\n标题：【机关】【年度】年通知\n主送：各单位：\n# 一、名单\n| 序 | 单位 |\n【每个 单位】\n| 1 | 【名称】（【年度】） "
      "|\n【完】\n"
      "【如果 通知】\n不该出现\n【完】\n【如果 单位】\n有单位\n【完】\n附件：名单\n落款：【机关】\n附页：附件1 名单\n",
      values());
  ASSERT_TRUE(filled) << filled.error().message;
  EXPECT_EQ(filled->title, "渌口区财政局2026年通知");
  EXPECT_EQ(filled->signer, "渌口区财政局");
  ASSERT_EQ(filled->blocks.size(), 4U);
  EXPECT_EQ(filled->blocks[0].kind, OfficialBlock::Kind::heading);
  ASSERT_EQ(filled->blocks[1].rows.size(), 3U);
  EXPECT_EQ(filled->blocks[1].rows[2][1], "乙局（2026）");
  EXPECT_EQ(filled->blocks[2].text, "有单位");
  EXPECT_EQ(filled->blocks[3].kind, OfficialBlock::Kind::annex);
  EXPECT_EQ(filled->blocks[3].title, "名单");
}

TEST(OfficialText, WhatStandsInAValueIsTextAlone) {
  const auto filled = fill_official("【意见】", values());
  ASSERT_TRUE(filled);
  ASSERT_EQ(filled->blocks.size(), 3U);
  for (const OfficialBlock& block : filled->blocks) EXPECT_EQ(block.kind, OfficialBlock::Kind::paragraph);
  EXPECT_EQ(filled->blocks[2].text, "# 不是标题【机关】");
}

TEST(OfficialText, AFaultNamesItsLine) {
  EXPECT_EQ(refused("标题：甲\n\n【没有】"), "3 公文文字第3行：没有【没有】这一项。");
  EXPECT_EQ(refused("【每个 单位】\n甲"), "1 公文文字第1行：后面没有对应的【完】。");
  EXPECT_EQ(refused("甲\n【完】"), "2 公文文字第2行：多了一个【完】。");
  EXPECT_EQ(refused("| 甲 | 乙 |\n| 丙 |"), "2 公文文字第2行：这一行的格数和表头不一样。");
  EXPECT_EQ(refused("【每个 人】\n【完】"), "1 公文文字第1行：没有“人”这一列。");
}

OfficialDocument letter() {
  OfficialDocument made;
  made.mark = "渌口区财政局文件";
  made.number = "×财绩〔2026〕　　号";
  made.title = "渌口区财政局关于报送2026年预算绩效目标的通知";
  made.addressees = "各预算单位：";
  for (int i = 0; i < 30; ++i)
    made.blocks.push_back({OfficialBlock::Kind::paragraph, "为做好预算绩效目标管理工作，现将有关事项通知如下。" + std::to_string(i), {}});
  made.blocks.push_back({OfficialBlock::Kind::table, {}, {}, {{"序号", "单位名称"}}});
  for (int i = 0; i < 60; ++i) made.blocks.back().rows.push_back({std::to_string(i + 1), "单位<甲>&" + std::to_string(i)});
  made.attachments = {"名单", "目标表"};
  made.signer = "渌口区财政局";
  made.date = "2026年3月2日";
  return made;
}

TEST(OfficialDocument, HasTheMeasuresOfTheStandard) {
  const auto bytes = official_docx(letter(), "2026-03-02");
  ASSERT_TRUE(bytes);
  const std::string body = part_of(*bytes, "word/document.xml");
  // 37, 26, 35 and 28 mm in twentieths of a point.
  EXPECT_TRUE(contains(body, R"(w:top="2098" w:right="1474" w:bottom="1984" w:left="1587")")) << body.substr(body.rfind("<w:sectPr"));
  const std::string styles = part_of(*bytes, "word/styles.xml");
  EXPECT_TRUE(contains(styles, R"(w:line="560" w:lineRule="exact")"));
  EXPECT_TRUE(contains(styles, R"(w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/>)"));
  EXPECT_TRUE(contains(styles, R"(w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>)"));
  EXPECT_TRUE(contains(part_of(*bytes, "word/footer1.xml"), "— </w:t>"));
  EXPECT_TRUE(contains(body, "单位&lt;甲&gt;&amp;0"));
  EXPECT_EQ(*bytes, *official_docx(letter(), "2026-03-02"));
}

TEST(OfficialDocument, IsWholeOnPaperOverSeveralPages) {
  const auto bytes = official_pdf(letter(), "", "2026-03-02");
  ASSERT_TRUE(bytes);
  EXPECT_EQ(*bytes, *official_pdf(letter(), "", "2026-03-02"));
  const auto layout = reading::read_layout(*bytes, reading::detect_format(*bytes));
  ASSERT_TRUE(layout) << layout.error().message;
  EXPECT_GE(layout->pages.size(), 4U);
  std::string all;
  for (const auto& page : layout->pages) {
    float lowest = 0;
    for (const auto& glyph : page.glyphs) {
      append_utf8(all, glyph.code);
      // The text ends 35 mm above the edge; the page's number stands below.
      if (glyph.code > 0x4E00) lowest = std::max(lowest, glyph.baseline);
      EXPECT_LT(glyph.box.right, page.width - 26 / 25.4F * 72 + 4);
    }
    EXPECT_LT(lowest, (297 - 35) / 25.4F * 72 + 1);
  }
  for (const char* text : {"渌口区财政局文件", "各预算单位", "单位<甲>&59", "附件：1.", "2026年3月2日"})
    EXPECT_TRUE(contains(replace_all(all, " ", ""), replace_all(text, " ", ""))) << text;
}

TEST(OfficialText, AFieldThatBeginsLikeTheEndIsNone) {
  OfficialValues values;
  values.texts = {{"完成情况", "全部完成"}};
  values.lists["表"].push_back({{{"名称", "甲"}}, {}});
  const auto made = fill_official("标题：报告\n【每个 表】\n【名称】\n【如果 完成情况】\n【完成情况】\n【完】\n【完】\n", values);
  ASSERT_TRUE(made.ok()) << made.error().message;
  ASSERT_EQ(made->blocks.size(), 2U);
  EXPECT_EQ(made->blocks[1].text, "全部完成");
}

}  // namespace
}  // namespace jiheng::writing
