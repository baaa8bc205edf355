#include "app/full/place.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "access/bureaus.h"
#include "app/exit_status.h"
#include "app/full/ledger_files.h"
#include "desks/follow_up/follow_ups.h"
#include "desks/performance/publication.h"
#include "desks/performance/submissions.h"
#include "ledgers/ledgers.h"
#include "ledgers/schema.h"

namespace jiheng::app {

void add_place(CLI::App& command, Place& place, bool changes) {
  command.add_option("--db", place.database, "数据库：sqlite:文件 或 postgresql://…")->capture_default_str();
  command.add_option("--data", place.data_folder, "原件放在哪个文件夹")->capture_default_str();
  command.add_option("--bureau", place.bureau, "哪个财政局（admin bureau add 建立的编码）；不写是最初的那个");
  if (!changes) return;
  command.add_option("--as", place.account, "以谁的名义")->capture_default_str();
  command.add_option("--why", place.why, "为什么，记入操作日志");
}

Result<OpenPlace> open_place(const Place& place) {
  auto store = store::open(place.database);
  if (!store) return std::move(store).error();
  OpenPlace open;
  open.store = std::move(store).value();
  if (place.bureau.empty()) {
    open.registry = std::make_unique<registry::Registry>(*open.store, place.data_folder);
  } else {
    if (!access::find_bureau(*open.store->read(), place.bureau))
      return Error{"no-bureau", "没有编码为“" + place.bureau + "”的财政局，请先用 jiheng admin bureau add 建立。", {}};
    open.registry = std::make_unique<registry::Registry>(*open.store, place.data_folder + "/bureaus/" + place.bureau, place.bureau);
  }
  auto catalogue = load_catalogue(place.data_folder);
  if (!catalogue) return std::move(catalogue).error();
  open.catalogue = std::make_unique<ledgers::Catalogue>(std::move(catalogue).value());
  if (auto migrated = ledgers::migrate_ledgers(*open.store, *open.catalogue, open.registry->tenant()); !migrated)
    return std::move(migrated).error();
  ledgers::Ledgers(*open.registry, *open.catalogue).prepare();
  desks::Submissions(*open.registry).prepare();
  {
    const desks::Submissions submissions(*open.registry);
    const ledgers::Ledgers ledgers(*open.registry, *open.catalogue);
    desks::FollowUps(*open.registry, submissions, ledgers).prepare();
  }
  desks::Publications(*open.registry, {}).prepare();
  return open;
}

access::Principal who_of(const Place& place) {
  return access::Principal::operator_at_machine(place.account);
}

Text why_of(const Place& place) {
  return place.why.empty() ? std::nullopt : Text(place.why);
}

int report_environment(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  for (const std::string& context : error.context) std::fprintf(stderr, "  %s\n", context.c_str());
  return environment_failed;
}

}  // namespace jiheng::app
