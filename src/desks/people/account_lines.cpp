// Many people at once, from a sheet: who they are, and the posts they hold.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "desks/people/people.h"

namespace jiheng::desks {
namespace {

using access::Account;
using access::Appointment;
using access::Permission;
using access::Role;

constexpr std::size_t most_lines = 2'000;

Error bad_line(std::string_view code, std::size_t number, const Error& error) {
  const std::string field = error.context.empty() ? std::string() : error.context.back();
  return {std::string(code), "第" + std::to_string(number) + "行：" + error.message, {std::to_string(number), field}};
}

Error invalid(std::string message, std::string field) {
  return {"invalid-account", std::move(message), {std::move(field)}};
}

Error too_long() {
  return invalid("一次最多导入" + std::to_string(most_lines) + "行。", "lines");
}

std::optional<Role> role_named(std::string_view text) {
  for (const Role role : access::all_roles()) {
    if (text == access::role_name(role) || text == access::role_code(role)) return role;
  }
  return std::nullopt;
}

/// Error: invalid-account (context: the field).
Result<Appointment> appointment_of(store::Connection& connection, const std::string& tenant, const PostLine& line,
                                   const std::vector<access::Unit>& units) {
  const std::string name = normalise(line.role);
  const auto role = role_named(name);
  if (!role) return invalid("没有“" + name + "”这个岗位。", "role");
  if (access::is_administrator(*role)) return invalid("管理员的岗位请逐个任命。", "role");
  Appointment post;
  post.role = *role;
  const std::string unit = normalise(line.unit);
  if (unit.empty()) return post;
  const auto by_code = access::find_unit_by_code(connection, tenant, unit);
  post.unit = by_code ? std::optional(by_code->id) : access::unit_named(connection, tenant, unit);
  if (post.unit) return post;
  // Sections go by their names, too; no file names them.
  for (const access::Unit& each : units) {
    if (each.kind == access::Unit::Kind::section && access::unit_name_key(each.name) == access::unit_name_key(unit)) post.unit = each.id;
  }
  if (!post.unit) return invalid("没有“" + unit + "”这个单位或股室，或者几个都叫这个名字。", "unit");
  return post;
}

}  // namespace

Result<People::AccountsTaken> People::take_accounts(std::span<const AccountLine> lines, const access::Principal& who, Text why) {
  if (!who.may(Permission::manage_accounts)) return forbidden();
  if (lines.size() > most_lines) return too_long();
  auto change = registry_.begin(author_of(who, std::move(why)));
  AccountsTaken taken;
  std::set<std::string> logins;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto refuse = [&](const Error& error) { return bad_line("invalid-account-line", i + 1, error); };
    const std::string login = normalise(lines[i].login);
    if (!logins.insert(access::login_key(login)).second) return refuse(invalid("登录名“" + login + "”出现了两次。", "login"));
    const auto before = access::find_account_by_login(change.connection(), registry_.tenant(), login);
    Account next = before.value_or(Account{});
    if (!before) {
      next.login = login;
      next.made_at = registry_.now_text();
    }
    next.name = normalise(lines[i].name);
    if (lines[i].phone) {
      const std::string phone = normalise(*lines[i].phone);
      next.phone = phone.empty() ? std::nullopt : std::optional(phone);
    }
    if (before && before->name == next.name && before->phone == next.phone) {
      ++taken.same;
      continue;
    }
    if (const auto trouble = trouble_with(change.connection(), next)) return refuse(*trouble);
    auto stored = store_account(change, std::move(next), before ? "edit" : "add");
    if (!stored) return refuse(stored.error());
    if (before)
      ++taken.changed;
    else
      taken.added.push_back({std::move(*stored), {}});
  }
  if (!taken.added.empty() || taken.changed > 0) change.commit();
  for (Made& each : taken.added) each.link = sessions_.new_link(each.account.id);
  return taken;
}

Result<PostsTaken> People::take_posts(std::span<const PostLine> lines, const access::Principal& who, Text why) {
  if (!who.may(Permission::grant_roles)) return forbidden();
  if (lines.size() > most_lines) return too_long();
  auto change = registry_.begin(author_of(who, std::move(why)));
  PostsTaken taken;
  const auto units = access::list_units(change.connection(), registry_.tenant());
  // A person with several lines is changed once.
  std::map<std::string, std::pair<Account, std::size_t>> changed;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto refuse = [&](const Error& error) { return bad_line("invalid-post-line", i + 1, error); };
    const std::string login = normalise(lines[i].login);
    auto account = access::find_account_by_login(change.connection(), registry_.tenant(), login);
    if (!account) return refuse(invalid("没有登录名为“" + login + "”的人员。", "login"));
    if (account->id == who.id()) return refuse(invalid("不能改自己的岗位，请另一位安全管理员来做。", "login"));
    auto post = appointment_of(change.connection(), registry_.tenant(), lines[i], units);
    if (!post) return refuse(post.error());
    const auto known = changed.find(account->id);
    Account& next = known == changed.end() ? *account : known->second.first;
    if (std::find(next.posts.begin(), next.posts.end(), *post) != next.posts.end()) {
      ++taken.same;
      continue;
    }
    next.posts.push_back(std::move(*post));
    if (const auto trouble = trouble_with_posts(change.connection(), next)) return refuse({trouble->code, trouble->message, {"role"}});
    ++taken.added;
    if (known == changed.end()) changed.emplace(next.id, std::pair(*account, i + 1));
  }
  for (const auto& [id, each] : changed) {
    if (const auto stored = store_account(change, each.first, "appoint"); !stored)
      return bad_line("invalid-post-line", each.second, stored.error());
  }
  if (!changed.empty()) change.commit();
  return taken;
}

}  // namespace jiheng::desks
