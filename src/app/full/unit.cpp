#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>

#include "app/full/commands.h"
#include "app/full/staff.h"
#include "app/inputs.h"
#include "base/text.h"

namespace jiheng::app {
namespace {

struct UnitOptions {
  Place place;
  std::string file;
};

/// Lines of 编码、名称、别名、主管部门、业务股室、涉密, parted by tabs or commas.
std::vector<desks::UnitLine> unit_lines(std::string_view text) {
  std::vector<desks::UnitLine> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || starts_with(line, "编码") || starts_with(line, "\xEF\xBB\xBF编码")) continue;
    const char mark = line.find('\t') != std::string_view::npos ? '\t' : ',';
    std::vector<std::string> fields;
    for (;;) {
      const std::size_t at = line.find(mark);
      fields.emplace_back(trim(line.substr(0, at)));
      if (at == std::string_view::npos) break;
      line.remove_prefix(at + 1);
    }
    const std::size_t said = fields.size();
    fields.resize(6);
    // A list without the last columns leaves alone what they would say.
    lines.push_back({fields[0], fields[1], fields[2], said > 3 ? std::optional(fields[3]) : std::nullopt,
                     said > 4 ? std::optional(fields[4]) : std::nullopt, said > 5 ? std::optional(fields[5] == "是") : std::nullopt});
  }
  return lines;
}

int take_units(const UnitOptions& options) {
  const Input input = load_input(options.file);
  if (input.failure) {
    std::fprintf(stderr, "%s：%s\n", options.file.c_str(), input.failure->message.c_str());
    return unreadable_input;
  }
  if (!is_valid_utf8(input.bytes)) return refused({"encoding", "单位清单要用UTF-8编码。", {}});
  return with_staff(options.place, [&](Staff& staff) -> int {
    const auto taken = staff.people.take_units(unit_lines(input.bytes), who_of(options.place), why_of(options.place));
    if (!taken) return refused(taken.error());
    std::printf("新增%d个单位，更改%d个，%d个没有变化。\n", taken->added, taken->changed, taken->same);
    return done;
  });
}

int list_units(const UnitOptions& options) {
  return with_staff(options.place, [&](Staff& staff) -> int {
    for (const access::Unit& each : staff.people.units(who_of(options.place)))
      std::printf("%s\t%s\t%s\n", each.code.c_str(), each.name.c_str(),
                  each.kind == access::Unit::Kind::section ? "股室"
                  : each.active                            ? "单位"
                                                           : "已撤销");
    return done;
  });
}

}  // namespace

void add_units(CLI::App& admin, Settings& settings) {
  auto options = std::make_shared<UnitOptions>();
  const auto run = [options, &settings](int (*act)(const UnitOptions&)) {
    return [options, &settings, act] { settings.status = act(*options); };
  };

  CLI::App* unit = admin.add_subcommand("unit", "单位：查看，从清单导入");
  unit->require_subcommand(1);
  CLI::App* units_command = unit->add_subcommand("list", "列出单位和股室");
  add_place(*units_command, options->place, false);
  units_command->callback(run(list_units));

  CLI::App* import_command =
      unit->add_subcommand("import", "导入清单：每行 编码、名称、别名、主管部门、业务股室、涉密（是），用制表符或逗号分开");
  add_place(*import_command, options->place, true);
  import_command->add_option("FILE", options->file, "清单")->required();
  import_command->callback(run(take_units));
}

}  // namespace jiheng::app
