#include <algorithm>

#include "base/text.h"
#include "desks/people/people.h"

namespace jiheng::desks {
namespace {

using access::Account;
using access::Appointment;
using access::Permission;

constexpr std::size_t shortest_login = 2;
constexpr std::size_t longest_login = 32;
constexpr std::size_t longest_name = 120;  // bytes
constexpr std::size_t longest_phone = 40;
constexpr std::size_t most_posts = 200;

Error invalid(std::string message, std::string field) {
  return {"invalid-account", std::move(message), {std::move(field)}};
}

Error no_account(std::string_view id) {
  return {"not-found", "没有这个人员。", {std::string(id)}};
}

bool is_login(std::string_view text) {
  return text.size() >= shortest_login && text.size() <= longest_login && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
         });
}

bool holds(const Account& account, access::Role role) {
  return account.active &&
         std::any_of(account.posts.begin(), account.posts.end(), [&](const Appointment& post) { return post.role == role; });
}

}  // namespace

registry::Author author_of(const access::Principal& who, Text why, const access::Post* stands_in) {
  std::string account = who.login();
  if (stands_in != nullptr) account += "（代" + stands_in->for_name + "）";
  return {std::move(account), std::move(why)};
}

Error forbidden() {
  return {"forbidden", "您的岗位不能做这件事。", {}};
}

std::vector<Account> People::accounts(const access::Principal& who) {
  if (!who.may(Permission::see_accounts)) return {};
  auto reading = registry_.store().read();
  return access::list_accounts(*reading, registry_.tenant());
}

Result<Account> People::account(std::string_view id, const access::Principal& who) {
  if (!who.may(Permission::see_accounts)) return forbidden();
  auto reading = registry_.store().read();
  auto found = access::find_account(*reading, registry_.tenant(), id);
  if (!found) return no_account(id);
  return std::move(*found);
}

std::optional<Error> People::trouble_with(store::Connection& connection, const Account& account) {
  if (!is_login(account.login)) return invalid("登录名应是2到32个字母、数字或 . - _。", "login");
  if (trim(account.name).empty() || account.name.size() > longest_name || !is_valid_utf8(account.name))
    return invalid("请填写姓名（不超过40个字）。", "name");
  if (account.phone && (account.phone->size() > longest_phone || !is_valid_utf8(*account.phone))) return invalid("电话太长。", "phone");
  const auto same = access::find_account_by_login(connection, registry_.tenant(), account.login);
  if (same && same->id != account.id) return invalid("登录名“" + account.login + "”已有人用。", "login");
  return std::nullopt;
}

std::optional<Error> People::trouble_with_posts(store::Connection& connection, const Account& account) {
  if (account.posts.size() > most_posts) return invalid("岗位太多了。", "posts");
  const bool administrator = account.is_administrator();
  for (const Appointment& post : account.posts) {
    if (administrator && (!access::is_administrator(post.role) || post.role != account.posts.front().role))
      return Error{"roles-clash",
                   "系统、安全、审计三个管理员要由不同的人担任，管理员也不能兼业务岗位。",
                   {std::string(access::role_code(post.role))}};
    const bool of_unit = access::is_of_a_unit(post.role);
    const bool of_section = access::is_of_a_section(post.role);
    const auto unit = post.unit ? access::find_unit(connection, registry_.tenant(), *post.unit) : std::nullopt;
    if ((of_unit || of_section) != post.unit.has_value() || (post.unit && !unit))
      return invalid("“" + std::string(access::role_name(post.role)) + "”" +
                         (of_unit || of_section ? "要说明是哪个单位或股室的。" : "不属于某个单位。"),
                     "posts");
    if (unit && (unit->kind == access::Unit::Kind::section) != of_section)
      return invalid("“" + std::string(access::role_name(post.role)) + "”不能在“" + unit->name + "”任职。", "posts");
    if ((post.from && !access::is_day(*post.from)) || (post.to && !access::is_day(*post.to)) ||
        (post.from && post.to && *post.from > *post.to))
      return invalid("岗位的起止日期不对。", "posts");
  }
  return std::nullopt;
}

bool People::is_last_administrator(store::Connection& connection, const Account& before, const Account& after) {
  for (const access::Role role : {access::Role::system_admin, access::Role::security_admin, access::Role::audit_admin}) {
    if (!holds(before, role) || holds(after, role)) continue;
    const auto all = access::list_accounts(connection, registry_.tenant());
    const auto others = std::count_if(all.begin(), all.end(),
                                      [&](const Account& each) { return each.id != before.id && holds(each, role) && each.password; });
    if (others == 0) return true;
  }
  return false;
}

Result<Account> People::store_account(registry::Change& change, Account account, std::string_view action) {
  const bool is_new = account.id.empty();
  if (is_new) account.id = registry::new_id();
  sessions_.seal(account);
  const auto record = change.put({std::string(account_kind),
                                  account.id,
                                  account.revision,
                                  account.active ? "active" : "disabled",
                                  std::string(action),
                                  body_of(account),
                                  {}});
  if (!record) return record.error();
  account.revision = record->revision;
  access::store_account(change.connection(), registry_.tenant(), account);
  return account;
}

Result<People::Made> People::add_account(Account account, const access::Principal& who, Text why) {
  if (!who.may(Permission::manage_accounts)) return forbidden();
  account.id.clear();
  account.revision = 0;
  account.posts.clear();
  account.password.reset();
  account.totp.reset();
  account.name = normalise(account.name);
  account.made_at = registry_.now_text();
  auto change = registry_.begin(author_of(who, std::move(why)));
  if (auto trouble = trouble_with(change.connection(), account)) return std::move(*trouble);
  auto stored = store_account(change, std::move(account), "add");
  if (!stored) return stored.error();
  change.commit();
  std::string link = sessions_.new_link(stored->id);
  return Made{std::move(*stored), std::move(link)};
}

Result<Account> People::change_account(const Account& account, const access::Principal& who, Text why) {
  if (!who.may(Permission::manage_accounts)) return forbidden();
  auto change = registry_.begin(author_of(who, std::move(why)));
  const auto before = access::find_account(change.connection(), registry_.tenant(), account.id);
  if (!before) return no_account(account.id);
  Account next = *before;
  next.revision = account.revision;
  next.login = account.login;
  next.name = normalise(account.name);
  next.phone = account.phone;
  next.active = account.active;
  if (auto trouble = trouble_with(change.connection(), next)) return std::move(*trouble);
  if (!next.active && before->id == who.id()) return Error{"own-account", "不能停用自己的账号，请另一位系统管理员来做。", {}};
  if (is_last_administrator(change.connection(), *before, next))
    return Error{"last-administrator", "这是最后一位这样的管理员，不能停用。", {}};
  auto stored = store_account(change, std::move(next), before->active == account.active ? "edit" : account.active ? "enable" : "disable");
  if (!stored) return stored;
  change.commit();
  if (!stored->active) sessions_.end_all(stored->id);
  return stored;
}

Result<Account> People::appoint(std::string_view id, int from_revision, std::vector<Appointment> posts, const access::Principal& who,
                                Text why) {
  if (!who.may(Permission::grant_roles)) return forbidden();
  if (id == who.id()) return Error{"own-posts", "不能改自己的岗位，请另一位安全管理员来做。", {}};
  auto change = registry_.begin(author_of(who, std::move(why)));
  const auto before = access::find_account(change.connection(), registry_.tenant(), id);
  if (!before) return no_account(id);
  Account next = *before;
  next.revision = from_revision;
  next.posts = std::move(posts);
  if (auto trouble = trouble_with_posts(change.connection(), next)) return std::move(*trouble);
  if (is_last_administrator(change.connection(), *before, next))
    return Error{"last-administrator", "这是最后一位这样的管理员，不能撤换，请先任命接替的人。", {}};
  auto stored = store_account(change, std::move(next), "appoint");
  if (!stored) return stored;
  change.commit();
  return stored;
}

Result<std::string> People::new_link(std::string_view id, const access::Principal& who, Text why) {
  if (!who.may(Permission::manage_accounts)) return forbidden();
  auto change = registry_.begin(author_of(who, std::move(why)));
  auto account = access::find_account(change.connection(), registry_.tenant(), id);
  if (!account || !account->active) return no_account(id);
  // Who hands out the link could use it himself: the three administrators would be one.
  if (!who.is_operator() && account->is_administrator())
    return Error{"administrator-account", "管理员的密码和动态码只能在服务器上重置：jiheng admin account link 登录名。", {account->login}};
  account->password.reset();
  account->totp.reset();
  const auto stored = store_account(change, std::move(*account), "reset");
  if (!stored) return stored.error();
  change.commit();
  sessions_.end_all(id);
  return sessions_.new_link(id);
}

Result<Done> People::unlock(std::string_view id, const access::Principal& who, Text why) {
  if (!who.may(Permission::grant_roles)) return forbidden();
  auto change = registry_.begin(author_of(who, std::move(why)));
  auto account = access::find_account(change.connection(), registry_.tenant(), id);
  if (!account) return no_account(id);
  const std::string login = account->login;
  const auto stored = store_account(change, std::move(*account), "unlock");
  if (!stored) return stored.error();
  change.commit();
  sessions_.unlock(login);
  return Done{};
}

Result<Done> People::hand_over(std::string_view from, std::string_view to, std::string_view day, const access::Principal& who, Text why) {
  if (!who.may(Permission::grant_roles)) return forbidden();
  if (from == who.id() || to == who.id()) return Error{"own-posts", "不能移交给自己或移交自己的岗位，请另一位安全管理员来做。", {}};
  if (!access::is_day(day)) return invalid("移交日期不对。", "day");
  if (from == to) return invalid("移交的双方不能是同一个人。", "to");
  auto change = registry_.begin(author_of(who, std::move(why)));
  auto& connection = change.connection();
  auto giver = access::find_account(connection, registry_.tenant(), from);
  auto taker = access::find_account(connection, registry_.tenant(), to);
  if (!giver || !taker || !taker->active) return no_account(giver ? to : from);
  if (giver->is_administrator() || taker->is_administrator()) return Error{"roles-clash", "管理员的岗位不移交，请重新任命。", {}};
  const std::string last_day = access::day_before(day);
  int moved = 0;
  for (Appointment& post : giver->posts) {
    if (post.to && *post.to < day) continue;
    Appointment next = post;
    if (!next.from || *next.from < day) next.from = std::string(day);
    if (std::find(taker->posts.begin(), taker->posts.end(), next) == taker->posts.end()) taker->posts.push_back(std::move(next));
    post.to = last_day;
    ++moved;
  }
  // What had not begun yet never does.
  std::erase_if(giver->posts, [](const Appointment& post) { return post.from && post.to && *post.from > *post.to; });
  if (moved == 0) return invalid("这个人那天已没有岗位可移交。", "from");
  if (auto trouble = trouble_with_posts(connection, *taker)) return std::move(*trouble);
  for (Account* each : {&*giver, &*taker}) {
    const auto stored = store_account(change, *each, "hand-over");
    if (!stored) return stored.error();
  }
  change.commit();
  return Done{};
}

}  // namespace jiheng::desks
