#include "base/word_map.h"

#include <gtest/gtest.h>

namespace jiheng {
namespace {

TEST(WordMap, KnowsItsWordsAndNoOthers) {
  std::vector<WordMap<int>::Entry> entries;
  add_words(entries, "指标值 目标值 年度指标值 年度目标 a ab abc", 1);
  add_words(entries, "权重 分值 目标值", 2);
  const WordMap<int> map(entries);
  EXPECT_EQ(*map.find("年度目标"), 1);
  EXPECT_EQ(*map.find("分值"), 2);
  EXPECT_EQ(*map.find("目标值"), 1) << "the first meaning stands";
  for (const std::string_view absent : {"", "指标", "年度目标值", "目标值指", "abcd", "b", "年度指标值的很长很长的一个说明，不是一个栏名"})
    EXPECT_EQ(map.find(absent), nullptr) << absent;
}

TEST(WordMap, NeverDeniesABeginning) {
  std::vector<WordMap<int>::Entry> entries;
  add_words(entries, "指标值 目标 权重", 1);
  const WordMap<int> map(entries);
  for (const std::string_view text : {"指标值（年）", "目标一", "权重"}) EXPECT_TRUE(map.may_begin(text)) << text;
  EXPECT_FALSE(map.may_begin("完成情况"));
}

}  // namespace
}  // namespace jiheng
