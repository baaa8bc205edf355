#include "access/accounts.h"

#include <algorithm>

#include "access/units.h"

namespace jiheng::access {
namespace {

constexpr std::string_view insert_account =
    "INSERT INTO accounts (tenant_id, id, revision, login_key, login, name, phone, active, password, totp, made_at, mail, mail_since) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view insert_post =
    "INSERT INTO account_posts (tenant_id, account, number, role, unit, from_day, to_day) VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view account_columns = "id, revision, login, name, phone, active, password, totp, made_at, mail, mail_since";
constexpr std::string_view insert_delegation =
    "INSERT INTO delegations (tenant_id, id, revision, from_account, to_account, role, from_day, to_day, active) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view delegation_columns = "id, revision, from_account, to_account, role, from_day, to_day, active";

Account account_of(const store::Row& row) {
  Account account;
  account.id = row.string(0);
  account.revision = row.small(1);
  account.login = row.string(2);
  account.name = row.string(3);
  account.phone = row.optional_text(4);
  account.active = row.integer(5) != 0;
  account.password = row.optional_text(6);
  account.totp = row.optional_text(7);
  account.made_at = row.string(8);
  account.mail = row.optional_text(9);
  account.mail_since = row.optional_text(10);
  return account;
}

/// The row holds (role, unit, from_day, to_day) from `first` on. A role that a newer program knows gives no post.
void take_post(Account& account, const store::Row& row, int first) {
  const auto role = role_from_code(row.text(first));
  if (!role) return;
  account.posts.push_back({*role, row.optional_text(first + 1), row.optional_text(first + 2), row.optional_text(first + 3)});
}

std::optional<Account> find_by(store::Connection& connection, const std::string& tenant, std::string_view column, std::string_view value) {
  std::optional<Account> found;
  const std::string sql =
      "SELECT " + std::string(account_columns) + " FROM accounts WHERE tenant_id = ? AND " + std::string(column) + " = ?";
  connection.query(sql, {tenant, value}, [&](const store::Row& row) { found = account_of(row); });
  if (!found) return found;
  connection.query("SELECT role, unit, from_day, to_day FROM account_posts WHERE tenant_id = ? AND account = ? ORDER BY number",
                   {tenant, found->id}, [&](const store::Row& row) { take_post(*found, row, 0); });
  return found;
}

Delegation delegation_of(const store::Row& row) {
  Delegation delegation;
  delegation.id = row.string(0);
  delegation.revision = row.small(1);
  delegation.from_account = row.string(2);
  delegation.to_account = row.string(3);
  delegation.role = role_from_code(row.text(4)).value_or(Role::desk_staff);
  delegation.from_day = row.string(5);
  delegation.to_day = row.string(6);
  delegation.active = row.integer(7) != 0;
  return delegation;
}

bool lasts(const Appointment& post, std::string_view day) {
  return (!post.from || *post.from <= day) && (!post.to || *post.to >= day);
}

Reach reach_of(store::Connection& connection, const std::string& tenant, const Appointment& post) {
  Reach reach;
  if (is_of_a_section(post.role)) {
    if (post.unit) reach.units = units_of_section(connection, tenant, *post.unit);
  } else if (post.role == Role::department_officer) {
    if (post.unit) reach.units = units_below(connection, tenant, *post.unit);
  } else if (is_of_a_unit(post.role)) {
    if (post.unit) reach.units = {*post.unit};
  } else {
    reach.all = true;
  }
  return reach;
}

}  // namespace

bool Account::is_administrator() const {
  return std::any_of(posts.begin(), posts.end(), [](const Appointment& post) { return access::is_administrator(post.role); });
}

bool is_mail_address(std::string_view text) {
  constexpr std::size_t longest = 254;  // RFC 5321 4.5.3.1
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
  const std::size_t at = text.find('@');
  if (text.size() > longest || at == std::string_view::npos || at == 0) return false;
  const std::string_view name = text.substr(0, at);
  const std::string_view host = text.substr(at + 1);
  return name.find_first_not_of(std::string(plain) + "_+%=") == std::string_view::npos && name.front() != '-' && !host.empty() &&
         host.find_first_not_of(plain) == std::string_view::npos && host.front() != '.' && host.back() != '.' && host.front() != '-';
}

std::string login_key(std::string_view login) {
  std::string key(login);
  for (char& c : key) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return key;
}

void store_account(store::Connection& connection, const std::string& tenant, const Account& account) {
  connection.run("DELETE FROM account_posts WHERE tenant_id = ? AND account = ?", {tenant, account.id});
  connection.run("DELETE FROM accounts WHERE tenant_id = ? AND id = ?", {tenant, account.id});
  connection.run(insert_account,
                 {tenant, account.id, account.revision, login_key(account.login), account.login, account.name, account.phone,
                  account.active ? 1 : 0, account.password, account.totp, account.made_at, account.mail, account.mail_since});
  int number = 0;
  for (const Appointment& post : account.posts)
    connection.run(insert_post, {tenant, account.id, ++number, role_code(post.role), post.unit, post.from, post.to});
}

std::optional<Account> find_account(store::Connection& connection, const std::string& tenant, std::string_view id) {
  return find_by(connection, tenant, "id", id);
}

std::optional<Account> find_account_by_login(store::Connection& connection, const std::string& tenant, std::string_view login) {
  return find_by(connection, tenant, "login_key", login_key(login));
}

std::vector<Account> list_accounts(store::Connection& connection, const std::string& tenant) {
  std::vector<Account> accounts;
  const std::string sql = "SELECT " + std::string(account_columns) + " FROM accounts WHERE tenant_id = ? ORDER BY id";
  connection.query(sql, {tenant}, [&](const store::Row& row) { accounts.push_back(account_of(row)); });
  auto account = accounts.begin();
  connection.query("SELECT account, role, unit, from_day, to_day FROM account_posts WHERE tenant_id = ? ORDER BY account, number", {tenant},
                   [&](const store::Row& row) {
                     while (account != accounts.end() && account->id < row.text(0)) ++account;
                     if (account != accounts.end() && account->id == row.text(0)) take_post(*account, row, 1);
                   });
  std::sort(accounts.begin(), accounts.end(), [](const Account& a, const Account& b) { return login_key(a.login) < login_key(b.login); });
  return accounts;
}

bool any_account(store::Connection& connection, const std::string& tenant) {
  bool any = false;
  connection.query("SELECT id FROM accounts WHERE tenant_id = ? LIMIT 1", {tenant}, [&](const store::Row&) { any = true; });
  return any;
}

void store_delegation(store::Connection& connection, const std::string& tenant, const Delegation& delegation) {
  connection.run("DELETE FROM delegations WHERE tenant_id = ? AND id = ?", {tenant, delegation.id});
  connection.run(insert_delegation, {tenant, delegation.id, delegation.revision, delegation.from_account, delegation.to_account,
                                     role_code(delegation.role), delegation.from_day, delegation.to_day, delegation.active ? 1 : 0});
}

std::optional<Delegation> find_delegation(store::Connection& connection, const std::string& tenant, std::string_view id) {
  std::optional<Delegation> found;
  const std::string sql = "SELECT " + std::string(delegation_columns) + " FROM delegations WHERE tenant_id = ? AND id = ?";
  connection.query(sql, {tenant, id}, [&](const store::Row& row) { found = delegation_of(row); });
  return found;
}

std::vector<Delegation> list_delegations(store::Connection& connection, const std::string& tenant) {
  std::vector<Delegation> found;
  const std::string sql = "SELECT " + std::string(delegation_columns) + " FROM delegations WHERE tenant_id = ? ORDER BY from_day DESC, id";
  connection.query(sql, {tenant}, [&](const store::Row& row) { found.push_back(delegation_of(row)); });
  return found;
}

Principal principal_of(store::Connection& connection, const std::string& tenant, const Account& account, std::string_view day,
                       bool read_only) {
  if (!account.active) return {};
  std::vector<Post> posts;
  for (const Appointment& post : account.posts) {
    if (lasts(post, day)) posts.push_back({post.role, reach_of(connection, tenant, post), {}, {}});
  }
  std::vector<Delegation> taken;
  const std::string sql = "SELECT " + std::string(delegation_columns) +
                          " FROM delegations WHERE tenant_id = ? AND to_account = ? AND active = 1 AND from_day <= ? AND to_day >= ?";
  connection.query(sql, {tenant, account.id, day, day}, [&](const store::Row& row) { taken.push_back(delegation_of(row)); });
  for (const Delegation& delegation : taken) {
    const auto giver = find_account(connection, tenant, delegation.from_account);
    if (!giver || !giver->active) continue;
    // Only his own posts: what he himself stands in for is not passed on.
    for (const Appointment& post : giver->posts) {
      if (post.role == delegation.role && lasts(post, day))
        posts.push_back({post.role, reach_of(connection, tenant, post), giver->id, giver->name});
    }
  }
  return Principal::person(account.id, account.login, account.name, std::move(posts), read_only);
}

}  // namespace jiheng::access
