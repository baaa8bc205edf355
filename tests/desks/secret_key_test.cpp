// Passwords and second factors sealed with a key outside the database, on both engines: logging in, sealing, changing the key, restoring.
#include "access/secret_key.h"

#include <gtest/gtest.h>

#include "access/totp.h"
#include "desks/desk.h"
#include "desks/people/bureau_key.h"
#include "desks/people/people.h"

namespace jiheng::desks {
namespace {

using Key = std::shared_ptr<const access::SecretKey>;

constexpr const char* password = "Correct-horse-7";

class KeptSecrets : public OnDesk {
 protected:
  void SetUp() override {
    OnDesk::SetUp();
    if (!IsSkipped()) start_with(nullptr);
  }
  static Key key_of(char each) { return access::SecretKey::of(std::string(access::SecretKey::length, each)); }

  void start_with(const Key& key) {
    people_.reset();
    sessions_ = std::make_unique<access::Sessions>(*desk_->store, desk_->registry.tenant(), [this] { return now_; });
    sessions_->use_key(key);
    people_ = std::make_unique<People>(desk_->registry, *sessions_);
  }
  access::Account stored(const std::string& login) {
    return *access::find_account_by_login(*desk_->store->read(), desk_->registry.tenant(), login);
  }
  /// A person with a password and a second factor; the secret of it.
  std::string settle(const std::string& login) {
    access::Account account;
    account.login = login;
    account.name = login;
    const auto made = people_->add_account(account, local);
    EXPECT_TRUE(people_->choose_password(made->link, password).ok());
    std::string secret = access::new_totp_secret();
    EXPECT_TRUE(people_->keep_totp(stored(login), secret, *access::totp_code(secret, desk_->registry.now()), password).ok());
    return secret;
  }
  std::string enter(const std::string& login, const std::string& secret) {
    now_ += 60;
    const std::string code = access::totp_code(secret, now_).value_or("");
    const auto in = sessions_->log_in({login, password, code, "127.0.0.1", "test"});
    return in ? "in" : in.error().code;
  }
  bool is_sealed(const std::string& login) {
    const access::Account account = stored(login);
    return access::is_sealed(account.password.value()) && access::is_sealed(account.totp.value());
  }

  std::int64_t now_ = 1772413200;
  std::unique_ptr<access::Sessions> sessions_;
  std::unique_ptr<People> people_;
};

TEST_P(KeptSecrets, OfVersionsBeforeGoOnWorkingAndAreSealedOneByOneOrAllAtOnce) {
  const std::string wang = settle("wang");
  const std::string li = settle("li");
  EXPECT_FALSE(is_sealed("wang"));
  EXPECT_EQ(people_->seal_secrets(local).error().code, "forbidden") << "without a key";
  start_with(key_of('a'));
  EXPECT_EQ(enter("wang", wang), "in");
  ASSERT_TRUE(people_->keep_mail(stored("wang"), "wang@example.gov.cn").ok());
  EXPECT_TRUE(is_sealed("wang"));
  EXPECT_FALSE(is_sealed("li"));
  EXPECT_EQ(*people_->seal_secrets(local), 1);
  EXPECT_EQ(*people_->seal_secrets(local), 0);
  EXPECT_TRUE(is_sealed("li"));
  EXPECT_EQ(enter("wang", wang), "in");
  EXPECT_EQ(enter("li", li), "in");
  EXPECT_EQ(enter("li", wang), "second-factor-wrong");
  EXPECT_TRUE(desk_->registry.verify().ok);
  start_with(key_of('b'));
  EXPECT_EQ(enter("wang", wang), "secret-key-wrong");
  start_with(nullptr);
  EXPECT_EQ(enter("wang", wang), "secret-key-wrong");
}

TEST_P(KeptSecrets, AreSealedAnewUnderAnotherKeyOrVoid) {
  start_with(key_of('a'));
  const std::string wang = settle("wang");
  start_with(key_of('b'));
  const auto kept = people_->change_key(key_of('a').get(), local);
  EXPECT_EQ(kept->kept, 1);
  EXPECT_TRUE(kept->lost.empty());
  EXPECT_EQ(enter("wang", wang), "in");
  start_with(key_of('c'));
  const auto lost = people_->change_key(key_of('a').get(), local);
  ASSERT_EQ(lost->lost.size(), 1U);
  EXPECT_FALSE(stored("wang").password);
  EXPECT_FALSE(stored("wang").totp);
  EXPECT_EQ(enter("wang", wang), "login-failed");
  EXPECT_TRUE(people_->choose_password(sessions_->new_link(stored("wang").id), password).ok());
  EXPECT_EQ(enter("wang", wang), "in");
  EXPECT_TRUE(desk_->registry.verify().ok);
}

TEST_P(KeptSecrets, ComeBackFromABackupThatOpensToNobodyWithoutTheKey) {
  const std::string path = key_path(desk_->registry);
  const auto key = open_key(desk_->registry, path);
  ASSERT_TRUE(key.ok()) << key.error().message;
  start_with(*key);
  const std::string wang = settle("wang");
  const std::string backup = folder_.file("all.backup");
  ASSERT_TRUE(desk_->registry.backup(backup).ok());
  Desk other("sqlite:" + folder_.file("other.db"), folder_.file("other"));
  ASSERT_TRUE(other.registry.restore(backup).ok());
  access::Sessions sessions(*other.store, other.registry.tenant(), [this] { return now_; });
  People(other.registry, sessions).rebuild();
  const std::string there = key_path(other.registry);
  EXPECT_EQ(trouble_with_key(other.registry, there)->code, "key-missing");
  EXPECT_EQ(open_key(other.registry, there).error().code, "key-missing");
  const auto brought = open_key(other.registry, path);
  ASSERT_TRUE(brought.ok()) << brought.error().message;
  sessions.use_key(*brought);
  now_ += 60;
  EXPECT_TRUE(sessions.log_in({"wang", password, *access::totp_code(wang, now_), "", ""}).ok());
}

JIHENG_ON_EACH_ENGINE(KeptSecrets);

}  // namespace
}  // namespace jiheng::desks
