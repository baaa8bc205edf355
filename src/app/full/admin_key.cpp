// `jiheng admin key`: the secret key of passwords and second factors, at the machine (docs/adr/0014).
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "access/key_file.h"
#include "app/full/commands.h"
#include "app/full/staff.h"
#include "desks/people/bureau_key.h"

namespace jiheng::app {
namespace {

using Key = std::shared_ptr<const access::SecretKey>;

struct KeyOptions {
  Place place;
  std::string file;
};

/// Until the database wants it, a new key lies here: a machine that stops in between loses neither.
std::string path_of_next_key(const std::string& path) {
  return path + ".new";
}

int seal(const KeyOptions& options) {
  return with_place(options.place, [&](OpenPlace& open) -> int {
    const std::string path = desks::key_path(*open.registry, options.file);
    auto key = desks::open_key(*open.registry, path);
    if (!key) return report_environment(key.error());
    Staff staff(open);
    staff.sessions.use_key(std::move(*key));
    const auto sealed = staff.people.seal_secrets(who_of(options.place), why_of(options.place));
    if (!sealed) return refused(sealed.error());
    if (*sealed == 0) {
      std::printf("密码和动态码都已用密钥加密保存，没有要补的。\n");
      return done;
    }
    std::printf(
        "已把%d个人员的密码和动态码用密钥加密保存。\n"
        "以前的版本和备份里仍有加密以前的样子：请绑定过动态码的人各自重新绑定一次，以前的备份按机密保管或销毁。\n",
        *sealed);
    return done;
  });
}

int check(const KeyOptions& options) {
  return with_place(options.place, [&](OpenPlace& open) -> int {
    const std::string path = desks::key_path(*open.registry, options.file);
    if (const auto trouble = desks::trouble_with_key(*open.registry, path)) return report_environment(*trouble);
    const auto key = access::read_key(path);
    if (!key) return report_environment(key.error());
    int unsealed = 0;
    for (const access::Account& each : access::list_accounts(*open.store->read(), open.registry->tenant()))
      unsealed += (each.password && !access::is_sealed(*each.password)) || (each.totp && !access::is_sealed(*each.totp));
    std::printf("密钥文件“%s”完好，编号%s，与数据库相符。\n", path.c_str(), (*key)->id().c_str());
    if (unsealed > 0) std::printf("还有%d个人员的密码没有用密钥加密，请运行 jiheng admin key seal。\n", unsealed);
    return done;
  });
}

/// Where nothing lies yet: `path`, else with a number behind.
std::string free_name(const std::string& path) {
  std::string name = path;
  for (int number = 2; std::filesystem::exists(name); ++number) name = path + "-" + std::to_string(number);
  return name;
}

/// The key before goes aside, the next one takes its place. Error: key-unwritable.
Result<Done> take_place(const std::string& path, const Key& before, const Key& next) {
  const bool there = std::filesystem::exists(path);
  if (!there || !before || before->id() != next->id()) {
    const std::string aside = before ? desks::path_of_former_key(path, before->id()) : free_name(path + ".unusable");
    if ((there && std::rename(path.c_str(), aside.c_str()) != 0) || std::rename(path_of_next_key(path).c_str(), path.c_str()) != 0)
      return Error{"key-unwritable",
                   "新密钥在“" + path_of_next_key(path) + "”，放不到“" + path + "”：" + std::strerror(errno) +
                       "。请改正后再运行一次 jiheng admin key new，不会再丢什么。",
                   {}};
    if (there) std::printf("原来的密钥文件移到了“%s”，恢复以前的备份时还要用它。\n", aside.c_str());
  }
  return Done{};
}

void print_links(Staff& staff, const std::vector<access::Account>& lost) {
  for (const access::Account& each : lost) {
    if (each.is_administrator() && each.active)
      std::printf("%s（%s）的一次性链接，请当面交给本人，在网页地址后打开，设置密码（七天内有效）：\n/welcome?link=%s\n", each.name.c_str(),
                  each.login.c_str(), staff.sessions.new_link(each.id).c_str());
  }
  const auto others = std::count_if(lost.begin(), lost.end(), [](const access::Account& each) { return !each.is_administrator(); });
  if (others > 0) std::printf("另有%d位人员的密码作废了，请系统管理员在“人员”页给他们一次性链接。\n", static_cast<int>(others));
}

int change(const KeyOptions& options) {
  return with_place(options.place, [&](OpenPlace& open) -> int {
    const std::string path = desks::key_path(*open.registry, options.file);
    // One that an interrupted change left is taken up again: the database may want it already.
    auto next = access::make_key(path_of_next_key(path));
    if (!next) return report_environment(next.error());
    const auto read = access::read_key(path);
    // One that only this user may not read could be the right one.
    if (!read && read.error().code != "key-missing" && read.error().code != "key-damaged")
      return refused({read.error().code, read.error().message + "请用运行绩衡的用户再试；确实不要它了，先把它移开。", {}});
    const Key before = read ? *read : nullptr;
    Staff staff(open);
    staff.sessions.use_key(*next);
    const auto changed = staff.people.change_key(before.get(), who_of(options.place), why_of(options.place));
    if (!changed) return refused(changed.error());
    if (const auto placed = take_place(path, before, *next); !placed) return report_environment(placed.error());
    std::printf("新密钥在“%s”，编号%s。请把它另外保存一份，不要和备份放在一起。\n", path.c_str(), (*next)->id().c_str());
    std::printf("%d位人员的密码照旧，%d位的作废了。正在运行的绩衡请重新启动。\n", changed->kept, static_cast<int>(changed->lost.size()));
    print_links(staff, changed->lost);
    return done;
  });
}

}  // namespace

void add_key_option(CLI::App& command, std::string& file) {
  command.add_option("--key", file, "密码和动态码的密钥文件；不写是数据文件夹里的 secret.key");
}

void add_keys(CLI::App& admin, Settings& settings) {
  auto options = std::make_shared<KeyOptions>();
  CLI::App* key = admin.add_subcommand("key", "密码和动态码的密钥：核对，补加密，更换");
  key->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, bool changes, int (*act)(const KeyOptions&)) {
    CLI::App* command = key->add_subcommand(name, what);
    add_place(*command, options->place, changes);
    add_key_option(*command, options->file);
    command->callback([options, &settings, act] { settings.status = act(*options); });
  };
  add("check", "密钥文件是不是这个数据库的", false, check);
  add("seal", "把以前的版本没有加密的密码和动态码一次加密", true, seal);
  add("new", "换一个新密钥（先停下 serve）；打不开的密码和动态码作废，给出管理员的一次性链接", true, change);
}

}  // namespace jiheng::app
