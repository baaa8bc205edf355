#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/exit_status.h"
#include "app/full/commands.h"
#include "app/full/output.h"
#include "app/inputs.h"
#include "goals/json.h"
#include "writing/writer.h"

namespace jiheng::app {
namespace {

struct ConvertOptions {
  std::vector<std::string> files;
  std::string to;
  std::string out = ".";
};

Result<std::string> converted(const Document& document, const std::string& to) {
  if (to == "json") return json_line(document) + '\n';
  return writing::write_forms(document.tables, *writing::carrier_from_name(to));
}

int convert(const ConvertOptions& options) {
  auto names = OutputNames::in(options.out);
  if (!names) {
    std::fprintf(stderr, "%s\n", names.error().message.c_str());
    return environment_failed;
  }
  const std::vector<std::string> files = expand_inputs(options.files);
  Progress progress("已转换", files.size());
  int status = done;
  for (const std::string& file : files) {
    const Document document = read_input(file);
    progress.step();
    if (document.error) {
      std::fprintf(stderr, "%s：%s\n", file.c_str(), document.error->message.c_str());
      status = unreadable_input;
      continue;
    }
    const auto bytes = converted(document, options.to);
    if (!bytes) {
      std::fprintf(stderr, "%s：%s\n", file.c_str(), bytes.error().message.c_str());
      status = unreadable_input;
      continue;
    }
    const std::string path = names->next(stem_of(file), options.to);
    if (const auto written = write_file(path, *bytes); !written) {
      std::fprintf(stderr, "%s\n", written.error().message.c_str());
      return environment_failed;
    }
    std::puts(path.c_str());
  }
  return status;
}

}  // namespace

void add_convert(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<ConvertOptions>();
  CLI::App* command = program.add_subcommand("convert", "把文档转成正式表：xlsx、docx、pdf、html 或 json");
  command->add_option("--to", options->to, "转成什么")->required()->check(CLI::IsMember({"xlsx", "docx", "pdf", "html", "json"}));
  command->add_option("--out", options->out, "放在哪个文件夹")->capture_default_str();
  command->add_option("FILE", options->files, "docx、xlsx、doc、xls、wps、et、rtf、html、mht、txt、csv、tsv 文件或文件夹")->required();
  command->callback([options, &settings] { settings.status = convert(*options); });
}

}  // namespace jiheng::app
