#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/exit_status.h"
#include "app/full/admin_anchor.h"
#include "app/full/commands.h"
#include "app/full/place.h"
#include "desks/follow_up/follow_ups.h"
#include "desks/people/bureau_key.h"
#include "desks/people/outsiders.h"
#include "desks/people/people.h"
#include "desks/performance/publication.h"
#include "desks/performance/submissions.h"
#include "desks/rectification/problems.h"
#include "ledgers/ledgers.h"

namespace jiheng::app {
namespace {

struct VerifyOptions {
  Place place;
  std::string anchors;
  std::string anchor;
};

int verify(const VerifyOptions& options) {
  return with_place(options.place, [&](OpenPlace& open) -> int {
    const auto anchors = named_anchors(options.anchors, options.anchor, open.registry->tenant());
    if (!anchors) {
      std::fprintf(stderr, "%s\n", anchors.error().message.c_str());
      return wrong_usage;
    }
    registry::Verification found = open.registry->verify();
    if (found.ok) {
      found.first_bad = registry::check_anchors(*open.registry, *anchors);
      found.ok = !found.first_bad;
    }
    // The ledgers' tables are held against the journal, which was found right before.
    if (found.ok) {
      found.first_bad = ledgers::Ledgers(*open.registry, *open.catalogue).check();
      found.ok = !found.first_bad;
    }
    if (found.ok) {
      const auto [seq, hash] = open.registry->head();
      std::printf("核对无误：共 %lld 条操作日志，链尾 %s。\n", static_cast<long long>(found.entries), hash.c_str());
      if (!anchors->empty()) std::printf("与 %zu 处锚定相符。\n", anchors->size());
      return done;
    }
    std::fprintf(stderr, "核对不符：第 %lld 条操作日志（%s）：%s\n", static_cast<long long>(found.first_bad->seq),
                 found.first_bad->code.c_str(), found.first_bad->reason.c_str());
    return found_errors;
  });
}

int backup(const Place& place, const std::string& file) {
  return with_place(place, [&](OpenPlace& open) -> int {
    if (const auto written = open.registry->backup(file); !written) return report_environment(written.error());
    std::printf("已备份到 %s\n", file.c_str());
    return done;
  });
}

int restore(const Place& place, const std::string& file, const std::string& key) {
  return with_place(place, [&](OpenPlace& open) -> int {
    if (const auto restored = open.registry->restore(file); !restored) return report_environment(restored.error());
    access::Sessions sessions(*open.store, open.registry->tenant(), [&] { return open.registry->now(); });
    desks::People(*open.registry, sessions).rebuild();
    const int submissions = desks::Submissions(*open.registry).rebuild();
    desks::Publications(*open.registry, {}).rebuild();
    const ledgers::Ledgers ledgers(*open.registry, *open.catalogue);
    ledgers::Ledgers(ledgers).rebuild();
    const desks::Submissions of_forms(*open.registry);
    desks::FollowUps(*open.registry, of_forms, ledgers).rebuild();
    desks::Problems(*open.registry, ledgers).rebuild();
    desks::Outsiders(*open.registry).rebuild();
    std::printf("已从 %s 恢复，共 %d 份报送。\n", file.c_str(), submissions);
    // All is there; but nobody could log in.
    if (const auto trouble = desks::trouble_with_key(*open.registry, desks::key_path(*open.registry, key)))
      std::printf("还缺密钥，备份里没有它。%s\n", trouble->message.c_str());
    return done;
  });
}

}  // namespace

void add_admin(CLI::App& program, Settings& settings) {
  auto place = std::make_shared<Place>();
  auto file = std::make_shared<std::string>();
  CLI::App* admin = program.add_subcommand("admin", "维护：单位和人员，核对操作日志，备份，恢复；算期限；政策口径");
  admin->require_subcommand(1);
  add_accounts(*admin, settings);
  add_units(*admin, settings);
  add_bureaus(*admin, settings);
  add_admin_deadline(*admin, settings);
  add_admin_policy(*admin, settings);
  add_anchors(*admin, settings);
  add_keys(*admin, settings);

  CLI::App* verify_command = admin->add_subcommand("verify", "逐条核对操作日志、版本和原件，指出第一处被改动或缺失的");
  auto verifying = std::make_shared<VerifyOptions>();
  add_place(*verify_command, verifying->place, false);
  verify_command->add_option("--anchors", verifying->anchors, "还与这个文件里的锚定核对（jiheng admin anchor --to）");
  verify_command->add_option("--anchor", verifying->anchor, "还与这个锚定码核对（纸上的）");
  verify_command->callback([verifying, &settings] { settings.status = verify(*verifying); });

  CLI::App* backup_command = admin->add_subcommand("backup", "把全部数据和原件备份成一个文件");
  add_place(*backup_command, *place, false);
  backup_command->add_option("FILE", *file, "备份文件")->required();
  backup_command->callback([place, file, &settings] { settings.status = backup(*place, *file); });

  CLI::App* restore_command = admin->add_subcommand("restore", "从备份恢复到一个空数据库；SQLite 与 PostgreSQL 之间也可以");
  add_place(*restore_command, *place, false);
  restore_command->add_option("FILE", *file, "备份文件")->required();
  auto key = std::make_shared<std::string>();
  add_key_option(*restore_command, *key);
  restore_command->callback([place, file, key, &settings] { settings.status = restore(*place, *file, *key); });
}

}  // namespace jiheng::app
