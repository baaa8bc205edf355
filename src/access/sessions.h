// Who is here: logging in and out, locks, idle sessions, tokens of scripts, one-time links.
//
// Secrets are handed out once and stored as SHA-256 only. Thread-safe; every call is one transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/accounts.h"
#include "access/login_log.h"
#include "access/password.h"
#include "access/secret_key.h"
#include "base/result.h"
#include "store/store.h"

namespace jiheng::access {

struct SessionRules {
  std::int64_t idle_seconds = 30 * 60;       ///< of a browser
  std::int64_t longest_seconds = 12 * 3600;  ///< of a browser, however busy
  int failures = 5;                          ///< wrong passwords until the login is locked
  std::int64_t failure_window_seconds = 15 * 60;
  std::int64_t lock_seconds = 15 * 60;
  std::int64_t link_seconds = 7 * 24 * 3600;  ///< how long a one-time link is good
  int longest_token_days = 366;
};

struct Session {
  std::string id;    ///< the first half of the stored hash: names it, opens nothing
  std::string kind;  ///< "browser", "token"
  std::string account;
  std::string name;
  std::string address;
  std::int64_t made_at = 0;
  std::int64_t seen_at = 0;
  std::int64_t expires_at = 0;
  bool read_only = false;
};

class Sessions {
 public:
  using Clock = std::function<std::int64_t()>;
  Sessions(store::Store& store, std::string tenant, Clock clock, SessionRules rules = {});

  struct Login {
    std::string_view login;
    std::string_view password;
    std::string_view code;     ///< of the second factor; empty where none was given
    std::string_view address;  ///< for the list of sessions
    std::string_view agent;
  };
  struct LoggedIn {
    std::string secret;
    Account account;
  };
  /// Errors: login-failed (the same for an unknown login and a wrong password), login-locked (context: minutes), second-factor-needed,
  /// second-factor-wrong, busy, secret-key-wrong (sealed with another key than the one in use).
  Result<LoggedIn> log_in(const Login& login);
  void log_out(std::string_view secret);
  /// That it is himself who sits before his open session. Wrong ones count toward the lock like those at the login. Errors:
  /// password-wrong, login-locked, busy, secret-key-wrong.
  Result<Done> prove(const Account& own, std::string_view password);
  /// Newest first; `before`: id of an event, empty for the newest.
  std::vector<LoginEvent> login_events(int limit, std::string_view before);

  struct Known {
    Account account;
    Principal principal;
    std::string session;  ///< id
    bool token = false;
    std::string state;  ///< of the records when he was looked up (keep_people_by); "" where nobody told how to know it
  };
  /// SQL for one text that tells the state of all records of the tenant, its one `?`: accounts, posts and units are looked up anew only
  /// when it has moved. To be set before use.
  void keep_people_by(std::string_view state);
  /// Whose secret it is, as long as it is good. A browser's idle time begins anew.
  std::optional<Known> who(std::string_view secret);

  std::vector<Session> sessions_of(std::string_view account);
  /// Ends one session or token; false where the account has none of that id.
  bool end(std::string_view account, std::string_view id);
  /// Ends all of an account but the one with that id.
  void end_all(std::string_view account, std::string_view but = {});
  void unlock(std::string_view login);

  /// A token for a script. Errors: invalid-token (its name, its days).
  Result<std::string> new_token(const Account& account, std::string_view name, int days, bool read_only);

  /// A link that lets the account's owner choose a password; older ones of the account stop working. Empty `account`: a link that makes
  /// the first administrators.
  std::string new_link(std::string_view account);
  /// Whose link it is ("" of the first start), as long as it is good.
  std::optional<std::string> link_owner(std::string_view secret);
  /// Uses it up, within the caller's transaction: false where somebody else was faster.
  static bool use_link(store::Connection& connection, const std::string& tenant, std::string_view secret);

  /// Opens what is stored sealed; what is stored from now on is sealed with it. Without one what is not sealed goes on working, and stays
  /// so. To be set before use.
  void use_key(std::shared_ptr<const SecretKey> key) { key_ = std::move(key); }
  const SecretKey* key() const { return key_.get(); }
  /// His password and second factor as they are to be stored; what is sealed already stays as it is.
  void seal(Account& account) const;

  PasswordHasher& hasher() { return hasher_; }
  const SessionRules& rules() const { return rules_; }

 private:
  struct Attempts;
  struct Person {
    Account account;
    Principal principal;
  };
  std::optional<Person> person(const Session& session, const std::string& state, std::int64_t now);
  void count_failure(std::string_view key, LoginEvent event);
  Result<std::string> opened(SecretUse use, const Account& account, const std::string& stored) const;

  store::Store& store_;
  std::string tenant_;
  Clock clock_;
  SessionRules rules_;
  PasswordHasher hasher_;
  std::shared_ptr<const SecretKey> key_;
  std::string who_sql_;
  std::mutex people_mutex_;
  std::string people_state_;  ///< what `people_` is true of, with the day: posts begin and end with it
  std::map<std::string, Person> people_;
};

}  // namespace jiheng::access
