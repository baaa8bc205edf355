// Which painted paths are ruling lines.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "pdf_maker.h"
#include "pdf_pages.h"
#include "reading/dotted_lines.h"

namespace jiheng::reading {
namespace {

std::vector<Rule> rules_of(std::string_view content, std::string_view resources = "") {
  return first_page(PdfMaker().page(content, resources)).rules;
}

void expect_box(const Rule& rule, float left, float top, float right, float bottom) {
  EXPECT_NEAR(rule.box.left, left, 0.01);
  EXPECT_NEAR(rule.box.top, top, 0.01);
  EXPECT_NEAR(rule.box.right, right, 0.01);
  EXPECT_NEAR(rule.box.bottom, bottom, 0.01);
}

TEST(PdfRules, StrokesAreAsThickAsTheirPen) {
  const auto rules = rules_of("2 w 100 700 m 300 700 l S q 2 0 0 2 0 0 cm 0.5 w 10 10 m 10 60 l S Q");
  ASSERT_EQ(rules.size(), 2U);
  expect_box(rules[0], 100, 99, 300, 101);
  expect_box(rules[1], 19.5, 680, 20.5, 780);
  EXPECT_TRUE(rules[0].across());
  EXPECT_FALSE(rules[1].across());
}

TEST(PdfRules, TheSidesOfAStrokedRectangle) {
  EXPECT_EQ(rules_of("100 100 200 50 re S").size(), 4U);
  EXPECT_EQ(rules_of("100 100 m 300 100 l 300 150 l 100 150 l s").size(), 4U);
}

TEST(PdfRules, ThinFilledRectangles) {
  const auto rules = rules_of("100 700 200 0.48 re f 100 600 0.48 80 re f*");
  ASSERT_EQ(rules.size(), 2U);
  expect_box(rules[0], 100, 99.52F, 300, 100);
  // Mitred sides, as browsers paint borders.
  EXPECT_EQ(rules_of("100 700 m 300 700 l 299 699 l 101 699 l h f").size(), 1U);
  // A frame painted as one surface with a hole.
  EXPECT_EQ(rules_of("100 100 200 50 re 101 101 198 48 re f*").size(), 4U);
}

TEST(PdfRules, NeitherSurfacesNorSlantsNorCurvesNorDots) {
  EXPECT_TRUE(rules_of("0.9 g 100 100 200 50 re f").empty());
  EXPECT_TRUE(rules_of("100 100 m 300 200 l S").empty());
  EXPECT_TRUE(rules_of("100 100 m 150 100 200 100 300 100 c S").empty());
  EXPECT_TRUE(rules_of("100 100 0.5 0.5 re f").empty());
  EXPECT_TRUE(rules_of("20 w 100 100 m 300 100 l S").empty());
}

TEST(PdfRules, DotsWithoutAPlaceAreNone) {
  std::vector<Rule> dots;
  for (int i = 0; i < 40; ++i) {
    const auto left = static_cast<float>(i) * 2;
    dots.push_back({{left, 10, left + 1, 11}});
    dots.push_back({{left, std::nanf(""), left + 1, std::nanf("")}});
    dots.push_back({{std::numeric_limits<float>::infinity(), 10, std::numeric_limits<float>::infinity(), 11}});
  }
  std::vector<Rule> rules;
  add_dotted_lines(dots, rules);
  ASSERT_EQ(rules.size(), 1U);
  expect_box(rules[0], 0, 10, 79, 11);
}

TEST(PdfRules, DotsInARowAreALine) {
  // As browsers paint dotted borders, each dot by itself.
  std::string across;
  std::string upright;
  for (int i = 0; i < 20; ++i) {
    across += std::to_string(100 + 2 * i) + " 700 1 1 re f ";
    upright += "100 " + std::to_string(600 + 2 * i) + " 0.75 0.75 re f ";
  }
  const auto rules = rules_of(across + upright);
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_TRUE(rules[0].across());
  expect_box(rules[0], 100, 99, 139, 100);
  EXPECT_FALSE(rules[1].across());
  // The corners of a table's cells are none.
  EXPECT_TRUE(rules_of("100 700 0.5 0.5 re f 150 700 0.5 0.5 re f 200 700 0.5 0.5 re f 250 700 0.5 0.5 re f 300 700 0.5 0.5 re f").empty());
}

TEST(PdfRules, LinesThatCannotBeSeen) {
  EXPECT_TRUE(rules_of("1 G 100 100 m 300 100 l S").empty());
  EXPECT_TRUE(rules_of("1 1 1 RG 100 100 m 300 100 l S").empty());
  EXPECT_TRUE(rules_of("0 0 0 0 K 100 100 m 300 100 l S").empty());
  EXPECT_TRUE(rules_of("/C CS 1 1 1 SC 100 100 m 300 100 l S", "/ColorSpace << /C [/CalRGB << >>] >>").empty());
  EXPECT_TRUE(rules_of("/C CS 0 SCN 100 100 m 300 100 l S", "/ColorSpace << /C [/Separation /All /DeviceGray << >>] >>").empty());
  EXPECT_TRUE(rules_of("1 g 100 100 200 0.5 re f").empty());
  EXPECT_TRUE(rules_of("/G gs 100 100 m 300 100 l S", "/ExtGState << /G << /CA 0 >> >>").empty());
  EXPECT_TRUE(rules_of("0 0 50 50 re W n 100 100 m 300 100 l S").empty());
  EXPECT_TRUE(rules_of("100 100 200 50 re n").empty());
  // White on a dark head row is seen.
  EXPECT_EQ(rules_of("0 0 0.5 rg 50 50 400 100 re f 1 G 100 100 m 300 100 l S").size(), 1U);
}

TEST(PdfRules, AreCutWhereTheyAreClipped) {
  const auto rules = rules_of("q 0 0 200 800 re W n 100 100 m 300 100 l S Q 100 200 m 300 200 l S");
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_FLOAT_EQ(rules[0].box.right, 200);
  EXPECT_FLOAT_EQ(rules[1].box.right, 300);
}

TEST(PdfRules, APictureOfOneDotDrawnLongIsALine) {
  PdfMaker maker;
  const int dot = maker.add_stream("x", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray");
  const Page page = first_page(maker.page("q 200 0 0 0.5 100 100 cm /Im Do Q", "/XObject << /Im " + reference(dot) + " >>"));
  EXPECT_EQ(page.rules.size(), 1U);
  EXPECT_FALSE(page.has_picture);
}

}  // namespace
}  // namespace jiheng::reading
