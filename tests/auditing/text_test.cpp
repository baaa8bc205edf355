// The small readers of text that the rules stand on: deadlines, slips of the pen, names.
#include <gtest/gtest.h>

#include <random>

#include "auditing/deadline.h"
#include "auditing/names.h"
#include "auditing/slips.h"
#include "auditing/submission.h"

namespace jiheng::auditing {
namespace {

std::string deadline(std::string_view text) {
  const auto found = last_deadline(text);
  return found ? std::to_string(found->year) + "-" + std::to_string(found->month) : "none";
}

TEST(Deadlines, AreReadAsFormsWriteThem) {
  EXPECT_EQ(deadline("2026年12月31日前完成"), "2026-12");
  EXPECT_EQ(deadline("2027年6月底前"), "2027-6");
  EXPECT_EQ(deadline("2026年内"), "2026-12");
  EXPECT_EQ(deadline("2026年底"), "2026-12");
  EXPECT_EQ(deadline("2026年"), "2026-12");
  EXPECT_EQ(deadline("2026.6.30前完成"), "2026-6");
  EXPECT_EQ(deadline("2026-06-30"), "2026-6");
  EXPECT_EQ(deadline("2025年11月完成招标，2026年9月底前竣工"), "2026-9") << "the last one counts";
}

TEST(Deadlines, AYearThatStandsForSomethingElseIsNone) {
  for (const char* text : {"较2025年明显改善", "比2025年提高5个百分点", "按《2025年农村公路养护办法》执行", "财预〔2020〕10号",
                           "在2025年基础上提升", "2025年度考核优秀", "服务2025人", "12月31日前完成", "2025-2026学年", "", "20260", "年"}) {
    EXPECT_EQ(deadline(text), "none") << text;
  }
}

TEST(Periods, SpanTheirYears) {
  const auto span = [](std::string_view text) {
    const auto years = years_of(text);
    return years ? std::to_string(years->first) + "-" + std::to_string(years->last) : "none";
  };
  EXPECT_EQ(span("2026年"), "2026-2026");
  EXPECT_EQ(span("2026-2028年"), "2026-2028");
  EXPECT_EQ(span("2026年1月至2027年6月"), "2026-2027");
  EXPECT_EQ(span("20260101-20271231"), "2026-2027");
  EXPECT_EQ(span("长期"), "none");
}

std::string slip(std::string_view text) {
  const auto found = first_slip(text);
  return found ? std::string(found->kind) + " " + found->word : "none";
}

TEST(Slips, OfEveryKindAreFound) {
  EXPECT_EQ(slip("提高全区预算绩效管理水平和；继续开展检查。"), "dangling 和");
  EXPECT_EQ(slip("加强监管以及。"), "dangling 及");
  EXPECT_EQ(slip("确保确保安全"), "doubled-word 确保");
  EXPECT_EQ(slip("全区的的公路"), "doubled-word 的");
  EXPECT_EQ(slip("完成养护，，保障畅通"), "doubled-mark ，，");
  EXPECT_EQ(slip("完成养护。；"), "doubled-mark 。；");
}

TEST(Slips, WellWrittenTextHasNone) {
  for (const char* text : {"发动群众参与，安全知识普及，里程总和。", "一个一个排查……直到安全——完成。", "研究、制定和落实",
                           "天天巡查，人人有责", "2026年年度内完成", "1,000人次", "", "和", "，"}) {
    EXPECT_EQ(slip(text), "none") << text;
  }
}

TEST(Names, AreFoldedTheWayAPersonFollows) {
  const policy::Words& words = (*policy::find_pack(""))->audit.words;
  const auto key = [&](std::string_view name, const Text& unit = std::nullopt) { return indicator_key(name, unit, words); };
  EXPECT_EQ(key("组织开展系统稳定性测试"), key("系统稳定性测试"));
  EXPECT_EQ(key("城镇新增就业人数（人）", "人"), key("城镇新增就业人数"));
  EXPECT_EQ(key("评审项目数量"), key("评审项目数"));
  EXPECT_NE(key("评审项目数"), key("评价项目数"));
  EXPECT_EQ(key("完成率"), "完成率") << "what would leave one character stays";
  EXPECT_EQ(project_core("财政业务专网运行及维护专项", words), "财政业务专网");
  EXPECT_EQ(project_core("2026年国资管理专项经费", words), "国资管理");
  EXPECT_EQ(without("农村公路养护合格率", "农村公路"), "养护合格率");
  EXPECT_EQ(without("农村公路", "农村公路"), "农村公路");
}

TEST(Names, UnitsLoseTheirCodeAndLevel) {
  EXPECT_EQ(bare_unit_name("219001湘阴县交通运输局（本级）"), "湘阴县交通运输局");
  EXPECT_EQ(bare_unit_name("12345"), "12345");
  EXPECT_EQ(bare_unit_name(""), "");
}

/// Whatever the bytes, the readers end and stay within their text (run under AddressSanitizer).
TEST(Texts, AnyBytesAreRead) {
  std::mt19937 random(20261124);
  const std::string_view pieces[] = {"2026", "年", "月",   "日",   "前", "和", "及", "，",   "。",   "的", "发展",
                                     "（",   "）", "\xE5", "\xFF", ".",  "-",  "12", "组织", "数量", " "};
  const policy::Words& words = (*policy::find_pack(""))->audit.words;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    const auto length = random() % 12;
    for (std::size_t i = 0; i < length; ++i) text += pieces[random() % std::size(pieces)];
    const auto found = last_deadline(text);
    if (found) {
      EXPECT_TRUE(contains(text, found->text));
    }
    first_slip(text);
    years_of(text);
    indicator_key(text, Text("人"), words);
    project_core(text, words);
    bare_unit_name(text);
    differing_part(text, "2026年和及的发展");
  }
}

}  // namespace
}  // namespace jiheng::auditing
