// jiheng: reads, audits and scores by itself, linking only what that needs; hands every other command to jiheng-full beside it.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "app/commands.h"
#include "app/exit_status.h"
#include "reading/isolation/scan_worker.h"
#include "reading/isolation/worker.h"

namespace {

using namespace std::string_view_literals;

/// Whether reading, auditing and scoring are all that is asked for.
bool is_light(int argc, char** argv) {
  bool known = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--") break;
    if (argument == "--form"sv || argument.starts_with("--form=") || argument == "--help"sv || argument == "-h"sv) return false;
    if (argument == "--lang"sv)
      ++i;
    else if (!argument.starts_with("-") && !known) {
      if (argument != "read"sv && argument != "audit"sv && argument != "score"sv) return false;
      known = true;
    }
  }
  return known;
}

int hand_over(char** argv) {
  std::error_code failed;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failed);
  const std::string full = (self.parent_path() / "jiheng-full").string();
  execv(full.c_str(), argv);
  std::fprintf(stderr, "打不开程序“%s”：%s。请重新构建或安装。\n", full.c_str(), std::strerror(errno));
  return jiheng::app::environment_failed;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && argv[1] == "reading-worker"sv) return jiheng::reading::serve_reading();
  if (argc == 2 && argv[1] == "scan-worker"sv) return jiheng::reading::serve_scan();
  if (!is_light(argc, argv)) return hand_over(argv);
  jiheng::app::Settings settings;
  CLI::App program;
  jiheng::app::describe(program, settings);
  jiheng::app::add_read(program, settings);
  jiheng::app::add_audit(program, settings);
  jiheng::app::add_score(program, settings);
  return jiheng::app::run(program, settings, argc, argv);
}
