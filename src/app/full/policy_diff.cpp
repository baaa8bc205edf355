#include <CLI/CLI.hpp>

#include "app/exit_status.h"
#include "app/full/policy_commands.h"
#include "base/json_writer.h"
#include "policy/settings.h"

namespace jiheng::app {
namespace {

std::string json_of(const std::vector<policy::Difference>& differences) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const policy::Difference& each : differences)
    out.begin_object().field("path", each.path).field("before", each.before).field("after", each.after).end_object();
  out.end_array();
  return text + '\n';
}

std::string text_of(const std::vector<policy::Difference>& differences) {
  std::string text;
  for (const policy::Difference& each : differences) {
    text += each.path + "\n";
    text += "  - " + (each.before.empty() ? "（没有）" : each.before) + "\n";
    text += "  + " + (each.after.empty() ? "（没有）" : each.after) + "\n";
  }
  return text + (differences.empty() ? "两个口径没有差别。\n" : "共 " + std::to_string(differences.size()) + " 个参数不同。\n");
}

int diff(const PolicyOptions& options, const std::string& before, const std::string& after) {
  const auto files = PackFiles::in(options.folder);
  if (!files) return refuse_policy(files.error());
  const auto all = files->all();
  const auto first = policy::settings_of(before, all);
  if (!first) return refuse_policy(first.error());
  const auto second = policy::settings_of(after, all);
  if (!second) return refuse_policy(second.error());
  const auto differences = policy::differences(*first, *second);
  return print_result(options.json ? json_of(differences) : text_of(differences), done);
}

}  // namespace

void add_policy_diff(CLI::App& policy, Settings& settings) {
  auto names = std::make_shared<std::pair<std::string, std::string>>();
  CLI::App* command = policy.add_subcommand("diff", "逐个参数比较两个政策口径");
  const auto options = add_policy_options(*command);
  command->add_option("BEFORE", names->first, "口径名称")->required();
  command->add_option("AFTER", names->second, "另一个口径名称")->required();
  command->callback([options, names, &settings] { settings.status = diff(*options, names->first, names->second); });
}

}  // namespace jiheng::app
