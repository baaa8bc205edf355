#include "access/totp.h"

#include <gtest/gtest.h>

namespace jiheng::access {
namespace {

/// "12345678901234567890", the secret of RFC 6238's examples.
constexpr const char* secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

TEST(Totp, GivesTheCodesOfRfc6238AppendixB) {
  EXPECT_EQ(totp_code(secret, 59), "287082");
  EXPECT_EQ(totp_code(secret, 1111111109), "081804");
  EXPECT_EQ(totp_code(secret, 1111111111), "050471");
  EXPECT_EQ(totp_code(secret, 1234567890), "005924");
  EXPECT_EQ(totp_code(secret, 2000000000), "279037");
  EXPECT_EQ(totp_code(secret, 20000000000), "353130");
}

TEST(Totp, TakesTheNeighbouringHalfMinutesAndEachCodeOnce) {
  const std::int64_t at = 1111111109;
  const std::string code = *totp_code(secret, at);
  const std::int64_t step = at / 30;
  EXPECT_EQ(totp_step(secret, code, at + 30, 0), step);
  EXPECT_EQ(totp_step(secret, code, at - 30, 0), step);
  EXPECT_EQ(totp_step(secret, code, at + 90, 0), std::nullopt);
  EXPECT_EQ(totp_step(secret, code, at, step), std::nullopt) << "used before";
  EXPECT_EQ(totp_step(secret, "", at, 0), std::nullopt);
  EXPECT_EQ(totp_step("not base32!", code, at, 0), std::nullopt);
  EXPECT_EQ(totp_step("", *totp_code("", at), at, 0), std::nullopt) << "anybody could work it out";
}

TEST(Totp, NewSecretsAreNewAndFitTheAddress) {
  const std::string one = new_totp_secret();
  EXPECT_EQ(one.size(), 32U);
  EXPECT_NE(one, new_totp_secret());
  EXPECT_TRUE(totp_code(one, 0).has_value());
  EXPECT_EQ(totp_address("ABC", "li si"), "otpauth://totp/%E7%BB%A9%E8%A1%A1:li%20si?secret=ABC&issuer=%E7%BB%A9%E8%A1%A1");
}

}  // namespace
}  // namespace jiheng::access
