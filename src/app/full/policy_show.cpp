#include <CLI/CLI.hpp>

#include "app/exit_status.h"
#include "app/full/policy_commands.h"
#include "base/json_writer.h"
#include "policy/pack.h"
#include "policy/settings.h"

namespace jiheng::app {
namespace {

struct ShowOptions {
  std::string name;
  std::string region;
  std::string day;
};

std::string json_of(const policy::Pack& pack, const std::vector<policy::Setting>& parameters, const std::vector<std::string>& lineage) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("pack", pack.id()).field("title", pack.title).field("place", pack.place).field("basis", pack.basis);
  out.key("confirmed").boolean(pack.confirmed).key("lineage").begin_array();
  for (const std::string& name : lineage) out.string(name);
  out.end_array().key("parameters").begin_array();
  for (const policy::Setting& setting : parameters) {
    out.begin_object().field("path", setting.path).field("value", setting.value).field("file", setting.file);
    out.key("line").integer(setting.line).end_object();
  }
  out.end_array().end_object();
  return text + '\n';
}

std::string text_of(const policy::Pack& pack, const std::vector<policy::Setting>& parameters, const std::vector<std::string>& lineage) {
  std::string text = pack.id() + "　" + pack.title + "（" + pack.place + "，" + pack.basis + "）\n";
  text += "有效期：" + pack.valid_from + " 起" + (pack.valid_to.empty() ? "" : "，至 " + pack.valid_to);
  text += pack.confirmed ? "\n" : "；尚未由人与原文核对\n";
  text += "沿用：";
  for (std::size_t i = 0; i < lineage.size(); ++i) text += (i == 0 ? "" : " ← ") + lineage[i];
  text += "\n\n";
  for (const policy::Setting& setting : parameters)
    text += setting.path + " = " + setting.value + "　　〔" + setting.file + ":" + std::to_string(setting.line) + "〕\n";
  return text;
}

int show(const PolicyOptions& options, ShowOptions what) {
  const auto files = PackFiles::in(options.folder);
  if (!files) return refuse_policy(files.error());
  const auto all = files->all();
  if (what.name.empty()) {
    const auto day = Date::parse(what.day);
    if (what.region.size() != 6 || !day)
      return refuse_policy({"usage", "请给出口径名称，或用 --region 6位行政区划代码 和 --day 2026-01-01 这样的日期。", {}});
    auto name = policy::pack_in_force(what.region, *day, all);
    if (!name) return refuse_policy(name.error());
    what.name = std::move(name).value();
  }
  const auto pack = policy::read_pack(what.name, all);
  if (!pack) return refuse_policy(pack.error());
  const auto parameters = policy::settings_of(what.name, all);
  if (!parameters) return refuse_policy(parameters.error());
  const auto lineage = policy::lineage_of(what.name, all);
  return print_result(options.json ? json_of(*pack, *parameters, *lineage) : text_of(*pack, *parameters, *lineage), done);
}

}  // namespace

void add_policy_show(CLI::App& policy, Settings& settings) {
  auto what = std::make_shared<ShowOptions>();
  CLI::App* command = policy.add_subcommand("show", "显示一个政策口径的全部参数，各出自哪个文件哪一行");
  const auto options = add_policy_options(*command);
  command->add_option("NAME", what->name, "口径名称，如 lukou-2026；cn-2020@1 指明版本");
  command->add_option("--region", what->region, "不给名称时：这个地方（6位行政区划代码）……");
  command->add_option("--day", what->day, "……这一天生效的口径");
  command->callback([options, what, &settings] { settings.status = show(*options, *what); });
}

}  // namespace jiheng::app
