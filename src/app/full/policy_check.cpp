#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/exit_status.h"
#include "app/full/policy_commands.h"
#include "base/json_writer.h"
#include "policy/settings.h"
#include "scoring/worked_examples.h"

namespace jiheng::app {
namespace {

struct Checked {
  std::vector<policy::PackFault> faults;
  std::vector<policy::Pack> packs;  ///< those that could be read
  int examples = 0;
};

/// Reads every pack, then runs the examples of those that are sound.
Checked check_all(std::span<const embedded::File> files) {
  Checked checked{policy::check_packs(files), {}, 0};
  for (const embedded::File& file : files) {
    const std::string name(file.name.substr(0, file.name.size() - 5));
    auto pack = policy::read_pack(name, files);
    const auto examples = policy::examples_of(name, files);
    if (!pack) continue;
    checked.packs.push_back(std::move(pack).value());
    if (!examples) continue;
    checked.examples += static_cast<int>(examples->scoring.size() + examples->overall.size());
    for (scoring::ExampleFault& fault : scoring::run_examples(checked.packs.back(), *examples))
      checked.faults.push_back({std::string(file.name), fault.line, "example", std::move(fault.message)});
  }
  return checked;
}

std::string json_of(const Checked& checked) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("packs").begin_array();
  for (const policy::Pack& pack : checked.packs) {
    out.begin_object()
        .field("pack", pack.id())
        .field("title", pack.title)
        .field("place", pack.place)
        .field("region_code", pack.region_code);
    out.field("basis", pack.basis).field("valid_from", pack.valid_from).field("valid_to", pack.valid_to);
    out.key("confirmed").boolean(pack.confirmed).end_object();
  }
  out.end_array().key("examples").integer(checked.examples).key("faults").begin_array();
  for (const policy::PackFault& fault : checked.faults) {
    out.begin_object().field("file", fault.file).key("line").integer(fault.line).field("code", fault.code);
    out.field("message", fault.message).end_object();
  }
  out.end_array().end_object();
  return text + '\n';
}

std::string text_of(const Checked& checked) {
  std::string text;
  for (const policy::Pack& pack : checked.packs) {
    text += pack.id() + "　" + pack.place + "　" + pack.valid_from + " 起" + (pack.valid_to.empty() ? "" : "至 " + pack.valid_to) + "　" +
            pack.title + (pack.confirmed ? "\n" : "（尚未由人与原文核对）\n");
  }
  for (const policy::PackFault& fault : checked.faults)
    text += fault.file + " 第" + std::to_string(fault.line) + "行：" + fault.message + "\n";
  return text + "共 " + std::to_string(checked.packs.size()) + " 个政策口径可用，" + std::to_string(checked.examples) + " 个示例，" +
         (checked.faults.empty() ? "全部无误。\n" : std::to_string(checked.faults.size()) + " 处有误。\n");
}

int check(const PolicyOptions& options) {
  const auto files = PackFiles::in(options.folder);
  if (!files) return refuse_policy(files.error());
  const Checked checked = check_all(files->all());
  return print_result(options.json ? json_of(checked) : text_of(checked), checked.faults.empty() ? done : found_errors);
}

}  // namespace

void add_policy_check(CLI::App& policy, Settings& settings) {
  CLI::App* command = policy.add_subcommand("check", "逐个检查政策口径：参数、日期、示例；有误时指明文件、行和原因");
  const auto options = add_policy_options(*command);
  command->callback([options, &settings] { settings.status = check(*options); });
}

}  // namespace jiheng::app
