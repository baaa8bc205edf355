#include "access/secret_key.h"

#include <gtest/gtest.h>

namespace jiheng::access {
namespace {

/// 00 01 02 … 1f.
std::shared_ptr<const SecretKey> counted_key() {
  std::string bytes;
  for (char c = 0; c < 32; ++c) bytes.push_back(c);
  return SecretKey::of(bytes);
}

TEST(SecretKey, OpensWhatItSealedForThatAccountAndUseAlone) {
  const auto key = counted_key();
  const std::string plain = "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA";
  const std::string sealed = key->seal(SecretUse::password, "a-1", plain);
  EXPECT_TRUE(is_sealed(sealed));
  EXPECT_EQ(sealed.find("argon2"), std::string::npos);
  EXPECT_EQ(key->open(SecretUse::password, "a-1", sealed), plain);
  EXPECT_EQ(key->open(SecretUse::password, "a-2", sealed), std::nullopt) << "another account's";
  EXPECT_EQ(key->open(SecretUse::totp, "a-1", sealed), std::nullopt) << "a password is no second factor";
  EXPECT_NE(key->seal(SecretUse::password, "a-1", plain), sealed) << "each has a nonce of its own";
  EXPECT_EQ(key->open(SecretUse::totp, "", key->seal(SecretUse::totp, "", "")), "");
}

TEST(SecretKey, AnotherKeyOpensNothingAndIsKnownByItsId) {
  const auto key = counted_key();
  const auto other = SecretKey::of(std::string(32, 'k'));
  const std::string sealed = key->seal(SecretUse::totp, "a-1", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  EXPECT_EQ(key_of_sealed(sealed), key->id());
  EXPECT_NE(other->id(), key->id());
  EXPECT_EQ(other->open(SecretUse::totp, "a-1", sealed), std::nullopt);
  std::string renamed = sealed;
  renamed.replace(renamed.find(key->id()), key->id().size(), other->id());
  EXPECT_EQ(other->open(SecretUse::totp, "a-1", renamed), std::nullopt) << "the id is a name, not a proof";
}

TEST(SecretKey, WhatWasAlteredOrCutOffDoesNotOpen) {
  const auto key = counted_key();
  const std::string sealed = key->seal(SecretUse::totp, "a-1", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string altered = sealed;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(key->open(SecretUse::totp, "a-1", altered), std::nullopt) << at;
    EXPECT_EQ(key->open(SecretUse::totp, "a-1", sealed.substr(0, at)), std::nullopt) << at;
  }
  EXPECT_EQ(key->open(SecretUse::totp, "a-1", sealed + "A"), std::nullopt);
  EXPECT_EQ(key->open(SecretUse::totp, "a-1", std::string(1 << 20, 'A')), std::nullopt);
}

/// Worked out with another implementation of RFC 5869 and AES-256-GCM: what was stored opens for ever.
TEST(SecretKey, OpensAValueMadeElsewhereByTheSameRule) {
  const auto key = counted_key();
  EXPECT_EQ(key->id(), "5c68faf2f74ce565");
  const char* sealed = "sealed:1:5c68faf2f74ce565:AAECAwQFBgcICQoLfzXldGJaznO2HuELWne580tfYxPVeG8AlSdlbP74Q60Xy5Utn3MZKo_lcMKWYfT7";
  EXPECT_EQ(key->open(SecretUse::totp, "account-1", sealed), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST(SecretKey, IsOfThirtyTwoBytes) {
  EXPECT_EQ(SecretKey::of(std::string(31, 'k')), nullptr);
  EXPECT_EQ(SecretKey::of(std::string(33, 'k')), nullptr);
  EXPECT_EQ(SecretKey::of(""), nullptr);
}

TEST(SecretKey, WhatVersionsBeforeStoredIsToldApart) {
  for (const char* stored :
       {"", "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "sealed:1:", "sealed:1:ab:AA"})
    EXPECT_FALSE(is_sealed(stored)) << stored;
}

}  // namespace
}  // namespace jiheng::access
