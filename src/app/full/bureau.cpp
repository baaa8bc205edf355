// `jiheng admin bureau`: further bureaus in the same database, each served by a process of its own (docs/adr/0010).
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "access/bureaus.h"
#include "access/sessions.h"
#include "app/exit_status.h"
#include "app/full/commands.h"
#include "app/full/place.h"
#include "base/regions.h"
#include "desks/people/bureau_region.h"

namespace jiheng::app {
namespace {

struct BureauOptions {
  Place place;
  std::string code;
  std::string name;
};

struct RegionOptions {
  Place place;
  std::string code;
  std::string from;
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

/// What ships with the program, and what the bureau has put into its own folder.
Result<Regions> region_table(const Place& place) {
  Regions table = Regions::shipped();
  std::ifstream file(place.data_folder + "/regions.csv", std::ios::binary);
  if (!file) return table;
  const std::string csv{std::istreambuf_iterator<char>(file), {}};
  const auto own = Regions::read(csv);
  if (!own) return own.error();
  table.add(*own);
  return table;
}

void print(const std::vector<desks::BureauRegion>& regions) {
  for (const desks::BureauRegion& each : regions)
    std::printf("%s\t%s\t%s\t%s\n", each.code.c_str(), each.name.c_str(), each.from ? each.from->text().c_str() : "",
                each.to ? each.to->text().c_str() : "");
}

int region(const RegionOptions& options) {
  return with_place(options.place, [&](OpenPlace& open) -> int {
    desks::BureauRegions regions(*open.registry);
    if (options.code.empty()) {
      const auto all = regions.list();
      print(all);
      if (all.empty()) std::printf("还没有写明行政区划：jiheng admin bureau region 代码\n");
      return done;
    }
    const auto from = Date::parse(options.from);
    if (!options.from.empty() && !from) {
      std::fprintf(stderr, "日期“%s”不对，应如 2018-06-19。\n", options.from.c_str());
      return wrong_usage;
    }
    const auto table = region_table(options.place);
    if (!table) return report_environment(table.error());
    const auto put = regions.put(options.code, from, options.name, *table, who_of(options.place));
    if (!put) {
      std::fprintf(stderr, "%s\n", put.error().message.c_str());
      return wrong_usage;
    }
    print(*put);
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
  auto regions = std::make_shared<RegionOptions>();
  CLI::App* regioning = bureau->add_subcommand("region", "财政局的行政区划（GB/T 2260），写明从哪天起");
  add_place(*regioning, regions->place, false);
  regioning->add_option("CODE", regions->code, "六位代码，例如 430212；不写就列出现有的");
  regioning->add_option("--from", regions->from, "从哪天起，例如 2018-06-19；不写就按数据里的");
  regioning->add_option("--name", regions->name, "数据里没有这个代码时的全称，例如 湖南省株洲市渌口区");
  regioning->callback([regions, &settings] { settings.status = region(*regions); });
}

}  // namespace jiheng::app
