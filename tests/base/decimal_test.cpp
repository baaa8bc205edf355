#include "base/decimal.h"

#include <gtest/gtest.h>

namespace jiheng {
namespace {

Decimal d(const char* text) {
  return *Decimal::parse(text);
}

TEST(Decimal, KeepsPrintedDigitsAndComparesByValue) {
  EXPECT_EQ(d("13459.00").text(), "13459.00");
  EXPECT_EQ(d("13459.00").plain(), "13459");
  EXPECT_EQ(d("1.50"), d("1.5"));
  EXPECT_LT(d("-0.1"), d("0"));
  EXPECT_EQ(d("-0.05").text(), "-0.05");
  EXPECT_EQ(d("-0").plain(), "0");
}

TEST(Decimal, RefusesWhatIsNotANumber) {
  for (const char* text : {"", "-", ".", "1.", ".5", "1e3", "1,000", " 1", "１", "0x1", "1.2.3"})
    EXPECT_FALSE(Decimal::parse(text)) << text;
  EXPECT_FALSE(Decimal::parse("1234567890123456789012345678901234567"));
}

TEST(Decimal, AddsTenthsExactly) {
  EXPECT_EQ((d("0.1") + d("0.2")).text(), "0.3");
  EXPECT_EQ((d("1303.77") + d("510")).text(), "1813.77");
  EXPECT_EQ((d("510") - d("350") - d("120") - d("30")).plain(), "10");
}

TEST(Decimal, RoundsHalfAwayFromZero) {
  EXPECT_EQ(d("2.345").rounded(2).text(), "2.35");
  EXPECT_EQ(d("-2.345").rounded(2).text(), "-2.35");
  EXPECT_EQ(d("2.349").cut(2).text(), "2.34");
  EXPECT_EQ(Decimal::quotient(d("2"), d("3"), 4).text(), "0.6667");
  EXPECT_EQ(Decimal::quotient_cut(d("2"), d("3"), 4).text(), "0.6666");
}

}  // namespace
}  // namespace jiheng
