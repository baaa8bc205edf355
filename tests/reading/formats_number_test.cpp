#include <gtest/gtest.h>

#include <string>

#include "reading/formats/number_format.h"
#include "reading/formats/stored_number.h"

namespace jiheng::reading {
namespace {

std::string stored(std::string_view text) {
  const auto number = parse_stored_number(text);
  return number ? number->plain() : "none";
}

std::string shown(std::string_view format, std::string_view value) {
  return NumberFormat(format).show(*parse_stored_number(value), false).text;
}

TEST(StoredNumber, HasFifteenSignificantDigitsAndNoExponent) {
  EXPECT_EQ(stored("0.9379999999999999"), "0.938");
  EXPECT_EQ(stored("10891.615675"), "10891.615675");
  EXPECT_EQ(stored("1813.7700000000002"), "1813.77");
  EXPECT_EQ(stored("123456789012345678"), "123456789012346000");
  EXPECT_EQ(stored("999999999999999.9"), "1000000000000000");
  EXPECT_EQ(stored("1.5E+10"), "15000000000");
  EXPECT_EQ(stored("5e-5"), "0.00005");
  EXPECT_EQ(stored("-0.50"), "-0.5");
  EXPECT_EQ(stored("-0"), "0");
  EXPECT_EQ(stored("007"), "7");
}

TEST(StoredNumber, WhatIsNoNumberIsNone) {
  for (const char* text : {"", "-", ".", "1e", "1.2.3", "12a", "1E+999999", " 1", "NaN"}) EXPECT_EQ(stored(text), "none") << text;
}

TEST(NumberFormat, DigitsGroupsAndPlaces) {
  EXPECT_EQ(shown("0", "2.5"), "3");
  EXPECT_EQ(shown("0.00", "0.005"), "0.01");
  EXPECT_EQ(shown("#,##0.00", "1234567.891"), "1,234,567.89");
  EXPECT_EQ(shown("#,##0", "999"), "999");
  EXPECT_EQ(shown("#.##", "0.5"), ".5");
  EXPECT_EQ(shown("0.##", "2"), "2.");
  EXPECT_EQ(shown("000", "7"), "007");
  EXPECT_EQ(shown("0.0", "-0.04"), "0.0");
  EXPECT_EQ(shown("0-00", "1234"), "12-34");
}

TEST(NumberFormat, PercentAndScale) {
  EXPECT_EQ(shown("0%", "0.955"), "96%");
  EXPECT_EQ(shown("0.00%", "-0.01"), "-1.00%");
  EXPECT_EQ(shown("#,##0.0,", "1234567"), "1,234.6");
  EXPECT_EQ(shown("0!.0,\"万\"", "123456"), "12.3万");
}

TEST(NumberFormat, SectionsForNegativeZeroAndConditions) {
  EXPECT_EQ(shown("0.0;(0.0);\"-\"", "-3"), "(3.0)");
  EXPECT_EQ(shown("0.0;(0.0);\"-\"", "0"), "-");
  EXPECT_EQ(shown("[Red][>=100]\"高\"0;[<0]\"负\"0;\"低\"0", "150"), "高150");
  EXPECT_EQ(shown("[Red][>=100]\"高\"0;[<0]\"负\"0;\"低\"0", "50"), "低50");
  EXPECT_EQ(shown("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-1234.5"), "-1,234.50");
}

TEST(NumberFormat, LiteralsCurrenciesAndCodesInBrackets) {
  EXPECT_EQ(shown("[$¥-804]#,##0.00", "12"), "¥12.00");
  EXPECT_EQ(shown("[DBNum1][$-804]0\"年\"", "3"), "3年");
  EXPECT_EQ(shown("\\第0\"次\"", "2"), "第2次");
  EXPECT_EQ(shown("\"合格\"", "1"), "合格");
  EXPECT_EQ(shown("General\"万元\"", "12.5"), "12.5万元");
}

TEST(NumberFormat, FractionsAndExponentsAreShownAsStored) {
  EXPECT_EQ(shown("# ?/?", "0.5"), "0.5");
  EXPECT_EQ(shown("0.00E+00", "12345"), "12345");
}

TEST(NumberFormat, DatesAndTimes) {
  EXPECT_EQ(shown("yyyy\"年\"m\"月\"d\"日\"", "46387"), "2026年12月31日");
  EXPECT_EQ(shown("yy-mm-dd", "46023"), "26-01-01");
  EXPECT_EQ(shown("h:mm AM/PM", "0.75"), "6:00 PM");
  EXPECT_EQ(shown("上午/下午h\"时\"mm\"分\"", "0.25"), "上午6时00分");
  EXPECT_EQ(shown("[h]:mm:ss", "1.5"), "36:00:00");
  EXPECT_EQ(shown("mm:ss", "0.000694444444444444"), "01:00");
  EXPECT_EQ(shown("yyyy/m/d", "59"), "1900/2/28");
  EXPECT_EQ(shown("yyyy/m/d", "61"), "1900/3/1");
  EXPECT_EQ(shown("yyyy/m/d aaaa", "46387"), "2026/12/31 星期四");
  EXPECT_EQ(shown("yyyy/m/d", "99999999"), "99999999");
}

TEST(NumberFormat, FormatsThatMakeNoSenseHarmNothing) {
  for (const char* format : {"", ";", ";;;", "[", "\"", "\\", "_", "*", "[$", "0.0.0", "%%%", ",", "E+", "@@", "[>=]0"}) {
    EXPECT_NO_THROW(shown(format, "12.5")) << format;
  }
}

}  // namespace
}  // namespace jiheng::reading
