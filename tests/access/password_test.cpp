#include "access/password.h"

#include <gtest/gtest.h>

#include <future>
#include <vector>

namespace jiheng::access {
namespace {

std::string wanting(std::string_view password, std::string_view login = "zhangsan") {
  const auto trouble = trouble_with_password(password, login);
  return trouble ? trouble->context.at(0) : std::string();
}

TEST(Password, IsLongAndOfThreeKindsAndNobodysFirstGuess) {
  for (const char* good : {"Lukou-2026-ok", "绩效评价Zzr9", "correct Horse 7", "aB3$aB3$aB3$"}) EXPECT_EQ(wanting(good), "") << good;
  EXPECT_NE(wanting("Aa1$Aa1$Aa1").find("至少要12个"), std::string::npos);
  EXPECT_NE(wanting("onlylowercaseletters1").find("三类"), std::string::npos);
  EXPECT_NE(wanting("ZhangSan-2026").find("登录名"), std::string::npos);
  for (const char* common : {"Password2026", "Admin@123456", "P@ssw0rd2026", "Qwerty@12345678", "1qaz2wsx3EDC4rfv"})
    EXPECT_NE(wanting(common).find("常见"), std::string::npos) << common;
  EXPECT_EQ(wanting("Password12-mine"), "");
  EXPECT_NE(wanting(std::string(129, 'a') + "A1").find("最多"), std::string::npos);
  EXPECT_NE(wanting("Abcdefg1\n2345").find("控制字符"), std::string::npos);
  EXPECT_NE(wanting("Abcdefg1\xFF\xFE\x41").find("不能识别"), std::string::npos);
}

TEST(Password, IsKnownByItsHashAndNoOther) {
  PasswordHasher hasher;
  const auto hash = hasher.hash("Correct-horse-7");
  ASSERT_TRUE(hash.ok());
  EXPECT_EQ(hash->substr(0, 10), "$argon2id$");
  EXPECT_NE(hash->find("m=65536"), std::string::npos) << *hash;
  EXPECT_TRUE(*hasher.matches(*hash, "Correct-horse-7"));
  EXPECT_FALSE(*hasher.matches(*hash, "Correct-horse-8"));
  EXPECT_FALSE(*hasher.matches("", "nobody's"));
  EXPECT_FALSE(*hasher.matches("no hash", "Correct-horse-7"));
  EXPECT_NE(*hasher.hash("Correct-horse-7"), *hash) << "each has a salt of its own";
}

TEST(Password, ABurstOfLoginsIsHeldToAFewAtATime) {
  PasswordHasher hasher(1, 1);
  const std::string hash = *hasher.hash("Correct-horse-7");
  std::vector<std::future<std::string>> asked;
  for (int i = 0; i < 24; ++i) {
    asked.push_back(std::async(std::launch::async, [&] {
      const auto matches = hasher.matches(hash, "Correct-horse-7");
      return matches ? std::string(*matches ? "in" : "out") : matches.error().code;
    }));
  }
  int in = 0;
  int busy = 0;
  for (auto& each : asked) {
    const std::string outcome = each.get();
    in += outcome == "in";
    busy += outcome == "busy";
  }
  EXPECT_EQ(in + busy, 24);
  EXPECT_GE(in, 1);
  EXPECT_TRUE(*hasher.matches(hash, "Correct-horse-7")) << "nobody is locked out for good";
}

}  // namespace
}  // namespace jiheng::access
