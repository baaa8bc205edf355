#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/full/commands.h"

namespace jiheng::app {
namespace {

/// The long options of a command, and its sub-commands, apart by spaces.
std::string words_of(const CLI::App& command) {
  std::string words;
  for (const CLI::App* sub : command.get_subcommands({})) {
    if (!sub->get_name().empty()) words += sub->get_name() + " ";
  }
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) words += "--" + name + " ";
  }
  return words;
}

std::string bash(const CLI::App& program) {
  std::string script = "_jiheng() {\n  local word=\"${COMP_WORDS[COMP_CWORD]}\" words=\"" + words_of(program) +
                       "\" i\n  for ((i = 1; i < COMP_CWORD; i++)); do\n    case \"${COMP_WORDS[i]}\" in\n";
  const auto add = [&](const CLI::App& command) { script += "      " + command.get_name() + ") words=\"" + words_of(command) + "\" ;;\n"; };
  for (const CLI::App* command : program.get_subcommands({})) {
    add(*command);
    for (const CLI::App* sub : command->get_subcommands({})) add(*sub);
  }
  script += "    esac\n  done\n  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\ncomplete -o default -F _jiheng jiheng\n";
  return script;
}

std::string fish(const CLI::App& program) {
  std::string script;
  for (const CLI::App* command : program.get_subcommands({})) {
    script += "complete -c jiheng -n __fish_use_subcommand -a " + command->get_name() + " -d '" + command->get_description() + "'\n";
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        script += "complete -c jiheng -n '__fish_seen_subcommand_from " + command->get_name() + "' -l " + name + " -d '" +
                  option->get_description() + "'\n";
      }
    }
  }
  return script;
}

}  // namespace

void add_completion(CLI::App& program, Settings& settings) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = program.add_subcommand("completion", "打印命令补全脚本，如 source <(jiheng completion bash)");
  command->add_option("SHELL", *shell, "bash、zsh 或 fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([shell, &program, &settings] {
    std::string script = *shell == "fish" ? fish(program) : bash(program);
    if (*shell == "zsh") script = "autoload -U +X bashcompinit && bashcompinit\n" + script;
    std::fputs(script.c_str(), stdout);
    settings.status = 0;
  });
}

}  // namespace jiheng::app
