// GB/T 2260 with its history.
#include <gtest/gtest.h>

#include "base/regions.h"

namespace jiheng {
namespace {

Date day(const char* text) {
  return *Date::parse(text);
}

TEST(Regions, AreNamedWithWhatTheyLieInOnThatDay) {
  const Regions& regions = Regions::shipped();
  EXPECT_EQ(regions.full_name("430212", day("2026-03-01")), "湖南省株洲市渌口区");
  EXPECT_EQ(regions.full_name("430200", day("2026-03-01")), "湖南省株洲市");
  EXPECT_EQ(regions.full_name("430000", day("2026-03-01")), "湖南省");
  EXPECT_EQ(regions.full_name("999999", day("2026-03-01")), "");
}

TEST(Regions, ACountyThatBecameADistrictIsTheOneOrTheOther) {
  const Regions& regions = Regions::shipped();
  EXPECT_EQ(regions.full_name("430221", day("2018-06-18")), "湖南省株洲市株洲县");
  EXPECT_EQ(regions.full_name("430221", day("2018-06-19")), "");
  EXPECT_EQ(regions.full_name("430212", day("2018-06-18")), "");
  EXPECT_EQ(regions.full_name("430212", day("2018-06-19")), "湖南省株洲市渌口区");
  EXPECT_EQ(regions.last("430221")->successors, std::vector<std::string>{"430212"});
}

TEST(Regions, EverySuccessorIsKnownAndBeginsWhenTheFormerEnds) {
  for (const Region& each : Regions::shipped().all()) {
    for (const std::string& code : each.successors) {
      ASSERT_TRUE(each.to) << each.code;
      const Region* next = Regions::shipped().find(code, *each.to + 1);
      ASSERT_NE(next, nullptr) << code;
      EXPECT_TRUE(next->from && *next->from <= *each.to + 1) << code;
    }
  }
}

TEST(Regions, ABureausOwnFileAddsToThemAndItsFaultsAreNamed) {
  auto own = Regions::read("code,name,from,to,successors,basis\n431022,宜章县,,,,\n430212,渌口,2018-06-19,,,\n");
  ASSERT_TRUE(own);
  Regions all = Regions::shipped();
  all.add(*own);
  EXPECT_EQ(all.full_name("431022", day("2026-01-01")), "湖南省郴州市宜章县");
  EXPECT_EQ(all.full_name("430212", day("2026-01-01")), "湖南省株洲市渌口");
  const std::string head = "code,name,from,to,successors,basis\n";
  for (const char* line : {"43021,渌口区,,,,", "430212,,,,,", "430212,渌口区,2018-6-19,,,", "430212,渌口区,2019-01-01,2018-01-01,,",
                           "430221,株洲县,,2018-06-18,4302,"}) {
    const auto read = Regions::read(head + line);
    ASSERT_FALSE(read) << line;
    EXPECT_EQ(read.error().context, std::vector<std::string>{"2"}) << line;
  }
  EXPECT_FALSE(Regions::read("430212,渌口区\n"));
}

}  // namespace
}  // namespace jiheng
