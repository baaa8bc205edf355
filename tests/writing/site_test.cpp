// The pages of what is published.
#include <gtest/gtest.h>

#include "base/text.h"
#include "writing/site/site.h"

namespace jiheng::writing {
namespace {

GoalTable table() {
  GoalTable made;
  made.unit_name = "甲局";
  made.project_name = "<b>道路</b>&\"养护\"";
  made.amount = "120";
  Indicator indicator;
  indicator.level1 = "产出指标";
  indicator.level2 = "数量指标";
  indicator.level3 = "=SUM(1)</script>";
  indicator.comparator = Comparator::at_least;
  indicator.value = "30";
  indicator.unit = "公里";
  made.indicators = {indicator};
  return made;
}

SiteUnit unit(const std::string& code = "201001", const std::string& name = "甲<局>") {
  SiteUnit made;
  made.code = code;
  made.name = name;
  made.section = "预算股";
  made.year = 2026;
  made.version = "JH3-4444-4444-4444";
  made.approved = "2026-03-02";
  made.published = "2026-03-03";
  made.downloads = {{"docx", std::string(64, 'a'), 2048}};
  return made;
}

TEST(Site, EachUnitHasAPlaceOfItsOwn) {
  std::vector<SiteUnit> units{unit(), unit(), unit("../x/ y", "乙局"), unit("")};
  set_stems(units);
  EXPECT_EQ(units[0].stem, "2026/201001");
  EXPECT_EQ(units[1].stem, "2026/201001_2");
  EXPECT_EQ(units[2].stem, "2026/___x__y");
  EXPECT_EQ(units[3].stem, "2026/unit");
}

TEST(Site, NothingThatUnitsWriteBecomesMarkup) {
  std::vector<SiteUnit> units{unit()};
  set_stems(units);
  summarise(units[0], {table()});
  const SiteHead head{"财政<局>", true, "湖南省<株洲市>"};
  for (const std::string& page :
       {index_page(head, units, 2026, IndexPlace::front), unit_page(head, units[0], {table()}), compare_page(head)}) {
    for (const char* text : {"<b>", "甲<局>", "财政<局>", "<株洲市>", "</script>&"}) EXPECT_FALSE(contains(page, text)) << text;
    // No script stands in the page, nothing comes from elsewhere.
    EXPECT_FALSE(contains(page, "<script>"));
    EXPECT_FALSE(contains(page, "http"));
  }
}

TEST(Site, APageIsReadWithoutAScript) {
  std::vector<SiteUnit> units{unit()};
  set_stems(units);
  summarise(units[0], {table()});
  const std::string index = index_page({"财政局", false, {}}, units, 2026, IndexPlace::front);
  EXPECT_TRUE(contains(index, "id=\"finder\" role=\"search\" data-words=\"2026/words.js\" hidden"));
  EXPECT_TRUE(contains(index, "href=\"2026/201001.html\""));
  EXPECT_FALSE(contains(index, "compare.html"));
  const std::string page = unit_page({"财政局", false, {}}, units[0], {table()});
  EXPECT_FALSE(contains(page, "<script"));
  EXPECT_TRUE(contains(page, "data-head=\"指标值\""));
  EXPECT_TRUE(contains(page, std::string(64, 'a')));
}

TEST(Site, EachYearHasAnIndexOfItsOwn) {
  std::vector<SiteUnit> units{unit(), unit("201001", "乙局")};
  units[1].year = 2025;
  set_stems(units);
  const std::string front = index_page({"财政局", false, {}}, units, 2026, IndexPlace::front);
  EXPECT_TRUE(contains(front, "href=\"2025/index.html\">2025年"));
  EXPECT_TRUE(contains(front, "data-words=\"2026/words.js\""));
  EXPECT_FALSE(contains(front, "乙局"));
  const std::string before = index_page({"财政局", false, {}}, units, 2025, IndexPlace::folder);
  EXPECT_TRUE(contains(before, "href=\"201001.html\">乙局"));
  EXPECT_TRUE(contains(before, "href=\"../2026/index.html\">2026年"));
  EXPECT_TRUE(contains(before, "data-words=\"words.js\""));
  EXPECT_TRUE(contains(before, "src=\"../search.js\""));
}

TEST(Site, TheDataIsSafeInASpreadsheetAndExact) {
  SiteData data;
  data.add(unit(), {table()});
  EXPECT_TRUE(contains(data.csv(), "\"'=SUM(1)</script>\",\"≥\",\"30\""));
  EXPECT_TRUE(contains(data.json(), "\"comparator\":\">=\",\"value\":\"30\""));
  EXPECT_TRUE(contains(words_script({unit()}), "window.jiheng_words = {"));
}

}  // namespace
}  // namespace jiheng::writing
