#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/exit_status.h"
#include "app/inputs.h"
#include "app/table_text.h"
#include "goals/json.h"

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
  for (const std::string& file : files) {
    const Document document = read_input(file);
    all_read = all_read && !document.error;
    const std::string out = options.json ? json_line(document) + '\n' : document_text(document);
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size()) return environment_failed;
    progress.step();
  }
  if (std::fflush(stdout) != 0) return environment_failed;
  return all_read ? done : unreadable_input;
}

}  // namespace

void add_read(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<ReadOptions>();
  CLI::App* command = program.add_subcommand("read", "读文档里的绩效目标表");
  command->add_flag("--json", options->json, "每个文件一行 JSON");
  command->add_option("FILE", options->files, "docx、xlsx、doc、xls、wps、et、rtf、html、mht、txt、csv、tsv 文件或文件夹")->required();
  command->callback([options, &settings] { settings.status = read(*options); });
}

}  // namespace jiheng::app
