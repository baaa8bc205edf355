// What a person does with his own account, and the first start.
#include <algorithm>

#include "access/password.h"
#include "access/totp.h"
#include "base/text.h"
#include "desks/people/people.h"

namespace jiheng::desks {
namespace {

using access::Account;

constexpr int longest_delegation_days = 366;

Error link_void() {
  return {"link-void", "这个链接已经用过或过期了，请向系统管理员要一个新的。", {}};
}

Error invalid_delegation(std::string message, std::string field) {
  return {"invalid-delegation", std::move(message), {std::move(field)}};
}

access::Principal as_himself(const Account& account) {
  return access::Principal::person(account.id, account.login, account.name, {});
}

}  // namespace

std::string People::today() const {
  return access::local_day(registry_.now());
}

Result<Account> People::choose_password(std::string_view link, std::string_view password) {
  const auto owner = sessions_.link_owner(link);
  if (!owner || owner->empty()) return link_void();
  std::optional<Account> account;
  {
    auto reading = registry_.store().read();
    account = access::find_account(*reading, registry_.tenant(), *owner);
  }
  if (!account || !account->active) return link_void();
  if (auto trouble = access::trouble_with_password(password, account->login)) return std::move(*trouble);
  auto hash = sessions_.hasher().hash(password);
  if (!hash) return hash.error();
  auto change = registry_.begin(author_of(as_himself(*account)));
  if (!access::Sessions::use_link(change.connection(), registry_.tenant(), link)) return link_void();
  account = access::find_account(change.connection(), registry_.tenant(), *owner);
  account->password = std::move(*hash);
  auto stored = store_account(change, std::move(*account), "password");
  if (!stored) return stored;
  change.commit();
  sessions_.end_all(stored->id);
  sessions_.unlock(stored->login);
  return stored;
}

Result<Done> People::change_password(const Account& own, std::string_view old_password, std::string_view password,
                                     std::string_view session) {
  if (const auto proven = sessions_.prove(own, old_password); !proven) return proven.error();
  if (auto trouble = access::trouble_with_password(password, own.login)) return std::move(*trouble);
  if (password == old_password) return Error{"weak-password", "新密码不能和原密码相同。", {}};
  auto hash = sessions_.hasher().hash(password);
  if (!hash) return hash.error();
  auto change = registry_.begin(author_of(as_himself(own)));
  auto account = access::find_account(change.connection(), registry_.tenant(), own.id);
  if (!account) return forbidden();
  account->password = std::move(*hash);
  const auto stored = store_account(change, std::move(*account), "password");
  if (!stored) return stored.error();
  change.commit();
  sessions_.end_all(own.id, session);
  return Done{};
}

Result<Done> People::keep_totp(const Account& own, std::string_view secret, std::string_view code, std::string_view password) {
  if (own.totp) {
    if (auto proven = sessions_.prove(own, password); !proven) {
      if (proven.error().code != "password-wrong") return proven.error();
      return Error{"password-wrong", "换手机要先输入密码，密码不对。", {}};
    }
  }
  if (!access::totp_step(secret, code, registry_.now(), 0))
    return Error{"second-factor-unproven", "动态码不对，请确认手机验证器里已添加，再输入它现在显示的六位数字。", {}};
  auto change = registry_.begin(author_of(as_himself(own)));
  auto account = access::find_account(change.connection(), registry_.tenant(), own.id);
  if (!account) return forbidden();
  account->totp = std::string(secret);
  const auto stored = store_account(change, std::move(*account), "second-factor");
  if (!stored) return stored.error();
  change.commit();
  return Done{};
}

Result<std::optional<std::string>> People::keep_mail(const Account& own, std::string_view mail) {
  const std::string_view address = trim(mail);
  if (!address.empty() && !access::is_mail_address(address))
    return Error{"invalid-mail", "邮箱地址不对，应如 zhang@example.gov.cn。", {"mail"}};
  auto change = registry_.begin(author_of(as_himself(own)));
  auto account = access::find_account(change.connection(), registry_.tenant(), own.id);
  if (!account) return forbidden();
  const std::optional<std::string> before = account->mail;
  if (before.value_or("") == address) return before;
  account->mail.reset();
  account->mail_since.reset();
  if (!address.empty()) {
    account->mail = std::string(address);
    account->mail_since = registry_.now_text();
  }
  const auto stored = store_account(change, std::move(*account), "mail");
  if (!stored) return stored.error();
  change.commit();
  return before;
}

std::vector<Account> People::colleagues() {
  auto found = access::list_accounts(*registry_.store().read(), registry_.tenant());
  std::erase_if(found, [](const Account& each) { return !each.active || each.is_administrator(); });
  return found;
}

Result<access::Delegation> People::delegate(access::Delegation delegation, const access::Principal& who, Text why) {
  if (who.is_operator() || !who.is_known() || who.is_read_only()) return forbidden();
  const bool holds = std::any_of(who.posts().begin(), who.posts().end(),
                                 [&](const access::Post& post) { return post.role == delegation.role && post.for_account.empty(); });
  if (!holds) return invalid_delegation("只能委托自己的岗位。", "role");
  if (access::is_administrator(delegation.role)) return invalid_delegation("管理员的岗位不能委托。", "role");
  if (delegation.to_account == who.id()) return invalid_delegation("不能委托给自己。", "to_account");
  if (!access::is_day(delegation.from_day) || !access::is_day(delegation.to_day) || delegation.from_day > delegation.to_day)
    return invalid_delegation("委托的起止日期不对。", "from_day");
  if (delegation.to_day < today()) return invalid_delegation("委托的截止日期已经过了。", "to_day");
  if (access::days_between(delegation.from_day, delegation.to_day) > longest_delegation_days)
    return invalid_delegation("委托最长一年，更长的请办移交。", "to_day");
  auto change = registry_.begin(author_of(who, std::move(why)));
  const auto taker = access::find_account(change.connection(), registry_.tenant(), delegation.to_account);
  if (!taker || !taker->active || taker->is_administrator()) return invalid_delegation("不能委托给这个人。", "to_account");
  delegation.id = registry::new_id();
  delegation.from_account = who.id();
  delegation.active = true;
  const auto record = change.put({std::string(delegation_kind), delegation.id, 0, "active", "delegate", body_of(delegation), {}});
  if (!record) return record.error();
  delegation.revision = record->revision;
  access::store_delegation(change.connection(), registry_.tenant(), delegation);
  change.commit();
  return delegation;
}

Result<Done> People::end_delegation(std::string_view id, const access::Principal& who) {
  if (!who.is_known() || who.is_read_only()) return forbidden();
  auto change = registry_.begin(author_of(who));
  auto delegation = access::find_delegation(change.connection(), registry_.tenant(), id);
  if (!delegation) return Error{"not-found", "没有这项委托。", {std::string(id)}};
  // Either of the two may end it.
  if (delegation->from_account != who.id() && delegation->to_account != who.id() && !who.may(access::Permission::grant_roles))
    return forbidden();
  if (!delegation->active) return Done{};
  delegation->active = false;
  const auto record =
      change.put({std::string(delegation_kind), delegation->id, delegation->revision, "ended", "end", body_of(*delegation), {}});
  if (!record) return record.error();
  delegation->revision = record->revision;
  access::store_delegation(change.connection(), registry_.tenant(), *delegation);
  change.commit();
  return Done{};
}

std::vector<access::Delegation> People::delegations(const access::Principal& who) {
  auto reading = registry_.store().read();
  auto found = access::list_delegations(*reading, registry_.tenant());
  if (!who.may(access::Permission::see_accounts))
    std::erase_if(found, [&](const access::Delegation& each) { return each.from_account != who.id() && each.to_account != who.id(); });
  return found;
}

bool People::is_set_up() {
  auto reading = registry_.store().read();
  return access::any_account(*reading, registry_.tenant());
}

Result<People::SetUp> People::set_up(std::string_view link, Setup setup) {
  const auto owner = sessions_.link_owner(link);
  if (!owner || !owner->empty()) return link_void();
  auto change = registry_.begin({"setup", "首次启用"});
  auto& connection = change.connection();
  if (access::any_account(connection, registry_.tenant())) return link_void();
  if (!access::Sessions::use_link(connection, registry_.tenant(), link)) return link_void();
  access::Unit bureau;
  bureau.code = setup.bureau_code;
  bureau.name = setup.bureau;
  const auto known = access::find_unit_by_code(connection, registry_.tenant(), bureau.code);
  if (!known) {
    const auto stored = store_unit(change, std::move(bureau));
    if (!stored) return stored.error();
  }
  std::vector<std::string> ids;
  const std::pair<Account*, access::Role> administrators[] = {{&setup.system, access::Role::system_admin},
                                                              {&setup.security, access::Role::security_admin},
                                                              {&setup.audit, access::Role::audit_admin}};
  for (const auto& [account, role] : administrators) {
    account->id.clear();
    account->revision = 0;
    account->posts = {{role, std::nullopt, std::nullopt, std::nullopt}};
    account->made_at = registry_.now_text();
    if (auto trouble = trouble_with(connection, *account)) {
      trouble->context.emplace_back(access::role_code(role));
      return std::move(*trouble);
    }
    const auto stored = store_account(change, std::move(*account), "add");
    if (!stored) return stored.error();
    ids.push_back(stored->id);
  }
  change.commit();
  return SetUp{sessions_.new_link(ids[0]), sessions_.new_link(ids[1]), sessions_.new_link(ids[2])};
}

void People::rebuild() {
  auto writing = registry_.store().write();
  const std::string& tenant = registry_.tenant();
  for (const std::string_view table : {"unit_names", "units", "account_posts", "accounts", "delegations"})
    writing->run("DELETE FROM " + std::string(table) + " WHERE tenant_id = ?", {tenant});
  std::vector<access::Unit> units;
  std::vector<Account> accounts;
  std::vector<access::Delegation> delegations;
  registry_.each_latest(*writing, unit_kind, [&](const registry::Record& record) { units.push_back(unit_from(record)); });
  registry_.each_latest(*writing, account_kind, [&](const registry::Record& record) { accounts.push_back(account_from(record)); });
  registry_.each_latest(*writing, delegation_kind, [&](const registry::Record& record) { delegations.push_back(delegation_from(record)); });
  for (const access::Unit& each : units) access::store_unit(*writing, tenant, each);
  for (const Account& each : accounts) access::store_account(*writing, tenant, each);
  for (const access::Delegation& each : delegations) access::store_delegation(*writing, tenant, each);
  writing.commit();
}

}  // namespace jiheng::desks
