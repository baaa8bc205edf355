#include <CLI/CLI.hpp>
#include <cstdio>
#include <limits>

#include "app/full/ledger_commands.h"
#include "app/full/ledger_files.h"
#include "app/full/output.h"
#include "base/json_writer.h"
#include "ledgers/schema.h"
#include "ledgers/table_text.h"

namespace jiheng::app {
namespace {

using ledgers::Field;
using ledgers::RecordType;

struct LedgerOptions {
  Place place;
  std::string type;
  std::string to = "csv";
  std::string out = "-";
  bool json = false;
  bool labels = false;
};

int print(const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? done : environment_failed;
}

void write_field(JsonWriter& out, const Field& field) {
  out.begin_object().field("name", field.name).field("label", field.label).field("type", ledgers::kind_code(field.kind));
  if (!field.unit.empty()) out.field("unit", field.unit);
  out.key("required").boolean(field.required);
  if (!field.to.empty()) out.field("to", field.to);
  if (!field.computed.empty()) out.field("computed", field.computed);
  if (!field.choices.empty()) {
    out.key("choices").begin_array();
    for (const auto& each : field.choices) out.begin_object().field("code", each.code).field("label", each.label).end_object();
    out.end_array();
  }
  out.end_object();
}

std::string type_json(const RecordType& type) {
  std::string text;
  JsonWriter out(text);
  out.begin_object()
      .field("type", type.name)
      .field("label", type.label)
      .field("desk", type.desk)
      .field("key", type.key)
      .key("fields")
      .begin_array();
  for (const Field& field : type.fields) write_field(out, field);
  out.end_array().end_object();
  return text;
}

int list_types(const LedgerOptions& options) {
  const auto catalogue = load_catalogue(options.place.data_folder);
  if (!catalogue) return refuse(catalogue.error(), wrong_usage);
  std::string text;
  for (const RecordType& type : catalogue->types()) {
    if (options.json)
      text += (text.empty() ? "[" : ",\n") + type_json(type);
    else
      text += type.name + "\t" + type.label + "\t" + std::to_string(type.fields.size()) + " 个字段\n";
  }
  return print(options.json ? text + "]\n" : text);
}

std::string field_text(const RecordType& type, const Field& field) {
  std::string text =
      field.name + (field.required ? "*" : "") + "\t" + field.label + (field.unit.empty() ? "" : "（" + field.unit + "）") + "\t";
  switch (field.kind) {
    case ledgers::Kind::choice:
      for (std::size_t i = 0; i < field.choices.size(); ++i)
        text += (i > 0 ? "、" : "") + field.choices[i].code + " " + field.choices[i].label;
      break;
    case ledgers::Kind::reference:
      text += "引用 " + field.to;
      break;
    default:
      text += ledgers::kind_code(field.kind);
  }
  if (field.name == type.key) text += "\t编号";
  if (!field.computed.empty()) text += "\t= " + field.computed;
  return text + "\n";
}

int show_type(const LedgerOptions& options) {
  const auto catalogue = load_catalogue(options.place.data_folder);
  if (!catalogue) return refuse(catalogue.error(), wrong_usage);
  const RecordType* type = type_named(*catalogue, options.type);
  if (type == nullptr) return wrong_usage;
  if (options.json) return print(type_json(*type) + "\n");
  std::string text = type->name + "\t" + type->label + "（带 * 的必填）\n";
  for (const Field& field : type->fields) text += field_text(*type, field);
  for (const auto& action : type->actions) text += "操作 " + action.name + "\t" + action.label + "\n";
  return print(text);
}

int export_type(const LedgerOptions& options) {
  return with_place(options.place, [&](OpenPlace& open) -> int {
    const RecordType* type = type_named(*open.catalogue, options.type);
    if (type == nullptr) return wrong_usage;
    const ledgers::Ledgers ledgers(*open.registry, *open.catalogue);
    const auto wording = options.labels ? ledgers::Wording::labels : ledgers::Wording::codes;
    ledgers::Question everything;
    everything.limit = std::numeric_limits<int>::max();
    // A file is for Excel; what goes through a pipe goes to another program.
    const auto bytes = ledgers::table_file(ledgers, *type, everything, {options.to == "xlsx", options.out != "-", wording, {}});
    if (!bytes) return refuse(bytes.error(), unreadable_input);
    if (options.out == "-") return print(*bytes);
    if (const auto written = write_file(options.out, *bytes); !written) return report_environment(written.error());
    return done;
  });
}

}  // namespace

void add_ledger(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<LedgerOptions>();
  const auto run = [options, &settings](int (*act)(const LedgerOptions&)) {
    return [options, &settings, act] { settings.status = act(*options); };
  };
  CLI::App* ledger = program.add_subcommand("ledger", "业务台账：查看有哪些、导入、导出、生成文件");
  ledger->require_subcommand(1);

  CLI::App* list = ledger->add_subcommand("list", "列出声明了哪些台账");
  list->add_flag("--json", options->json, "输出 JSON");
  add_place(*list, options->place, false);
  list->callback(run(list_types));

  CLI::App* show = ledger->add_subcommand("show", "一个台账有哪些字段");
  show->add_option("TYPE", options->type, "台账")->required();
  show->add_flag("--json", options->json, "输出 JSON");
  add_place(*show, options->place, false);
  show->callback(run(show_type));

  CLI::App* exported = ledger->add_subcommand("export", "导出台账的全部记录");
  add_place(*exported, options->place, false);
  exported->add_option("TYPE", options->type, "台账")->required();
  exported->add_option("--as", options->to, "csv 或 xlsx")->check(CLI::IsMember({"csv", "xlsx"}))->capture_default_str();
  exported->add_option("--out", options->out, "写到哪个文件；- 为标准输出")->capture_default_str();
  exported->add_flag("--labels", options->labels, "表头和内容用中文，而不是导入用的字段名和代码");
  exported->callback(run(export_type));

  add_ledger_import(*ledger, settings);
  add_ledger_document(*ledger, settings);
}

}  // namespace jiheng::app
