// What the written files are like, apart from reading them back.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <pugixml.hpp>

#include "base/text.h"
#include "reading/reader.h"
#include "writing/files.h"
#include "writing/fixtures.h"
#include "writing/writer.h"

namespace jiheng::writing {
namespace {

std::string written(const std::vector<GoalTable>& tables, Carrier carrier) {
  auto bytes = write_forms(tables, carrier);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : std::string();
}

/// A form of several pages.
GoalTable long_table() {
  GoalTable table = fixtures::overall();
  const auto few = table.indicators;
  for (int i = 0; i < 8; ++i) table.indicators.insert(table.indicators.end(), few.begin(), few.end());
  return table;
}

TEST(Files, NothingToWriteIsAnError) {
  EXPECT_EQ(write_forms({}, Carrier::docx).error().code, "nothing-to-write");
}

TEST(Files, CarriersAreNamedAsTheCommandLineNamesThem) {
  for (const char* name : {"docx", "xlsx", "pdf", "html"}) EXPECT_EQ(carrier_name(*carrier_from_name(name)), name);
  EXPECT_FALSE(carrier_from_name("json"));
}

TEST(Docx, EveryRowFillsItsTablesGrid) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(part_of(written(fixtures::one_of_each(), Carrier::docx), "word/document.xml").c_str()));
  int rows = 0;
  for (const auto& table : document.select_nodes("//w:tbl")) {
    const auto columns = std::distance(table.node().child("w:tblGrid").begin(), table.node().child("w:tblGrid").end());
    for (const pugi::xml_node row : table.node().children("w:tr")) {
      std::ptrdiff_t filled = 0;
      for (const pugi::xml_node cell : row.children("w:tc"))
        filled += cell.child("w:tcPr").child("w:gridSpan").attribute("w:val").as_int(1);
      EXPECT_EQ(filled, columns);
      ++rows;
    }
  }
  EXPECT_GT(rows, 40);
}

TEST(Docx, HasASectionForEachTableAndRepeatsItsHeading) {
  const std::string file = written(fixtures::one_of_each(), Carrier::docx);
  const std::string document = part_of(file, "word/document.xml");
  EXPECT_EQ(count_of(document, "<w:sectPr>"), 4);
  EXPECT_EQ(count_of(document, "<w:tblHeader/>"), 5);  // the monitoring form's heading has two rows
  EXPECT_GE(count_of(document, "w:orient=\"landscape\""), 1);
  const std::string footer = part_of(file, "word/footer1.xml");
  EXPECT_TRUE(contains(footer, " PAGE ") && contains(footer, " NUMPAGES "));
}

TEST(Docx, SameTablesGiveTheSameBytes) {
  EXPECT_EQ(written(fixtures::one_of_each(), Carrier::docx), written(fixtures::one_of_each(), Carrier::docx));
}

TEST(Xlsx, HasASheetForEachTableThatPrintsOnePageWideWithItsHeadingRepeated) {
  auto tables = fixtures::one_of_each();
  tables.push_back(tables.front());
  tables.push_back(tables[1]);
  tables.back().project_name = "A1";
  tables.push_back(tables[1]);
  tables.back().project_name = "名称/带[非法]字符并且很长很长很长很长很长很长很长很长很长很长";
  const std::string file = written(tables, Carrier::xlsx);
  const std::string book = part_of(file, "xl/workbook.xml");
  EXPECT_EQ(count_of(book, "<sheet "), 7);
  EXPECT_EQ(count_of(book, "_xlnm.Print_Titles"), 7);
  EXPECT_EQ(count_of(book, "name=\"整体支出\""), 1);
  EXPECT_FALSE(contains(book, "name=\"A1\""));
  const std::string sheet = part_of(file, "xl/worksheets/sheet1.xml");
  EXPECT_TRUE(contains(sheet, "fitToPage=\"1\"") && contains(sheet, "fitToHeight=\"0\"") && contains(sheet, "paperSize=\"9\""));
}

TEST(Xlsx, NumbersAreNumbersWhereTheyKeepTheirDigits) {
  const std::string file = written({fixtures::overall()}, Carrier::xlsx);
  const std::string sheet = part_of(file, "xl/worksheets/sheet1.xml");
  const std::string strings = part_of(file, "xl/sharedStrings.xml");
  EXPECT_TRUE(contains(sheet, "<v>1303.77</v>"));
  EXPECT_TRUE(contains(sheet, "<v>10891.615675</v>"));
  EXPECT_TRUE(contains(strings, "<t>13459.00</t>"));
  EXPECT_TRUE(contains(strings, "<t>1200000000000000.5</t>"));
}

TEST(Xlsx, ACellLongerThanTheFormatHoldsIsAnErrorThatNamesTheSheet) {
  GoalTable table = fixtures::project();
  table.annual_goal = std::string(32768, 'x');
  const auto bytes = write_forms({&table, 1}, Carrier::xlsx);
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(bytes.error().code, "cell-too-long");
  EXPECT_EQ(bytes.error().context, std::vector<std::string>{"国资管理专项"});
  table.annual_goal = std::string(32767, 'x');
  EXPECT_TRUE(write_forms({&table, 1}, Carrier::xlsx).ok());
}

TEST(Html, NeedsNothingButItselfAndRepeatsItsHeading) {
  const std::string page = written(fixtures::one_of_each(), Carrier::html);
  EXPECT_EQ(count_of(page, "<thead>"), 4);
  EXPECT_FALSE(contains(page, "http://") || contains(page, "https://") || contains(page, "<script") || contains(page, "src="));
}

TEST(Html, TextIsTextAndNeverMarkup) {
  GoalTable table = fixtures::project();
  table.project_name = "<script>alert(1)</script>&\"";
  const std::string page = written({table}, Carrier::html);
  EXPECT_FALSE(contains(page, "<script>"));
  EXPECT_TRUE(contains(page, "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;"));
}

TEST(Pdf, NumbersItsPagesAndRepeatsHeadingAndLevels) {
  const auto pages = pdf_pages(written({long_table(), fixtures::project()}, Carrier::pdf));
  if (pages.empty()) GTEST_SKIP() << "pdftotext is not installed";
  ASSERT_GE(pages.size(), 3U);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_TRUE(contains(pages[i], "三级指标")) << "page " << i + 1;
    EXPECT_TRUE(contains(pages[i], "产出指标")) << "page " << i + 1;
    const std::string footer = "第 " + std::to_string(i + 1) + " 页 共 " + std::to_string(pages.size()) + " 页";
    EXPECT_TRUE(contains(replace_all(normalise(pages[i]), " ", ""), replace_all(footer, " ", ""))) << pages[i];
  }
  EXPECT_TRUE(contains(pages.back(), "项目支出绩效目标申报表"));
}

TEST(Pdf, BreaksARowThatIsHigherThanAPageAndLosesNoLine) {
  GoalTable table = fixtures::project();
  std::string goal;
  for (int i = 1; i <= 300; ++i) goal += std::to_string(10000 + i) + "；\n";
  table.annual_goal = goal;
  const auto pages = pdf_pages(written({table}, Carrier::pdf));
  if (pages.empty()) GTEST_SKIP() << "pdftotext is not installed";
  EXPECT_GE(pages.size(), 5U);
  std::string all;
  for (const std::string& page : pages) all += page;
  for (int i = 1; i <= 300; ++i) EXPECT_EQ(count_of(all, std::to_string(10000 + i)), 1) << i;
}

TEST(Pdf, LooksForFontsInTheCountysFolderToo) {
  WriteOptions options;
  options.font_folder = "/no/such/folder";
  const GoalTable table = fixtures::project();
  EXPECT_TRUE(write_forms({&table, 1}, Carrier::pdf, options).ok());
}

/// Texts that no form has.
TEST(Files, HostileTextsNeitherCrashNorMakeADamagedFile) {
  GoalTable table = fixtures::overall();
  table.title = std::string("\x01\x02\xff\xfe 部门整体支出绩效目标表\x00", 40);
  table.unit_name = "\xed\xa0\x80\xf4\x90\x80\x80\x0b";
  table.annual_goal = std::string(20000, '\n') + "]]>--><!--</w:t>&#0;&nbsp;\t" + std::string(10000, 'w');
  table.tasks.assign(50, {"\r\n\r", "\xc3", "", ""});
  table.indicators[0].level1 = "";
  table.indicators[0].level3 = "";
  table.indicators[1].value = "";
  table.indicators[2].causes = {{"", ""}, {"", "x"}, {"<b>", "y"}};
  for (const Carrier carrier : {Carrier::docx, Carrier::xlsx, Carrier::html, Carrier::pdf}) {
    const std::string file = written({table}, carrier);
    ASSERT_FALSE(file.empty());
    if (carrier == Carrier::pdf) continue;
    const Document back = reading::read_document(file, "back");
    EXPECT_FALSE(back.error) << carrier_name(carrier) << ": " << back.error->message;
    EXPECT_EQ(back.tables.size(), 1U);
  }
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(part_of(written({table}, Carrier::docx), "word/document.xml").c_str()));
  EXPECT_TRUE(document.load_string(part_of(written({table}, Carrier::xlsx), "xl/worksheets/sheet1.xml").c_str()));
}

TEST(Files, ManyPagesAreWrittenAndTooManyRefused) {
  GoalTable table = fixtures::overall();
  const auto few = table.indicators;
  for (int i = 0; i < 100; ++i) table.indicators.insert(table.indicators.end(), few.begin(), few.end());
  for (const Carrier carrier : {Carrier::docx, Carrier::xlsx, Carrier::html, Carrier::pdf}) EXPECT_FALSE(written({table}, carrier).empty());
  const std::vector<GoalTable> many(6000, fixtures::project());
  EXPECT_EQ(write_forms(many, Carrier::docx).error().code, "too-large");
}

}  // namespace
}  // namespace jiheng::writing
