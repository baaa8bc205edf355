#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/exit_status.h"
#include "app/full/commands.h"
#include "app/full/document_reader.h"
#include "app/full/place.h"
#include "desks/performance/imports.h"
#include "desks/sample_year/sample_year.h"

namespace jiheng::app {
namespace {

/// The year's records of the desks.
int play_year(OpenPlace& open) {
  ledgers::Ledgers ledgers(*open.registry, *open.catalogue);
  const auto added = desks::play_sample_year(ledgers);
  if (!added) {
    std::fprintf(stderr, "示例台账没有装入：%s\n", added.error().message.c_str());
    return environment_failed;
  }
  if (*added > 0) std::printf("已装入 2026 年各业务台账的示例记录 %lld 条。\n", static_cast<long long>(*added));
  return done;
}

int demo(const Place& place) {
  return with_place(place, [&](OpenPlace& open) -> int {
    DocumentReader reader;
    const auto sample =
        desks::load_sample(*open.registry, [&](std::string_view bytes, std::string name) { return reader.read(bytes, std::move(name)); });
    switch (sample.state) {
      case desks::ImportedFile::State::imported:
        std::printf("已装入示例单位“%s”的 %d 张绩效目标表。\n", sample.unit_name.value_or("").c_str(), sample.tables);
        return play_year(open);
      case desks::ImportedFile::State::unchanged:
        std::puts("示例单位已经在数据库里。");
        return play_year(open);
      default:
        std::fprintf(stderr, "示例单位没有装入：%s\n", sample.message.value_or("").c_str());
        return environment_failed;
    }
  });
}

}  // namespace

void add_demo(CLI::App& program, Settings& settings) {
  auto place = std::make_shared<Place>();
  CLI::App* command = program.add_subcommand("demo", "装入示例单位（株洲市渌口区财政局，2026 年）");
  add_place(*command, *place, false);
  command->callback([place, &settings] { settings.status = demo(*place); });
}

}  // namespace jiheng::app
