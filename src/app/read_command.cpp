#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/exit_status.h"
#include "app/inputs.h"
#include "app/table_text.h"

namespace jiheng::app {
namespace {

struct ReadOptions {
  std::vector<std::string> files;
  bool json = false;
};

int read(const ReadOptions& options) {
  const std::vector<std::string> files = expand_inputs(options.files);
  Progress progress("已读", files.size());
  bool all_read = true;
  const auto print = [&](std::string out, bool failed) {
    all_read = all_read && !failed;
    progress.step();
    return std::fwrite(out.data(), 1, out.size(), stdout) == out.size();
  };
  const bool printed =
      options.json
          ? read_inputs(files, [&](reading::Answer answer) { return print(std::move(answer.json.append(1, '\n')), answer.failed); })
          : read_documents(files, [&](const Document& d) { return print(document_text(d), d.error.has_value()); });
  if (!printed) return environment_failed;
  if (std::fflush(stdout) != 0) return environment_failed;
  return all_read ? done : unreadable_input;
}

}  // namespace

void add_read(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<ReadOptions>();
  CLI::App* command = program.add_subcommand("read", "读文档里的绩效目标表");
  command->add_flag("--json", options->json, "每个文件一行 JSON");
  command->add_option("FILE", options->files, documents_help)->required();
  command->callback([options, &settings] { settings.status = read(*options); });
}

}  // namespace jiheng::app
