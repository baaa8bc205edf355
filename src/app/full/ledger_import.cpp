#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "app/full/ledger_commands.h"
#include "app/full/output.h"
#include "app/full/staff.h"
#include "app/inputs.h"
#include "desks/people/units_table.h"
#include "ledgers/import.h"
#include "ledgers/table_text.h"
#include "writing/list.h"

namespace jiheng::app {
namespace {

struct ImportOptions {
  Place place;
  std::string type;
  std::string file;
  std::string bad_file;
  bool create_missing = false;
  bool json = false;
};

Result<Done> write_bad_rows(const std::string& path, const ledgers::Imported& imported) {
  const auto& rows = imported.bad_table;
  std::string bytes;
  if (path.ends_with(".csv")) {
    bytes = "\xEF\xBB\xBF";
    for (const auto& row : rows) bytes += ledgers::csv_line(row);
    return write_file(path, bytes);
  }
  writing::List list;
  list.name = "没有导入的行";
  list.title = "没有导入的行";
  if (!rows.empty()) {
    for (const std::string& title : rows.front()) list.columns.push_back({title, 1, writing::Style::text});
    list.rows.assign(rows.begin() + 1, rows.end());
  } else {
    list.columns.push_back({"行号", 1, writing::Style::text});
    list.columns.push_back({"原因", 3, writing::Style::text});
  }
  auto written = writing::write_list(list, writing::Carrier::xlsx);
  if (!written) return std::move(written).error();
  return write_file(path, *written);
}

int tell(const ImportOptions& options, const ledgers::Imported& imported) {
  for (const std::string& note : imported.notes) std::fprintf(stderr, "%s\n", note.c_str());
  for (const ledgers::BadRow& bad : imported.bad) {
    std::fprintf(stderr, "第%u行 %s（%s）：%s\n", bad.row, bad.label.c_str(), bad.field.c_str(), bad.reason.c_str());
  }
  for (const std::string& each : imported.created) std::fprintf(stderr, "新增 %s\n", each.c_str());
  if (options.json) {
    const std::string text = ledgers::imported_json(imported) + "\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
  }
  const bool held_back = !imported.bad.empty() && options.bad_file.empty();
  if (held_back) {
    std::fprintf(stderr, "%zu处有误，一条也没有导入。请改正后再导入；或加 --skip-bad-rows 文件.xlsx，只导入无误的行。\n",
                 imported.bad.size());
    return unreadable_input;
  }
  if (!options.json) {
    std::printf("新增%lld条，更改%lld条，%lld条没有变化。\n", static_cast<long long>(imported.added),
                static_cast<long long>(imported.changed), static_cast<long long>(imported.same));
  }
  if (imported.skipped > 0)
    std::fprintf(stderr, "%lld行有误没有导入，写在 %s\n", static_cast<long long>(imported.skipped), options.bad_file.c_str());
  return done;
}

Result<ledgers::Imported> take(OpenPlace& open, const ImportOptions& options, const ledgers::RecordType& type, std::string bytes) {
  ledgers::ImportOptions how;
  how.skip_bad = !options.bad_file.empty();
  how.create_missing = options.create_missing;
  how.may_move_states = true;
  how.file = options.file == "-" ? "标准输入" : std::filesystem::path(options.file).filename().string();
  if (type.kept_by_units) {
    Staff staff(open);
    return desks::import_units(staff.people, type, std::move(bytes), how, who_of(options.place), why_of(options.place));
  }
  how.make_unit = desks::unit_maker(open.registry->tenant());
  ledgers::Ledgers ledgers(*open.registry, *open.catalogue);
  return ledgers::import_table(ledgers, type, std::move(bytes), how, who_of(options.place), why_of(options.place));
}

int import(const ImportOptions& options) {
  Input input = load_input(options.file);
  if (input.failure) {
    std::fprintf(stderr, "%s\n", input.failure->message.c_str());
    return unreadable_input;
  }
  return with_place(options.place, [&](OpenPlace& open) -> int {
    const ledgers::RecordType* type = type_named(*open.catalogue, options.type);
    if (type == nullptr) return wrong_usage;
    const auto imported = take(open, options, *type, std::move(input.bytes));
    if (!imported) return refuse(imported.error(), unreadable_input);
    if (!options.bad_file.empty()) {
      if (const auto written = write_bad_rows(options.bad_file, *imported); !written) return report_environment(written.error());
    }
    return tell(options, *imported);
  });
}

}  // namespace

void add_ledger_import(CLI::App& ledger, Settings& settings) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command = ledger.add_subcommand("import", "把一张表（csv 或 xlsx）导入台账：全部导入，或一条也不导入");
  add_place(*command, options->place, true);
  command->add_option("TYPE", options->type, "台账")->required();
  command->add_option("FILE", options->file, "第一行是字段名或中文名的表；- 为标准输入")->required();
  command->add_option("--skip-bad-rows", options->bad_file, "只导入无误的行，有误的连同原因写进这个文件（xlsx 或 csv）");
  command->add_flag("--create-missing", options->create_missing, "引用的单位、项目、机构等没有登记的，一并新增");
  command->add_flag("--json", options->json, "结果输出为 JSON");
  command->callback([options, &settings] { settings.status = import(*options); });
}

}  // namespace jiheng::app
