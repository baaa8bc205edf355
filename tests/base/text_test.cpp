#include "base/text.h"

#include <gtest/gtest.h>

#include "base/likeness.h"
#include "base/shown_text.h"

namespace jiheng {
namespace {

TEST(Normalise, FullWidthLettersDigitsAndSignsBecomeHalfWidth) {
  EXPECT_EQ(normalise("＞９５％"), ">95%");
  EXPECT_EQ(normalise("２０２６年Ａ类"), "2026年A类");
}

TEST(Normalise, ChinesePunctuationStaysAsPrinted) {
  EXPECT_EQ(normalise("（含）以上，其中：一。"), "（含）以上，其中：一。");
}

TEST(Normalise, WhiteSpaceMadeByWrappingGoesAndOtherSpaceStays) {
  EXPECT_EQ(normalise("及时完成\n 各项工作"), "及时完成各项工作");
  EXPECT_EQ(normalise("GDP  增速 5 %"), "GDP 增速 5 %");
  EXPECT_EQ(normalise("  \u3000一\u3000"), "一");
  EXPECT_EQ(normalise(" \n "), "");
}

TEST(Normalise, WhatChangesIsFoundWhereverItStands) {
  for (std::size_t before = 0; before < 40; ++before) {
    std::string front;
    for (std::size_t i = 0; i < before; ++i) front += i % 5 == 4 ? "，" : "绩";
    for (const std::string_view back : {"", "效", "，效≥95%、好。（一）：；！？《甲》", "abc"}) {
      const std::string same = front + std::string(back);
      EXPECT_EQ(normalise(same), same);
      EXPECT_EQ(normalise(front + "９" + std::string(back)), front + "9" + std::string(back));
      EXPECT_EQ(normalise(front + "％" + std::string(back)), front + "%" + std::string(back));
      EXPECT_EQ(normalise(front + "Ａ" + std::string(back)), front + "A" + std::string(back));
      EXPECT_EQ(normalise(front + "ｚ" + std::string(back)), front + "z" + std::string(back));
      EXPECT_EQ(normalise(front + "\u3000效" + std::string(back)), front + "效" + std::string(back));
      EXPECT_EQ(normalise(front + "\u200B" + std::string(back)), same);
      EXPECT_EQ(normalise(same + " "), same);
    }
  }
}

TEST(Utf8, DamagedBytesAreSeenAndDecodingNeverRunsPastTheEnd) {
  EXPECT_TRUE(is_valid_utf8("绩效\U00020000"));
  for (const std::string_view damaged : {"\xE7\xBB", "\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80"}) {
    EXPECT_FALSE(is_valid_utf8(damaged));
    std::size_t at = 0;
    while (at < damaged.size()) next_code_point(damaged, at);
    EXPECT_EQ(at, damaged.size());
  }
}

TEST(Utf8, WhatAStrangerSentIsShownInWholeCharacters) {
  EXPECT_EQ(shown_text("127.0.0.\xCA"), "127.0.0.\uFFFD");
  EXPECT_EQ(shown_text("某局某处", 2), "某局");
}

TEST(FoldLabel, DropsSpaceColonsAndBrackets) {
  EXPECT_EQ(fold_label("填报单位（盖章）："), "填报单位盖章");
  EXPECT_EQ(fold_label("填报单位（盖章）：", true), "填报单位");
}

TEST(Likeness, IsHighForASlipAndLowForOtherNames) {
  EXPECT_EQ(likeness_percent("故障修复", "故障修复"), 100);
  EXPECT_GT(likeness_percent("株洲市渌口区财政局", "株洲市珠口区财政局"), 60);
  EXPECT_EQ(likeness_percent("教育局", "水利站"), 0);
  EXPECT_EQ(edit_distance("株洲市渌口区财政局", "株洲市珠口区财政局"), 1);
}

}  // namespace
}  // namespace jiheng
