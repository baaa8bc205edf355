// Passwords and second factors sealed with a key outside the database: logging in, values of versions before, other keys.
#include "access/secret_key.h"

#include <gtest/gtest.h>

#include "access/accounts.h"
#include "access/totp.h"
#include "desks/people/bureau_key.h"
#include "service/people_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using access::Role;
using access::SecretKey;
using tests::Answer;
using tests::code_of;

using Key = std::shared_ptr<const SecretKey>;

class UnderKey : public tests::PeopleTest {
 protected:
  static Key key_of(char each) { return SecretKey::of(std::string(SecretKey::length, each)); }
  static access::Principal operator_here() { return access::Principal::operator_at_machine("local"); }

  void start_with(const Key& key) {
    Options options;
    options.key = key;
    restart(std::move(options));
  }
  /// What the command line does, with a key.
  template <class Act>
  auto at_the_machine(const Key& key, const Act& act) {
    access::Sessions sessions(registry().store(), registry().tenant(), [this] { return now(); });
    sessions.use_key(key);
    desks::People people(registry(), sessions);
    return act(people);
  }
  access::Account stored(const std::string& login) {
    return access::find_account_by_login(*registry().store().read(), registry().tenant(), login).value();
  }
  void put(const std::string& column, const std::string& value, const std::string& login) {
    auto writing = registry().store().write();
    writing->run("UPDATE accounts SET " + column + " = ? WHERE login_key = ?", {value, login});
    writing.commit();
  }
  /// A password for the account, and a second factor; its secret.
  std::string settle(const std::string& login, const std::string& link) {
    choose_password(link, login);
    return bind_second_factor(log_in(login));
  }
  Answer enter(const std::string& login, const std::string& secret) {
    pass(60);
    return try_log_in(login, access::totp_code(secret, now()).value_or(""));
  }
  /// The three administrators; their secrets by their logins.
  std::map<std::string, std::string> administrators() {
    const auto links = first_start();
    return {{"system", settle("system", links.at("system_link"))},
            {"security", settle("security", links.at("security_link"))},
            {"auditor", settle("auditor", links.at("audit_link"))}};
  }
  /// Every revision of the account, as the journal keeps it.
  std::string history_of(const std::string& login) {
    std::string all;
    for (const auto& record : registry().history(desks::account_kind, stored(login).id)) all += record.body + "\n";
    return all;
  }
};

TEST_F(UnderKey, PasswordsAndSecondFactorsLogInAndLieNowhereUnsealed) {
  start_with(key_of('a'));
  const auto secrets = administrators();
  for (const auto& [login, secret] : secrets) {
    const access::Account account = stored(login);
    EXPECT_EQ(access::key_of_sealed(account.password.value()), key_of('a')->id());
    EXPECT_EQ(access::key_of_sealed(account.totp.value()), key_of('a')->id());
    const std::string history = history_of(login);
    EXPECT_EQ(history.find("argon2"), std::string::npos);
    EXPECT_EQ(history.find(secret), std::string::npos);
    EXPECT_EQ(enter(login, secret).status, 204);
    EXPECT_EQ(code_of(try_log_in(login, "", "Wrong-password-1")), "login-failed");
    EXPECT_EQ(code_of(try_log_in(login)), "second-factor-needed");
    EXPECT_EQ(code_of(try_log_in(login, "000000")), "second-factor-wrong");
  }
  pass(60);
  const std::string cookie = log_in("auditor", *access::totp_code(secrets.at("auditor"), now()));
  const auto change = [&](const char* old) {
    return send("PUT", "/api/v1/me/password", json::object{{"old_password", old}, {"password", "Another-secret-2"}}, cookie_of(cookie));
  };
  EXPECT_EQ(code_of(change("Wrong-password-1")), "password-wrong");
  EXPECT_EQ(change(password).status, 204);
  EXPECT_TRUE(access::is_sealed(stored("auditor").password.value()));
  EXPECT_TRUE(registry().verify().ok);
}

TEST_F(UnderKey, WhatVersionsBeforeStoredGoesOnWorkingAndIsSealedAtTheNextChange) {
  const auto secrets = administrators();
  ASSERT_FALSE(access::is_sealed(stored("system").password.value()));
  start_with(key_of('a'));
  pass(60);
  const std::string cookie = log_in("system", *access::totp_code(secrets.at("system"), now()));
  EXPECT_FALSE(access::is_sealed(stored("system").password.value())) << "looking changes nothing";
  EXPECT_EQ(send("PUT", "/api/v1/me/mail", json::object{{"mail", "zhang@example.gov.cn"}}, cookie_of(cookie)).status, 204);
  EXPECT_TRUE(access::is_sealed(stored("system").password.value()));
  EXPECT_TRUE(access::is_sealed(stored("system").totp.value()));
  EXPECT_EQ(enter("system", secrets.at("system")).status, 204);

  const auto entries = registry().verify().entries;
  const auto sealed = at_the_machine(key_of('a'), [&](desks::People& people) { return people.seal_secrets(operator_here()); });
  ASSERT_TRUE(sealed.ok());
  EXPECT_EQ(*sealed, 2) << "the others";
  for (const auto& [login, secret] : secrets) {
    EXPECT_TRUE(access::is_sealed(stored(login).password.value()));
    EXPECT_TRUE(access::is_sealed(stored(login).totp.value()));
    EXPECT_EQ(enter(login, secret).status, 204);
  }
  EXPECT_EQ(*at_the_machine(key_of('a'), [&](desks::People& people) { return people.seal_secrets(operator_here()); }), 0);
  EXPECT_TRUE(registry().verify().ok);
  EXPECT_EQ(registry().verify().entries, entries + 2) << "each a change in the journal";
  EXPECT_EQ(registry().journal(1).at(0).action, "seal");
}

TEST_F(UnderKey, AnotherAccountsValueOpensNothing) {
  start_with(key_of('a'));
  const auto secrets = administrators();
  // Whoever can write to the database puts his own password and second factor into another's account.
  const access::Account own = stored("auditor");
  const access::Account other = stored("security");
  put("password", *own.password, "security");
  EXPECT_EQ(code_of(enter("security", secrets.at("auditor"))), "login-failed");
  put("password", *other.password, "security");
  put("totp", *own.totp, "security");
  EXPECT_EQ(code_of(enter("security", secrets.at("auditor"))), "second-factor-wrong");
  put("totp", *other.password, "security");
  EXPECT_EQ(code_of(enter("security", secrets.at("security"))), "second-factor-wrong") << "a password's is no second factor";
  std::string altered = *other.totp;
  altered.back() = altered.back() == 'A' ? 'B' : 'A';
  put("totp", altered, "security");
  EXPECT_EQ(code_of(enter("security", secrets.at("security"))), "second-factor-wrong");
  put("totp", "", "security");
  EXPECT_EQ(code_of(enter("security", "")), "second-factor-wrong") << "no secret has no codes";
  pass(15 * 60);
  put("totp", *other.totp, "security");
  EXPECT_EQ(enter("security", secrets.at("security")).status, 204);
}

TEST_F(UnderKey, AServerWithAnotherKeyOrNoneLetsNobodyInAndSaysWhy) {
  start_with(key_of('a'));
  const auto secrets = administrators();
  for (const Key& key : {key_of('b'), Key()}) {
    start_with(key);
    const Answer answer = enter("system", secrets.at("system"));
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(code_of(answer), "secret-key-wrong");
  }
  EXPECT_EQ(code_of(try_log_in("nobody")), "login-failed");
  start_with(key_of('a'));
  EXPECT_EQ(enter("system", secrets.at("system")).status, 204);
}

TEST_F(UnderKey, ANewKeyKeepsWhatTheOldOneOpensAndNobodyNotices) {
  start_with(key_of('a'));
  const auto secrets = administrators();
  const auto change = [&](const Key& before, const Key& key) {
    return *at_the_machine(key, [&](desks::People& people) { return people.change_key(before.get(), operator_here()); });
  };
  const auto changed = change(key_of('a'), key_of('b'));
  EXPECT_EQ(changed.kept, 3);
  EXPECT_TRUE(changed.lost.empty());
  start_with(key_of('b'));
  for (const auto& [login, secret] : secrets) EXPECT_EQ(enter(login, secret).status, 204) << login;
  const auto head = registry().head();
  EXPECT_EQ(change(key_of('a'), key_of('b')).kept, 3) << "again, after it was interrupted";
  EXPECT_EQ(registry().head(), head);
  EXPECT_TRUE(registry().verify().ok);
}

TEST_F(UnderKey, ANewKeyWithoutTheOldOneVoidsPasswordsAndKeepsTheRest) {
  start_with(key_of('a'));
  set_up();
  make("clerk", {{Role::unit_clerk, unit("甲局")}});
  access::Account fresh;
  fresh.login = "fresh";
  fresh.name = "新人";
  EXPECT_TRUE(at_the_machine(nullptr, [&](desks::People& people) { return people.add_account(fresh, operator_here()).ok(); }));
  const auto changed = *at_the_machine(key_of('b'), [&](desks::People& people) { return people.change_key(nullptr, operator_here()); });
  EXPECT_EQ(changed.kept, 0);
  EXPECT_EQ(changed.lost.size(), 4U) << "who has no password yet loses none";
  EXPECT_EQ(get("/api/v1/accounts", cookie_of(system())).status, 401) << "their sessions end, too";
  start_with(key_of('b'));
  EXPECT_EQ(code_of(try_log_in("clerk")), "login-failed");
  EXPECT_FALSE(stored("system").totp);
  EXPECT_EQ(stored("clerk").posts.size(), 1U);
  access::Sessions sessions(registry().store(), registry().tenant(), [this] { return now(); });
  const std::string secret = settle("system", sessions.new_link(stored("system").id));
  EXPECT_EQ(enter("system", secret).status, 204);
  EXPECT_TRUE(registry().verify().ok);
}

TEST_F(UnderKey, OnlyTheMachinesOperatorSealsOrChangesTheKey) {
  start_with(key_of('a'));
  set_up();
  const auto who =
      access::Principal::person(stored("system").id, "system", "系统员", {{Role::system_admin, {.all = true, .units = {}}, {}, {}}});
  EXPECT_EQ(at_the_machine(key_of('a'), [&](desks::People& people) { return people.seal_secrets(who).error().code; }), "forbidden");
  EXPECT_EQ(at_the_machine(key_of('b'), [&](desks::People& people) { return people.change_key(nullptr, who).error().code; }), "forbidden");
  EXPECT_EQ(at_the_machine(nullptr, [&](desks::People& people) { return people.seal_secrets(operator_here()).error().code; }), "forbidden");
}

TEST_F(UnderKey, TheKeyIsMadeOnceAndWantedFromThenOn) {
  const std::string path = desks::key_path(registry());
  EXPECT_EQ(path, registry().data_folder() + "/secret.key");
  EXPECT_FALSE(desks::trouble_with_key(registry(), path)) << "nothing is sealed yet";
  const auto key = desks::open_key(registry(), path);
  ASSERT_TRUE(key.ok()) << key.error().message;
  EXPECT_EQ((*desks::open_key(registry(), path))->id(), (*key)->id());
  start_with(*key);
  administrators();
  EXPECT_FALSE(desks::trouble_with_key(registry(), path));

  std::filesystem::rename(path, path + ".apart");
  const auto missing = desks::open_key(registry(), path);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, "key-missing");
  for (const std::string& said : {path, (*key)->id(), std::string("admin key new"), std::string("放回")})
    EXPECT_NE(missing.error().message.find(said), std::string::npos) << missing.error().message;
  EXPECT_FALSE(std::filesystem::exists(path)) << "no other one is put in its place";
  EXPECT_EQ(desks::trouble_with_key(registry(), path)->code, "key-missing");

  const std::string other = path + ".other";
  ASSERT_TRUE(desks::open_key(registry(), path + ".apart").ok());
  std::filesystem::copy_file(path + ".apart", other);
  std::filesystem::resize_file(other, 31);
  EXPECT_EQ(desks::open_key(registry(), other).error().code, "key-damaged");
  std::filesystem::resize_file(other, 32);
  const auto wrong = desks::open_key(registry(), other);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, "key-wrong");
  EXPECT_NE(wrong.error().message.find((*key)->id()), std::string::npos);
}

}  // namespace
}  // namespace jiheng::service
