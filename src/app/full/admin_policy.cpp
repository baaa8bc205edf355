// `jiheng admin policy`: checks, shows, compares and tries rule packs.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/exit_status.h"
#include "app/full/policy_commands.h"

namespace jiheng::app {

std::shared_ptr<PolicyOptions> add_policy_options(CLI::App& command) {
  auto options = std::make_shared<PolicyOptions>();
  command.add_option("--folder", options->folder, "本地政策口径的文件夹，其中同名的代替自带的");
  command.add_flag("--json", options->json, "结果为 JSON");
  return options;
}

int refuse_policy(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  for (const std::string& place : error.context) std::fprintf(stderr, "  用到它的口径：%s\n", place.c_str());
  return wrong_usage;
}

int print_result(const std::string& text, int status) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0 ? status : environment_failed;
}

void add_admin_policy(CLI::App& admin, Settings& settings) {
  CLI::App* policy = admin.add_subcommand("policy", "政策口径：检查，显示，比较，试算");
  policy->require_subcommand(1);
  add_policy_check(*policy, settings);
  add_policy_show(*policy, settings);
  add_policy_diff(*policy, settings);
  add_policy_simulate(*policy, settings);
}

}  // namespace jiheng::app
