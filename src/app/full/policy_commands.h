// The parts of `jiheng admin policy`.
#pragma once

#include <memory>
#include <string>

#include "app/full/commands.h"
#include "app/full/pack_files.h"

namespace jiheng::app {

/// What all of them take.
struct PolicyOptions {
  std::string folder;
  bool json = false;
};

/// Adds --folder and --json.
std::shared_ptr<PolicyOptions> add_policy_options(CLI::App& command);

void add_policy_check(CLI::App& policy, Settings& settings);
void add_policy_show(CLI::App& policy, Settings& settings);
void add_policy_diff(CLI::App& policy, Settings& settings);
void add_policy_simulate(CLI::App& policy, Settings& settings);

/// A refusal on standard error; its exit status.
int refuse_policy(const Error& error);
/// The result on standard output; an exit status.
int print_result(const std::string& text, int status);

}  // namespace jiheng::app
