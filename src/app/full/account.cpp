#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "app/full/commands.h"
#include "app/full/staff.h"

namespace jiheng::app {
namespace {

struct AccountOptions {
  Place place;
  std::string login;
  std::string name;
  std::string phone;
  std::string role;
  std::string unit;
};

Result<access::Account> account_named(Staff& staff, const AccountOptions& options) {
  for (access::Account& each : staff.people.accounts(who_of(options.place))) {
    if (access::login_key(each.login) == access::login_key(options.login)) return std::move(each);
  }
  return Error{"not-found", "没有登录名为“" + options.login + "”的人员。", {options.login}};
}

Result<access::Unit> unit_named(Staff& staff, const AccountOptions& options) {
  for (access::Unit& each : staff.people.units(who_of(options.place))) {
    const bool alias = std::find(each.aliases.begin(), each.aliases.end(), options.unit) != each.aliases.end();
    if (each.code == options.unit || each.name == options.unit || alias) return std::move(each);
  }
  return Error{"not-found", "没有编码或名称为“" + options.unit + "”的单位或股室。", {options.unit}};
}

void print_link(const std::string& link) {
  std::printf("请把这个一次性链接当面交给本人，在网页地址后打开，设置密码（七天内有效）：\n/welcome?link=%s\n", link.c_str());
}

int add(const AccountOptions& options) {
  return with_staff(options.place, [&](Staff& staff) -> int {
    access::Account account;
    account.login = options.login;
    account.name = options.name;
    if (!options.phone.empty()) account.phone = options.phone;
    const auto made = staff.people.add_account(std::move(account), who_of(options.place), why_of(options.place));
    if (!made) return refused(made.error());
    print_link(made->link);
    return done;
  });
}

int link(const AccountOptions& options) {
  return with_staff(options.place, [&](Staff& staff) -> int {
    const auto account = account_named(staff, options);
    if (!account) return refused(account.error());
    const auto link = staff.people.new_link(account->id, who_of(options.place), why_of(options.place));
    if (!link) return refused(link.error());
    print_link(*link);
    return done;
  });
}

/// Adds one post to those he has.
int appoint(const AccountOptions& options) {
  return with_staff(options.place, [&](Staff& staff) -> int {
    auto account = account_named(staff, options);
    if (!account) return refused(account.error());
    const auto role = access::role_from_code(options.role);
    if (!role) return refused({"role", "没有“" + options.role + "”这种岗位，请看 --help。", {}});
    access::Appointment post{*role, std::nullopt, std::nullopt, std::nullopt};
    if (!options.unit.empty()) {
      const auto unit = unit_named(staff, options);
      if (!unit) return refused(unit.error());
      post.unit = unit->id;
    }
    account->posts.push_back(std::move(post));
    const auto appointed =
        staff.people.appoint(account->id, account->revision, std::move(account->posts), who_of(options.place), why_of(options.place));
    return appointed ? static_cast<int>(done) : refused(appointed.error());
  });
}

int list(const AccountOptions& options) {
  return with_staff(options.place, [&](Staff& staff) -> int {
    for (const access::Account& each : staff.people.accounts(who_of(options.place))) {
      std::string posts;
      for (const access::Appointment& post : each.posts) posts += (posts.empty() ? "" : "、") + std::string(access::role_name(post.role));
      std::printf("%s\t%s\t%s\t%s\n", each.login.c_str(), each.name.c_str(), posts.empty() ? "未授岗位" : posts.c_str(),
                  !each.active    ? "已停用"
                  : each.password ? "在用"
                                  : "未设密码");
    }
    return done;
  });
}

std::string roles_help() {
  std::string text = "岗位：";
  for (const access::Role role : access::all_roles())
    text += std::string(access::role_code(role)) + " " + std::string(access::role_name(role)) + "；";
  return text;
}

}  // namespace

void add_accounts(CLI::App& admin, Settings& settings) {
  auto options = std::make_shared<AccountOptions>();
  const auto run = [options, &settings](int (*act)(const AccountOptions&)) {
    return [options, &settings, act] { settings.status = act(*options); };
  };

  CLI::App* account = admin.add_subcommand("account", "人员：查看，新增，一次性链接，岗位");
  account->require_subcommand(1);
  CLI::App* list_command = account->add_subcommand("list", "列出人员：登录名、姓名、岗位、状态");
  add_place(*list_command, options->place, false);
  list_command->callback(run(list));

  CLI::App* add_command = account->add_subcommand("add", "新增人员，给出设置密码的一次性链接");
  add_place(*add_command, options->place, true);
  add_command->add_option("LOGIN", options->login, "登录名")->required();
  add_command->add_option("NAME", options->name, "姓名")->required();
  add_command->add_option("--phone", options->phone, "电话");
  add_command->callback(run(add));

  CLI::App* link_command = account->add_subcommand("link", "忘了密码或丢了手机：作废原来的，给出新的一次性链接");
  add_place(*link_command, options->place, true);
  link_command->add_option("LOGIN", options->login, "登录名")->required();
  link_command->callback(run(link));

  CLI::App* appoint_command = account->add_subcommand("appoint", "加一个岗位");
  add_place(*appoint_command, options->place, true);
  appoint_command->add_option("LOGIN", options->login, "登录名")->required();
  appoint_command->add_option("ROLE", options->role, roles_help())->required();
  appoint_command->add_option("--unit", options->unit, "单位或股室的编码或名称");
  appoint_command->callback(run(appoint));
}

}  // namespace jiheng::app
