// `jiheng admin bureau`: further bureaus in the same database, each served by a process of its own (docs/adr/0010).
#include <CLI/CLI.hpp>
#include <cstdio>

#include "access/bureaus.h"
#include "access/sessions.h"
#include "app/exit_status.h"
#include "app/full/commands.h"
#include "app/full/place.h"

namespace jiheng::app {
namespace {

struct BureauOptions {
  Place place;
  std::string code;
  std::string name;
};

int add(const BureauOptions& options) {
  return with_place(options.place, [&](OpenPlace& open) -> int {
    auto writing = open.store->write();
    const auto added = access::add_bureau(*writing, {options.code, options.name, open.registry->now_text()});
    if (!added) {
      std::fprintf(stderr, "%s\n", added.error().message.c_str());
      return wrong_usage;
    }
    writing.commit();
    access::Sessions sessions(*open.store, options.code, [&] { return open.registry->now(); });
    std::printf(
        "已建立%s（%s）。启动它的网页：jiheng serve --bureau %s --listen "
        "127.0.0.1:端口\n建立它的三位管理员，在它的网页地址后打开（七天内有效，用一次）：\n"
        "/setup?link=%s\n",
        options.name.c_str(), options.code.c_str(), options.code.c_str(), sessions.new_link({}).c_str());
    return done;
  });
}

int list(const BureauOptions& options) {
  return with_place(options.place, [&](OpenPlace& open) -> int {
    const auto bureaus = access::list_bureaus(*open.store->read());
    for (const access::Bureau& each : bureaus) std::printf("%s\t%s\t%s\n", each.code.c_str(), each.name.c_str(), each.made_at.c_str());
    if (bureaus.empty()) std::printf("只有最初的一个财政局。\n");
    return done;
  });
}

}  // namespace

void add_bureaus(CLI::App& admin, Settings& settings) {
  auto options = std::make_shared<BureauOptions>();
  CLI::App* bureau = admin.add_subcommand("bureau", "同一个数据库里的几个财政局，互相看不到");
  bureau->require_subcommand(1);
  CLI::App* adding = bureau->add_subcommand("add", "建立一个财政局，给出建立管理员的链接");
  add_place(*adding, options->place, false);
  adding->add_option("CODE", options->code, "编码，例如行政区划代码 430212")->required();
  adding->add_option("NAME", options->name, "名称")->required();
  adding->callback([options, &settings] { settings.status = add(*options); });
  CLI::App* listing = bureau->add_subcommand("list", "有哪些财政局");
  add_place(*listing, options->place, false);
  listing->callback([options, &settings] { settings.status = list(*options); });
}

}  // namespace jiheng::app
