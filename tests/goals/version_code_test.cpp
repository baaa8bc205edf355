#include "goals/version_code.h"

#include <gtest/gtest.h>

#include "base/hash.h"

namespace jiheng {
namespace {

TEST(VersionCode, NamesContentAndRevision) {
  const std::string one = version_code(sha256_hex("甲"), 7);
  EXPECT_EQ(one.substr(0, 4), "JH7-");
  EXPECT_EQ(one.size(), 18U);
  EXPECT_NE(one, version_code(sha256_hex("乙"), 7));
  EXPECT_NE(one, version_code(sha256_hex("甲"), 8));
  EXPECT_EQ(one, version_code(sha256_hex("甲"), 7));
}

TEST(VersionCode, IsFoundInWhatWasPrintedCopiedOrRecognised) {
  const std::string code = version_code(sha256_hex("甲"), 12);
  EXPECT_EQ(version_code_in("第 1 页　共 2 页　　版本码 " + code + "　打印"), code);
  std::string spread;
  for (const char c : code) {
    spread += c == '-' ? std::string(" — ") : std::string(1, static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
    spread += ' ';
  }
  EXPECT_EQ(version_code_in(spread), code);
  EXPECT_EQ(version_code_in("没有版本码"), std::nullopt);
  EXPECT_EQ(version_code_in("JH-JH7-JH"), std::nullopt);
}

TEST(VersionCode, OneMisreadLetterIsNoticed) {
  const std::string code = version_code(sha256_hex("绩效"), 30);
  for (std::size_t i = 2; i < code.size(); ++i) {
    if (code[i] == '-') continue;
    for (const char other : std::string("0123456789ABCDEFGHJKMNPRTWXY")) {
      if (other == code[i]) continue;
      std::string wrong = code;
      wrong[i] = other;
      EXPECT_EQ(version_code_in(wrong), std::nullopt) << wrong;
    }
  }
}

}  // namespace
}  // namespace jiheng
