#include "policy/pack.h"

#include <gtest/gtest.h>

#include <string>

namespace jiheng::policy {
namespace {

TEST(Packs, EveryShippedPackReads) {
  const auto names = pack_names();
  ASSERT_GE(names.size(), 3U);
  for (const std::string& name : names) {
    const auto pack = find_pack(name);
    ASSERT_TRUE(pack.ok()) << name << ": " << pack.error().message;
    EXPECT_EQ((*pack)->name, name);
    EXPECT_FALSE((*pack)->basis.empty());
    Decimal sum;
    for (const Decimal& points : (*pack)->audit.aspect_points) sum += points;
    EXPECT_EQ(sum, Decimal(100)) << name << ": the four aspects of the audit sheet sum to 100 points";
  }
}

TEST(Packs, NoNameMeansTheNationalOne) {
  ASSERT_TRUE(find_pack("").ok());
  EXPECT_EQ(*find_pack(""), *find_pack("cn-2020"));
}

TEST(Packs, AnUnknownNameIsAnExpectedFailure) {
  for (const char* name : {"cn-1999", "cn-2020.yaml", "../cn-2020", "cn-"}) {
    const auto pack = find_pack(name);
    ASSERT_FALSE(pack.ok()) << name;
    EXPECT_EQ(pack.error().code, "unknown-pack");
  }
}

TEST(Packs, ACountyOverridesSingleParametersAndInheritsTheRest) {
  const Pack& county = **find_pack("lukou-2026");
  const Pack& nation = **find_pack("cn-2020");
  EXPECT_EQ(county.audit.required_levels.size(), nation.audit.required_levels.size() + 1);
  EXPECT_EQ(county.audit.words.vague.words(), nation.audit.words.vague.words());
  EXPECT_EQ(county.audit.grades.size(), 4U);
  EXPECT_TRUE(county.audit.cost_required_for.in("办公楼修缮工程"));
}

TEST(Packs, APackWithAMissingParameterIsRefusedByName) {
  const embedded::File files[] = {{"half.yaml", "name: half\nversion: 1\ntitle: t\nplace: p\n"}};
  const auto pack = read_pack("half", files);
  ASSERT_FALSE(pack.ok());
  EXPECT_EQ(pack.error().code, "pack-shape");
  EXPECT_NE(pack.error().message.find("region_code"), std::string::npos);
}

TEST(Packs, DamagedFilesAndCirclesAreRefused) {
  const embedded::File files[] = {{"broken.yaml", "name: [a, b\n: :"},
                                  {"list.yaml", "- a\n- b\n"},
                                  {"a.yaml", "name: a\ninherits: b\n"},
                                  {"b.yaml", "name: b\ninherits: a\n"},
                                  {"key.yaml", "name: key\ninherits: cn\n? [a, b]\n: c\n"},
                                  {"cn.yaml", "name: cn\n"},
                                  {"gbk.yaml", "name: gbk\ninherits: \xD5\xFE\n"},
                                  {"wide.yaml", std::string_view("n\0:\0", 4)},
                                  {"orphan.yaml", "name: orphan\ninherits: nobody\n"}};
  EXPECT_EQ(read_pack("broken", files).error().code, "pack-syntax");
  EXPECT_EQ(read_pack("list", files).error().code, "pack-shape");
  EXPECT_EQ(read_pack("a", files).error().code, "pack-shape");
  EXPECT_EQ(read_pack("gbk", files).error().code, "pack-syntax");
  EXPECT_EQ(read_pack("wide", files).error().code, "pack-syntax");
  EXPECT_EQ(read_pack("key", files).error().code, "pack-shape");
  const auto orphan = read_pack("orphan", files);
  EXPECT_EQ(orphan.error().code, "unknown-pack");
  EXPECT_EQ(orphan.error().context, std::vector<std::string>{"orphan"});
}

TEST(WordLists, TheLongestWordThatBeginsFirstIsFound) {
  const WordList words("率 合格率 % 及时");
  EXPECT_EQ(words.find("产品合格率"), "合格率");
  EXPECT_EQ(words.find("及时合格率"), "及时");
  EXPECT_EQ(words.suffix_of("产品合格率"), "合格率");
  EXPECT_EQ(words.prefix_of("及时率"), "及时");
  EXPECT_TRUE(words.in("95%"));
  EXPECT_FALSE(words.in("数量"));
  EXPECT_FALSE(words.in(""));
  EXPECT_EQ(words.replaced("及时办结率", "|"), "|办结|");
  EXPECT_TRUE(WordList().find("任何").empty());
}

TEST(WordLists, DamagedTextIsSearchedWithoutHarm) {
  const WordList words("率 合格率 %");
  EXPECT_FALSE(words.in("\xE7\x8E"));
  EXPECT_FALSE(words.in("\x80\x80\xFF"));
  EXPECT_TRUE(words.in("\xFF率"));
}

}  // namespace
}  // namespace jiheng::policy
