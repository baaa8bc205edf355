// The checker of sources itself: it finds a number that nobody can trace, wherever it stands.
#include <gtest/gtest.h>

#include "support/sourced_docx.h"
#include "writing/official/document.h"
#include "writing/official/marks.h"

namespace jiheng::writing {
namespace {

using Kind = OfficialBlock::Kind;

OfficialBlock paragraph(std::string text) {
  return {Kind::paragraph, std::move(text), {}};
}

OfficialDocument sourced() {
  OfficialDocument document;
  document.title = marked("figure:year", "2026") + "年报告";
  document.blocks = {paragraph("共" + marked("figure:tables", "12") + "张，“" + marked("quote:unit", "第3中学") + "”在内。")};
  OfficialBlock chart{Kind::chart, "", ""};
  chart.chart = {"表数", "张", false, {"目标表"}, {{"本年", "2F6DA8", {"12"}, {"tables"}}}};
  document.blocks.push_back(chart);
  OfficialBlock annex{Kind::table, "", ""};
  annex.rows = {{"序号", "数据", "值", "规则"},
                {"1", "年度", marked("source:year", "2026"), "所选的年度"},
                {"2", "目标表", marked("source:tables", "12"), "已批复的表"}};
  document.blocks.push_back(annex);
  return document;
}

std::vector<std::string> faults(const OfficialDocument& document) {
  return test::check_sources(official_docx(document).value()).faults;
}

TEST(Sources, OfADocumentWhereEveryNumberHasOneAreProved) {
  const auto proved = test::check_sources(official_docx(sourced()).value());
  EXPECT_TRUE(proved.faults.empty()) << proved.faults.front();
  EXPECT_EQ(proved.figures.size(), 2U);
  EXPECT_EQ(proved.quotes, 1);
  EXPECT_EQ(proved.chart_values, 1);
  EXPECT_NE(proved.text.find("共12张，“第3中学”在内。"), std::string::npos) << proved.text;
}

TEST(Sources, AreMissedWhereANumberIsWrittenByHand) {
  for (const char* text : {"另有3张", "另有３张", "见①"}) {
    OfficialDocument document = sourced();
    document.blocks.push_back(paragraph(text));
    EXPECT_EQ(faults(document).size(), 1U) << text;
  }
  OfficialDocument document = sourced();
  document.title += "第2稿";
  EXPECT_EQ(faults(document).size(), 1U);
}

TEST(Sources, AreMissedWhereTheAnnexSaysOtherwiseOrNothing) {
  OfficialDocument document = sourced();
  document.blocks[0].text = marked("figure:tables", "13");
  EXPECT_FALSE(faults(document).empty());
  document = sourced();
  document.blocks[0].text = marked("figure:units", "12");
  EXPECT_FALSE(faults(document).empty());
  document = sourced();
  document.blocks[2].rows[2][3] = "";
  EXPECT_FALSE(faults(document).empty()) << "a source says what was counted";
  document = sourced();
  document.blocks[2].rows.push_back(document.blocks[2].rows.back());
  EXPECT_FALSE(faults(document).empty()) << "one key, one source";
}

TEST(Sources, AreNotAskedForTheNamesOfThings) {
  for (const auto& [text, expected] :
       std::vector<std::pair<std::string, std::size_t>>{{"校验值（SHA-256）", 0}, {"时延P95", 0}, {"共3台PC", 1}, {"A-区3号", 1}}) {
    OfficialDocument document = sourced();
    document.blocks.push_back(paragraph(text));
    EXPECT_EQ(faults(document).size(), expected) << text;
  }
}

TEST(Sources, OfALetterAreRecordsAndTheDayItIsMade) {
  OfficialDocument letter;
  letter.title = "关于" + marked("record:WT2026-03/年度", "2026") + "年问题的通知";
  letter.date = marked("made:day", "2026年3月5日");
  letter.attachments = {"单位名单", "表样"};
  letter.blocks = {{Kind::annex, "附件1", "单位名单"}, {Kind::annex, "附件2", "表样"}};
  const auto walked = [&] { return test::check_letter(official_docx(letter).value()); };
  const auto proved = walked();
  EXPECT_TRUE(proved.faults.empty()) << proved.faults.front();
  EXPECT_EQ(proved.records.at("WT2026-03/年度"), std::set<std::string>{"2026"});
  EXPECT_FALSE(faults(letter).empty()) << "a report names its sources in an annex";
  letter.attachments[1] = "别的表";
  EXPECT_EQ(walked().faults.size(), 1U) << "no annex of that name";
  letter.attachments.clear();
  letter.title = marked("record:WT2026-03/", "2026");
  EXPECT_EQ(walked().faults.size(), 1U) << "no field";
}

TEST(Sources, AreNotAskedForThePlacesInAListAndTheNamesOfAnnexes) {
  const auto with = [](const char* text, const char* second) {
    OfficialDocument document = sourced();
    OfficialBlock list{Kind::table, "", ""};
    list.rows = {{"序号", "内容"}, {"1", "甲"}, {second, "乙"}};
    document.blocks.insert(document.blocks.begin(), {paragraph(text), list});
    document.blocks.push_back({Kind::annex, "附件1", "评分表"});
    return faults(document).size();
  };
  EXPECT_EQ(with("见附件1。", "2"), 0U);
  EXPECT_EQ(with("见附件2。", "2"), 1U) << "there is none";
  EXPECT_EQ(with("见附件12。", "2"), 1U);
  EXPECT_EQ(with("见附件1，共3条。", "2"), 1U);
  EXPECT_EQ(with("见附件1。", "3"), 1U) << "not its place";
}

TEST(Sources, AreMissedWhereAChartShowsAnythingElse) {
  OfficialDocument document = sourced();
  document.blocks[1].chart.series[0].values[0] = "13";
  EXPECT_FALSE(faults(document).empty());
  document = sourced();
  document.blocks[1].chart.series[0].keys[0] = "";
  EXPECT_FALSE(faults(document).empty());
  document = sourced();
  document.blocks[1].chart.title = "2026年";
  EXPECT_FALSE(faults(document).empty());
}

TEST(Marks, PrintAsTheTextAlone) {
  const std::string text = "得" + marked("figure:a", "9.5") + "分";
  EXPECT_EQ(unmarked(text), "得9.5分");
  EXPECT_EQ(marked_parts(text).size(), 3U);
  EXPECT_EQ(unmarked(marked_lines("quote:words", "一\n\n二")), "一\n\n二");
  EXPECT_EQ(unmarked(marked("figure:a", marked("figure:b", "1"))), "1");
  EXPECT_TRUE(official_pdf(sourced(), "").ok());
}

}  // namespace
}  // namespace jiheng::writing
