#include "access/sessions.h"

#include "access/secret.h"
#include "access/totp.h"
#include "base/hash.h"
#include "base/text.h"

namespace jiheng::access {
namespace {

constexpr std::string_view insert_session =
    "INSERT INTO sessions (tenant_id, secret_sha256, kind, account, name, address, made_at, seen_at, expires_at, read_only) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view session_columns = "secret_sha256, kind, account, name, address, made_at, seen_at, expires_at, read_only";
constexpr int session_column_count = 9;
/// Where nobody told how to know the records' state.
constexpr std::string_view no_state = "SELECT '' WHERE ? = ''";
constexpr std::string_view store_attempts =
    "INSERT INTO login_attempts (tenant_id, login_key, failures, first_at, locked_until, totp_step) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (tenant_id, login_key) DO UPDATE SET failures = excluded.failures, first_at = excluded.first_at, "
    "locked_until = excluded.locked_until, totp_step = excluded.totp_step";
constexpr std::string_view forget_attempts =
    "DELETE FROM login_attempts WHERE tenant_id = ? AND first_at < ? AND locked_until < ? AND totp_step = 0";
constexpr std::size_t id_length = 32;
constexpr std::size_t longest_name = 200;   ///< bytes
constexpr std::size_t most_kept = 1000;     ///< people looked up lately
constexpr std::int64_t between_marks = 60;  ///< seconds between two notes that a session is in use

std::string id_of(std::string_view secret_sha256) {
  return std::string(secret_sha256.substr(0, id_length));
}

std::string short_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size() && out.size() < longest_name;) {
    const char32_t c = next_code_point(text, at);
    append_utf8(out, c < 0x20 || c == 0x7F ? U' ' : c);
  }
  return out;
}

Session session_of(const store::Row& row) {
  Session session;
  session.id = id_of(row.text(0));
  session.kind = row.string(1);
  session.account = row.string(2);
  session.name = row.string(3);
  session.address = row.string(4);
  session.made_at = row.integer(5);
  session.seen_at = row.integer(6);
  session.expires_at = row.integer(7);
  session.read_only = row.integer(8) != 0;
  return session;
}

Error login_failed() {
  return {"login-failed", "登录名或密码不对。", {}};
}

Error locked(std::int64_t seconds) {
  const std::string minutes = std::to_string((seconds + 59) / 60);
  return {"login-locked", "密码输错次数太多，这个登录名已锁定，请" + minutes + "分钟后再试，或请安全管理员解锁。", {minutes}};
}

}  // namespace

/// What is remembered of a login that was tried.
struct Sessions::Attempts {
  int failures = 0;
  std::int64_t first_at = 0;
  std::int64_t locked_until = 0;
  std::int64_t totp_step = 0;

  static Attempts of(store::Connection& connection, const std::string& tenant, std::string_view key) {
    Attempts found;
    connection.query("SELECT failures, first_at, locked_until, totp_step FROM login_attempts WHERE tenant_id = ? AND login_key = ?",
                     {tenant, key}, [&](const store::Row& row) { found = {row.small(0), row.integer(1), row.integer(2), row.integer(3)}; });
    return found;
  }
  void store(store::Connection& connection, const std::string& tenant, std::string_view key) const {
    connection.run(store_attempts, {tenant, key, failures, first_at, locked_until, totp_step});
  }
};

Sessions::Sessions(store::Store& store, std::string tenant, Clock clock, SessionRules rules)
    : store_(store), tenant_(std::move(tenant)), clock_(std::move(clock)), rules_(rules) {
  keep_people_by(no_state);
}

void Sessions::seal(Account& account) const {
  if (!key_) return;
  if (account.password && !is_sealed(*account.password)) account.password = key_->seal(SecretUse::password, account.id, *account.password);
  if (account.totp && !is_sealed(*account.totp)) account.totp = key_->seal(SecretUse::totp, account.id, *account.totp);
}

/// "", which nothing matches, where it was altered or is another account's.
Result<std::string> Sessions::opened(SecretUse use, const Account& account, const std::string& stored) const {
  if (!is_sealed(stored)) return stored;
  if (!key_ || key_of_sealed(stored) != key_->id())
    return Error{
        "secret-key-wrong", "服务器用的密钥与数据库里的不一致，暂时不能登录，请系统管理员在服务器上重新启动绩衡并看它的提示。", {}};
  return key_->open(use, account.id, stored).value_or("");
}

void Sessions::count_failure(std::string_view key, LoginEvent event) {
  const std::int64_t now = event.at;
  auto writing = store_.write();
  // Names that nobody has are tried, too; they are not kept for ever.
  writing->run(forget_attempts, {tenant_, now - rules_.failure_window_seconds, now});
  Attempts attempts = Attempts::of(*writing, tenant_, key);
  if (now - attempts.first_at > rules_.failure_window_seconds) {
    attempts.failures = 0;
    attempts.first_at = now;
  }
  if (++attempts.failures >= rules_.failures) {
    attempts.failures = 0;
    attempts.locked_until = now + rules_.lock_seconds;
  }
  attempts.store(*writing, tenant_, key);
  note_login(*writing, tenant_, event);
  if (attempts.locked_until > now) {
    event.outcome = outcome_code(LoginOutcome::locked);
    note_login(*writing, tenant_, event);
  }
  writing.commit();
}

Result<Sessions::LoggedIn> Sessions::log_in(const Login& login) {
  const std::int64_t now = clock_();
  const std::string key = short_text(login_key(login.login));
  Attempts attempts;
  std::optional<Account> account;
  {
    auto reading = store_.read();
    attempts = Attempts::of(*reading, tenant_, key);
    account = find_account_by_login(*reading, tenant_, key);
  }
  if (attempts.locked_until > now) return locked(attempts.locked_until - now);
  const bool may_log_in = account && account->active && account->password;
  const auto stored = may_log_in ? opened(SecretUse::password, *account, *account->password) : std::string();
  if (!stored) return stored.error();
  const auto matches = hasher_.matches(*stored, login.password);
  if (!matches) return matches.error();
  LoginEvent event{{}, now, account ? account->login : std::string(), {}, short_text(login.address), short_text(login.agent)};
  const auto failed = [&](LoginOutcome outcome) {
    event.outcome = outcome_code(outcome);
    count_failure(key, event);
  };
  if (!*matches) {
    failed(LoginOutcome::wrong_password);
    return login_failed();
  }
  std::int64_t step = attempts.totp_step;
  if (account->totp) {
    if (login.code.empty()) return Error{"second-factor-needed", "请输入手机验证器上的六位动态码。", {}};
    const auto secret = opened(SecretUse::totp, *account, *account->totp);
    if (!secret) return secret.error();
    const auto good = totp_step(*secret, login.code, now, attempts.totp_step);
    if (!good) {
      failed(LoginOutcome::wrong_code);
      return Error{"second-factor-wrong", "动态码不对或已用过，请等下一个再输入。", {}};
    }
    step = *good;
  }
  LoggedIn in{new_secret(), std::move(*account)};
  auto writing = store_.write();
  // Whoever sent the same code at the same time is too late.
  const Attempts latest = Attempts::of(*writing, tenant_, key);
  if (in.account.totp && latest.totp_step >= step) return Error{"second-factor-wrong", "动态码不对或已用过，请等下一个再输入。", {}};
  Attempts{0, 0, 0, step}.store(*writing, tenant_, key);
  writing->run("DELETE FROM sessions WHERE tenant_id = ? AND expires_at <= ?", {tenant_, now});
  writing->run(insert_session, {tenant_, sha256_hex(in.secret), "browser", in.account.id, short_text(login.agent),
                                short_text(login.address), now, now, now + rules_.longest_seconds, 0});
  event.outcome = outcome_code(LoginOutcome::in);
  note_login(*writing, tenant_, event);
  writing.commit();
  return in;
}

void Sessions::log_out(std::string_view secret) {
  const std::string hash = sha256_hex(secret);
  auto writing = store_.write();
  std::optional<Session> ended;
  const std::string sql = "SELECT " + std::string(session_columns) + " FROM sessions WHERE tenant_id = ? AND secret_sha256 = ?";
  writing->query(sql, {tenant_, hash}, [&](const store::Row& row) { ended = session_of(row); });
  if (!ended || ended->kind != "browser") return;
  writing->run("DELETE FROM sessions WHERE tenant_id = ? AND secret_sha256 = ?", {tenant_, hash});
  const auto account = find_account(*writing, tenant_, ended->account);
  note_login(
      *writing, tenant_,
      {{}, clock_(), account ? account->login : std::string(), std::string(outcome_code(LoginOutcome::out)), ended->address, ended->name});
  writing.commit();
}

Result<Done> Sessions::prove(const Account& own, std::string_view password) {
  const std::int64_t now = clock_();
  const std::string key = short_text(login_key(own.login));
  const Attempts attempts = Attempts::of(*store_.read(), tenant_, key);
  if (attempts.locked_until > now) return locked(attempts.locked_until - now);
  const auto stored = opened(SecretUse::password, own, own.password.value_or(""));
  if (!stored) return stored.error();
  const auto matches = hasher_.matches(*stored, password);
  if (!matches) return matches.error();
  if (*matches) return Done{};
  count_failure(key, {{}, now, own.login, std::string(outcome_code(LoginOutcome::wrong_password)), {}, {}});
  return Error{"password-wrong", "原密码不对。", {}};
}

std::vector<LoginEvent> Sessions::login_events(int limit, std::string_view before) {
  return access::login_events(*store_.read(), tenant_, limit, before);
}

void Sessions::keep_people_by(std::string_view state) {
  // One query for both: this is asked before every answer.
  who_sql_ =
      "SELECT " + std::string(session_columns) + ", (" + std::string(state) + ") FROM sessions WHERE tenant_id = ? AND secret_sha256 = ?";
}

std::optional<Sessions::Person> Sessions::person(const Session& session, const std::string& state, std::int64_t now) {
  const std::string day = local_day(now);
  const std::string key = session.account + (session.read_only ? "\nlooks" : "");
  const std::string of = state + "\n" + day;
  if (!state.empty()) {
    const std::lock_guard lock(people_mutex_);
    if (const auto kept = people_.find(key); kept != people_.end() && people_state_ == of) return kept->second;
  }
  auto reading = store_.read();
  auto account = find_account(*reading, tenant_, session.account);
  if (!account || !account->active) return std::nullopt;
  Principal principal = principal_of(*reading, tenant_, *account, day, session.read_only);
  Person found{std::move(*account), std::move(principal)};
  if (state.empty()) return found;
  const std::lock_guard lock(people_mutex_);
  if (people_state_ != of || people_.size() >= most_kept) people_.clear();
  people_state_ = of;
  people_.insert_or_assign(key, found);
  return found;
}

std::optional<Sessions::Known> Sessions::who(std::string_view secret) {
  const std::int64_t now = clock_();
  const std::string hash = sha256_hex(secret);
  std::optional<Session> session;
  std::string state;
  store_.read_one()->query(who_sql_, {tenant_, tenant_, hash}, [&](const store::Row& row) {
    session = session_of(row);
    state = row.optional_text(session_column_count).value_or("");
  });
  if (!session || session->expires_at <= now) return std::nullopt;
  const bool token = session->kind == "token";
  if (!token && now - session->seen_at > rules_.idle_seconds) return std::nullopt;
  auto found = person(*session, state, now);
  if (!found) return std::nullopt;
  if (now - session->seen_at >= between_marks) {
    auto writing = store_.write();
    writing->run("UPDATE sessions SET seen_at = ? WHERE tenant_id = ? AND secret_sha256 = ?", {now, tenant_, hash});
    writing.commit();
  }
  return Known{std::move(found->account), std::move(found->principal), session->id, token, std::move(state)};
}

std::vector<Session> Sessions::sessions_of(std::string_view account) {
  const std::int64_t now = clock_();
  std::vector<Session> found;
  auto reading = store_.read();
  const std::string sql = "SELECT " + std::string(session_columns) +
                          " FROM sessions WHERE tenant_id = ? AND account = ? AND expires_at > ? ORDER BY seen_at DESC, secret_sha256";
  reading->query(sql, {tenant_, account, now}, [&](const store::Row& row) {
    Session session = session_of(row);
    if (session.kind == "token" || now - session.seen_at <= rules_.idle_seconds) found.push_back(std::move(session));
  });
  return found;
}

bool Sessions::end(std::string_view account, std::string_view id) {
  if (id.size() != id_length) return false;
  auto writing = store_.write();
  const auto ended =
      writing->run("DELETE FROM sessions WHERE tenant_id = ? AND account = ? AND SUBSTR(secret_sha256, 1, 32) = ?", {tenant_, account, id});
  writing.commit();
  return ended > 0;
}

void Sessions::end_all(std::string_view account, std::string_view but) {
  auto writing = store_.write();
  writing->run("DELETE FROM sessions WHERE tenant_id = ? AND account = ? AND SUBSTR(secret_sha256, 1, 32) <> ?", {tenant_, account, but});
  writing.commit();
}

void Sessions::unlock(std::string_view login) {
  const std::string key = login_key(login);
  auto writing = store_.write();
  Attempts attempts = Attempts::of(*writing, tenant_, key);
  Attempts{0, 0, 0, attempts.totp_step}.store(*writing, tenant_, key);
  writing.commit();
}

Result<std::string> Sessions::new_token(const Account& account, std::string_view name, int days, bool read_only) {
  if (trim(name).empty() || name.size() > longest_name || !is_valid_utf8(name))
    return Error{"invalid-token", "请给令牌起个名字（不超过60个字）。", {"name"}};
  if (days < 1 || days > rules_.longest_token_days)
    return Error{"invalid-token", "令牌的有效期应在1到" + std::to_string(rules_.longest_token_days) + "天之间。", {"days"}};
  const std::int64_t now = clock_();
  constexpr std::int64_t day = 24 * 3600;
  std::string secret = new_secret();
  auto writing = store_.write();
  writing->run(insert_session,
               {tenant_, sha256_hex(secret), "token", account.id, short_text(name), "", now, now, now + days * day, read_only ? 1 : 0});
  writing.commit();
  return secret;
}

std::string Sessions::new_link(std::string_view account) {
  const std::int64_t now = clock_();
  std::string secret = new_secret();
  auto writing = store_.write();
  writing->run("DELETE FROM one_time_links WHERE tenant_id = ? AND expires_at <= ?", {tenant_, now});
  if (account.empty()) {
    writing->run("DELETE FROM one_time_links WHERE tenant_id = ? AND account IS NULL", {tenant_});
  } else {
    writing->run("DELETE FROM one_time_links WHERE tenant_id = ? AND account = ?", {tenant_, account});
  }
  writing->run("INSERT INTO one_time_links (tenant_id, secret_sha256, account, expires_at) VALUES (?, ?, ?, ?)",
               {tenant_, sha256_hex(secret), account.empty() ? store::Value() : store::Value(account), now + rules_.link_seconds});
  writing.commit();
  return secret;
}

std::optional<std::string> Sessions::link_owner(std::string_view secret) {
  std::optional<std::string> owner;
  auto reading = store_.read();
  reading->query("SELECT account FROM one_time_links WHERE tenant_id = ? AND secret_sha256 = ? AND expires_at > ?",
                 {tenant_, sha256_hex(secret), clock_()}, [&](const store::Row& row) { owner = row.optional_text(0).value_or(""); });
  return owner;
}

bool Sessions::use_link(store::Connection& connection, const std::string& tenant, std::string_view secret) {
  return connection.run("DELETE FROM one_time_links WHERE tenant_id = ? AND secret_sha256 = ?", {tenant, sha256_hex(secret)}) == 1;
}

}  // namespace jiheng::access
