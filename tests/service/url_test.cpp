#include "service/http/url.h"

#include <gtest/gtest.h>

namespace jiheng::service {
namespace {

TEST(Url, ChineseTravelsPercentEncodedAndComesBack) {
  const std::string name = "渌口区财政局 2026年.docx";
  EXPECT_EQ(percent_decode(percent_encode(name)), name);
  EXPECT_EQ(percent_encode("a-b_c.d~e/f"), "a-b_c.d~e%2Ff");
}

TEST(Url, APlusIsASpaceInAQueryOnly) {
  EXPECT_EQ(percent_decode("a+b"), "a+b");
  EXPECT_EQ(percent_decode("a+b", true), "a b");
}

TEST(Url, BrokenEscapesAreRefused) {
  for (const char* broken : {"%", "%4", "%4g", "%g4", "a%", "%%41"}) EXPECT_FALSE(percent_decode(broken)) << broken;
}

TEST(Url, WhatIsNotUtf8OrHoldsControlCharactersIsRefused) {
  for (const char* bad : {"%00", "%0A", "%0d", "%7f", "%ff", "%c3%28", "%ed%a0%80", "%c0%af"}) EXPECT_FALSE(percent_decode(bad)) << bad;
}

TEST(Url, PathAndQueryComeApart) {
  const auto target = parse_target("/api/v1/submissions?q=%E8%B4%A2%E6%94%BF+%E5%B1%80&limit=5&flag");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments, (std::vector<std::string>{"api", "v1", "submissions"}));
  EXPECT_EQ(target->query, (Pairs{{"q", "财政 局"}, {"limit", "5"}, {"flag", ""}}));
}

TEST(Url, AnEscapedSlashStaysInsideItsSegment) {
  const auto target = parse_target("/a%2Fb/c");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments, (std::vector<std::string>{"a/b", "c"}));
}

TEST(Url, TheRootHasNoSegmentsAndATrailingSlashAddsNone) {
  EXPECT_TRUE(parse_target("/")->segments.empty());
  EXPECT_EQ(parse_target("/a/")->segments.size(), 1U);
}

TEST(Url, PathsThatClimbOrStutterAreRefused) {
  for (const char* bad :
       {"", "a", "//a", "/a//b", "/../etc/passwd", "/a/../b", "/a/%2e%2e/b", "/./a", "http://evil/", "*", "/%zz", "/a?b=%zz"}) {
    EXPECT_FALSE(parse_target(bad)) << bad;
  }
}

}  // namespace
}  // namespace jiheng::service
