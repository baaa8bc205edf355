// Forged OFD files and pages of drawing end within 2 s and 256 MB, with an error or without.
#include <gtest/gtest.h>

#include <string>

#include "bounds.h"
#include "ofd_maker.h"
#include "page_maker.h"
#include "reading/page_grid.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

std::string read_pages(const std::vector<Page>& pages) {
  return within_bounds([&] {
    Layout layout;
    const auto error = add_pages(pages, Limits{}, layout);
    return error ? error->code : std::string();
  });
}
TEST(OfdHostile, ContentTooDeepAndTooLong) {
  EXPECT_EQ(read_within_bounds(ofd_of_pages({repeated("<ofd:PageBlock>", 10000)})), "too-deep");
  // What is printed twice at one place counts once.
  std::string texts;
  for (int i = 0; i < 17000; ++i) texts += ofd_text(20 + static_cast<float>(i % 100), 20 + static_cast<float>(i / 100), repeated("字", 60));
  EXPECT_EQ(read_within_bounds(ofd_of_pages({texts})), "too-large");
}

TEST(OfdHostile, ALineOfLettersSetApart) {
  const std::string letters = repeated("a", 300000);
  const std::string line =
      "<ofd:TextObject ID=\"1\" Boundary=\"0 20 10 10\" Font=\"2\" Size=\"4\"><ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"g " +
      std::to_string(letters.size()) + " 3.2\">" + letters + "</ofd:TextCode></ofd:TextObject>";
  EXPECT_EQ(read_within_bounds(ofd_of_pages({line})), "");
  OfdSource wide;
  wide.pages = {line};
  wide.page_head = "<ofd:Area><ofd:PhysicalBox>0 0 999999 297</ofd:PhysicalBox></ofd:Area>";
  EXPECT_EQ(read_within_bounds(ofd_of(wide)), "");
}

TEST(OfdHostile, ThousandsOfPagesOfOneTemplate) {
  OfdSource source;
  source.pages.assign(2900, "");
  source.page_head = "<ofd:Template TemplateID=\"7\"/>";
  source.common = "<ofd:TemplatePage ID=\"7\" BaseLoc=\"T.xml\"/>";
  source.more = {{"Doc_0/T.xml", ofd_page(repeated("<ofd:PageBlock/>", 1 << 20)), true}};
  EXPECT_EQ(read_within_bounds(ofd_of(source)), "scanned");
  std::string texts;
  for (int i = 0; i < 100; ++i) texts += ofd_text(20, 20 + static_cast<float>(i), "字字字字字字字字");
  source.more = {{"Doc_0/T.xml", ofd_page(texts), true}};
  EXPECT_EQ(read_within_bounds(ofd_of(source)), "too-large");
  source.pages.assign(3100, "");
  EXPECT_EQ(read_within_bounds(ofd_of(source)), "too-large");
}

TEST(OfdHostile, ResourcesWithoutNumber) {
  OfdSource source;
  source.pages = {ofd_text(20, 20, "数量指标")};
  source.common = "<ofd:PublicRes>R.xml</ofd:PublicRes>";
  const std::string open = "<ofd:Res xmlns:ofd=\"x\" BaseLoc=\"Res\">";
  const auto with = [&](const std::string& resources) {
    source.more = {{"Doc_0/R.xml", open + resources + "</ofd:Res>", true}};
    return read_within_bounds(ofd_of(source));
  };
  EXPECT_EQ(with(repeated("<ofd:Font ID=\"1\" FontName=\"Symbol\"/>", 1 << 20)), "");
  std::string params;
  std::string media;
  for (int i = 0; i < 300000; ++i) {
    const std::string id = std::to_string(i);
    params += "<ofd:DrawParam ID=\"" + id + "\" Relative=\"" + std::to_string(i + 1) + "\"/>";
    media += "<ofd:MultiMedia ID=\"" + id + "\"><ofd:MediaFile>" + id + "</ofd:MediaFile></ofd:MultiMedia>";
  }
  EXPECT_EQ(with(params), "");
  source.more = {{"Doc_0/R.xml", open + media + "</ofd:Res>", true}};
  for (int i = 0; i < 9000; ++i) source.more.push_back({"Doc_0/Res/x" + std::to_string(i) + ".png", ""});
  EXPECT_EQ(read_within_bounds(ofd_of(source)), "");
  source.more.clear();
  source.common = repeated("<ofd:TemplatePage ID=\"7\" BaseLoc=\"Pages/Page_0/Content.xml\"/>", 300000);
  EXPECT_EQ(read_within_bounds(ofd_of(source)), "too-large");
}

TEST(OfdHostile, DrawingsOfDrawings) {
  // Each holds the next one ten times over.
  std::string units;
  for (int i = 0; i < 7; ++i) {
    units += "<ofd:CompositeGraphicUnit ID=\"" + std::to_string(i) + "\"><ofd:Content>" +
             repeated("<ofd:CompositeObject ResourceID=\"" + std::to_string(i + 1) + "\"/>", 10) +
             "</ofd:Content></ofd:CompositeGraphicUnit>";
  }
  OfdSource source;
  source.pages = {"<ofd:CompositeObject ResourceID=\"0\"/>"};
  source.common = "<ofd:DocumentRes>R.xml</ofd:DocumentRes>";
  source.more = {{"Doc_0/R.xml", "<ofd:Res xmlns:ofd=\"x\">" + units + "</ofd:Res>", true}};
  EXPECT_EQ(read_within_bounds(ofd_of(source)), "too-large");
}

TEST(PageHostile, TwentyThousandRulesInEveryArrangement) {
  PageMaker lattice;
  PageMaker boxes;
  PageMaker strokes;
  PageMaker tables;
  for (int i = 0; i < 10000; ++i) {
    const float at = static_cast<float>(i) * 8;
    lattice.across(at, 0, 80000).upright(at, 0, 80000);
    const float x = static_cast<float>(i % 100) * 9;
    const float y = static_cast<float>(i / 100) * 9;
    if (i < 5000) boxes.table({x, x + 6}, {y, y + 6}, "| |");
    strokes.across(y, x, x + 5).upright(x + 4, y - 3, y + 5);
    if (i < 2800) tables.table({x, x + 3, x + 5}, {y, y + 5}, "| | |");
  }
  EXPECT_EQ(read_pages({lattice.page()}), "too-many-cells");
  EXPECT_EQ(read_pages({boxes.page()}), "");
  read_pages({strokes.page()});
  read_pages({tables.page()});
}

TEST(PageHostile, TablesInTablesAndGlyphsInNone) {
  PageMaker page;
  for (int i = 0; i < 1900; ++i) {
    const float at = static_cast<float>(i) * 10;
    page.table({at, at + 5, 60000 - at}, {at, 60000 - at}, "| | |");
  }
  for (int i = 0; i < 100000; ++i) page.text(static_cast<float>(i % 1000) * 9, 70000 + static_cast<float>(i / 1000) * 9, "字");
  page.page().width = page.page().height = 100000;
  read_pages({page.page()});
}

TEST(PageHostile, ALineForEachOfManyGlyphs) {
  PageMaker page(1, 600, 999999);
  for (int i = 0; i < 600000; ++i) page.text(20, static_cast<float>(i) * 1.5F + 20, "字", 1);
  EXPECT_EQ(read_pages({page.page()}), "too-large");
}

TEST(PageHostile, AThousandPagesOfOneTableWithColumnsOfTheirOwn) {
  std::vector<Page> pages;
  for (int i = 0; i < 1000; ++i) {
    PageMaker page(i + 1);
    std::vector<float> columns = {50};
    for (int c = 1; c < 12; ++c) columns.push_back(50 + static_cast<float>(c) * 40 + static_cast<float>((i * 7 + c * 13) % 37));
    columns.push_back(550);
    page.table(columns, {50, 70, 90, 110},
               "| 甲 | 乙 | 丙 | | | | | | | | | |\n| | | | | | | | | | | | |\n| 丁 | 5 | | | | | | | | | | |\n");
    pages.push_back(page.page());
  }
  read_pages(pages);
}

}  // namespace
}  // namespace jiheng::reading
