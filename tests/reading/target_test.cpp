#include "reading/target.h"

#include <gtest/gtest.h>

namespace jiheng::reading {
namespace {

Target read(const TargetCells& cells) {
  static TextPool texts;
  return read_target(
      {texts.normal(cells.value), texts.normal(cells.comparator), texts.normal(cells.unit), texts.normal(cells.name), cells.percent},
      texts);
}

struct Case {
  std::string_view value;
  std::string_view comparator;
  std::string_view unit;
  std::string_view name;
  Comparator expected;
  Text expected_value;
  Text expected_unit;
};

class Targets : public testing::TestWithParam<Case> {};

TEST_P(Targets, AreReadAsTheContractSays) {
  const Case& given = GetParam();
  const Target target = read({given.value, given.comparator, given.unit, given.name, false});
  EXPECT_EQ(target.comparator, given.expected) << given.value;
  EXPECT_EQ(target.value, given.expected_value) << given.value;
  EXPECT_EQ(target.unit, given.expected_unit) << given.value;
}

constexpr Comparator at_least = Comparator::at_least;
constexpr Comparator at_most = Comparator::at_most;
constexpr Comparator qualitative = Comparator::qualitative;

// "`≥95%`, `≧95%`, `>=95 %`, `不低于95%`, `大于等于 95`, `95%以上`, `95%(含)以上` are all `>=`, "95", `%`."
INSTANTIATE_TEST_SUITE_P(
    AtLeast, Targets,
    testing::Values(Case{"≥95%", "", "", "", at_least, "95", "%"}, Case{"≧95%", "", "", "", at_least, "95", "%"},
                    Case{">=95 %", "", "", "", at_least, "95", "%"}, Case{"＞＝９５％", "", "", "", at_least, "95", "%"},
                    Case{"不低于95%", "", "", "", at_least, "95", "%"}, Case{"大于等于 95", "", "%", "", at_least, "95", "%"},
                    Case{"95%以上", "", "", "", at_least, "95", "%"}, Case{"95%(含)以上", "", "", "", at_least, "95", "%"},
                    Case{"98%以上（含98%）", "", "", "", at_least, "98", "%"}, Case{"≥70％（含）", "", "", "", at_least, "70", "%"},
                    Case{"至少3次", "", "", "", at_least, "3", "次"}, Case{"不少于 12 场", "", "", "", at_least, "12", "场"}));

// "`≤ < > =`, 不超过/不高于/不多于/以内/以下, 小于, 大于/超过, 等于 likewise"
INSTANTIATE_TEST_SUITE_P(
    Others, Targets,
    testing::Values(Case{"不超过3%", "", "", "", at_most, "3", "%"}, Case{"不高于 5 万元", "", "", "", at_most, "5", "万元"},
                    Case{"30天以内", "", "", "", at_most, "30", "天"}, Case{"2小时内", "", "", "", at_most, "2", "小时"},
                    Case{"20个工作日内", "", "", "", at_most, "20", "个工作日"}, Case{"2小时以下", "", "", "", at_most, "2", "小时"},
                    Case{"小于3", "", "次", "", Comparator::less_than, "3", "次"},
                    Case{"超过20次", "", "", "", Comparator::more_than, "20", "次"},
                    Case{"等于100%", "", "", "", Comparator::equal, "100", "%"},
                    Case{"13,459.00", "=", "万元", "", Comparator::equal, "13459.00", "万元"},
                    Case{"160", ">", "个", "", Comparator::more_than, "160", "个"},
                    Case{"12", "", "个", "", Comparator::none, "12", "个"}));

// "A text target without any comparator, or one whose comparator is printed 无, is `qualitative`"
INSTANTIATE_TEST_SUITE_P(Qualitative, Targets,
                         testing::Values(Case{"及时完成", "", "", "", qualitative, "及时完成", std::nullopt},
                                         Case{"及时完成", "无", "", "", qualitative, "及时完成", std::nullopt},
                                         Case{"提升", "定性", "无", "", qualitative, "提升", "无"},
                                         Case{"不低于上年度水平", "", "", "", qualitative, "不低于上年度水平", std::nullopt},
                                         Case{"开展至少1次团体心理治疗", "", "", "", qualitative, "开展至少1次团体心理治疗", std::nullopt},
                                         Case{"约300", "", "", "", qualitative, "约300", std::nullopt},
                                         Case{"98%以上（含95%）", "", "", "", qualitative, "98%以上（含95%）", std::nullopt},
                                         Case{"30户（含5户）", "", "", "", qualitative, "30户（含5户）", std::nullopt},
                                         Case{"", "≥", "个", "", at_least, std::nullopt, "个"}));

// "unit before the comparator … =100.00(%) … 90.00(度), 百分比, %(百分比)"
INSTANTIATE_TEST_SUITE_P(
    Spellings, Targets,
    testing::Values(Case{"（%）≥95", "", "", "", at_least, "95", "%"}, Case{"公里≥42.5", "", "", "", at_least, "42.5", "公里"},
                    Case{"=100.00(%)", "", "", "", Comparator::equal, "100.00", "%"},
                    Case{"≤90.00(度)", "", "", "", at_most, "90.00", "度"}, Case{"95", "≥", "%(百分比)", "", at_least, "95", "%"},
                    Case{"95", "大于等于（≥）", "百分比", "", at_least, "95", "%"}, Case{"≥3所学校", "", "", "", at_least, "3", "所学校"},
                    Case{"≥95%。", "", "", "", at_least, "95", "%"}, Case{"90", "", "", "农户满意度(≥**%)", at_least, "90", "%"}));

// "two values in a cell … lost separators, cells that hold only units: … value null or as printed, never a guess"
INSTANTIATE_TEST_SUITE_P(Doubtful, Targets,
                         testing::Values(Case{"1600人、200人", "", "", "", qualitative, "1600人、200人", std::nullopt},
                                         Case{"95%98%", "", "", "", qualitative, "95%98%", std::nullopt},
                                         Case{"290$290%", "", "", "", qualitative, "290$290%", std::nullopt},
                                         Case{"2280次", "", "", "", Comparator::none, "2280", "次"},
                                         Case{"次", "≥", "", "", at_least, std::nullopt, "次"},
                                         Case{"0.95", "≥", "%", "农户满意度", at_least, "0.95", "%"}));

TEST(Target, WhatIsDoubtfulLeavesANote) {
  for (const char* value : {"1600人、200人", "95%98%", "290$290%"})
    EXPECT_EQ(read({value, "", "", "", false}).note_code, "value-ambiguous");
  EXPECT_EQ(read({"次", "≥", "", "", false}).note_code, "value-ambiguous");
  EXPECT_EQ(read({"0.95", "≥", "%", "农户满意度", false}).note_code, "value-ambiguous");
  EXPECT_EQ(read({"46356", "", "", "验收完成时间", false}).note_code, "value-ambiguous");
  const Target error = read({"#NAME?", "≥", "%", "", false});
  EXPECT_EQ(error.note_code, "value-ambiguous");
  EXPECT_EQ(error.value, std::nullopt);
  EXPECT_EQ(read({"0.5", "≤", "%", "渠道漏损率", false}).note_code, "");
  EXPECT_EQ(read({"3", "≥", "%", "节水率", false}).note_code, "");
}

TEST(Target, ARangeHasTwoBounds) {
  const Target target = read({"95%-98%", "", "", "", false});
  EXPECT_EQ(target.value, "95");
  EXPECT_EQ(target.upper, "98");
  EXPECT_EQ(target.unit, "%");
}

TEST(Target, ASentenceThatIsTheNameWithOneNumberIsThatNumber) {
  const Target target = read({"居民参与率不低于100%", "", "", "居民参与率不低于100%", false});
  EXPECT_EQ(target.comparator, at_least);
  EXPECT_EQ(target.value, "100");
  EXPECT_EQ(target.unit, "%");
}

TEST(Target, AUnitInTheNamesBracketsIsTakenWithANote) {
  const Target target = read({"500", "≥", "", "城镇新增就业人数（人）", false});
  EXPECT_EQ(target.unit, "人");
  EXPECT_EQ(target.note_code, "unit-from-name");
}

TEST(Target, NumbersInASentenceLeaveANote) {
  EXPECT_EQ(read({"开展至少1次团体心理治疗", "", "", "", false}).note_code, "value-in-sentence");
  EXPECT_EQ(read({"3次或5次", "", "", "", false}).note_code, "value-ambiguous");
  EXPECT_EQ(read({"约300", "", "", "", false}).note_code, "value-ambiguous");
}

TEST(Target, ASpreadsheetPercentIsAPercent) {
  const Target target = read({"93.8", "≥", "", "", true});
  EXPECT_EQ(target.value, "93.8");
  EXPECT_EQ(target.unit, "%");
}

TEST(Numbers, LoseTheirSeparatorsAndKeepTheirDigits) {
  TextPool texts;
  EXPECT_EQ(number_of("1,813.770", texts), "1813.770");
  EXPECT_EQ(number_of("+12", texts), "12");
  EXPECT_EQ(number_of("−1.50", texts), "-1.50");
  EXPECT_EQ(number_of("12,34", texts), std::nullopt);
  EXPECT_EQ(number_of("1e5", texts), std::nullopt);
  EXPECT_EQ(number_of(std::string(60, '9'), texts), std::nullopt);
  EXPECT_EQ(amount_of("350万元", texts), "350");
  EXPECT_EQ(amount_of("1，813.77元", texts), "1813.77");
}

}  // namespace
}  // namespace jiheng::reading
