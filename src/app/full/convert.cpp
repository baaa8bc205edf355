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

/// Writes what one document gives; an exit status.
int convert_one(const Document& document, const ConvertOptions& options, OutputNames& names) {
  const auto fail = [&](const std::string& message, int status) {
    std::fprintf(stderr, "%s：%s\n", document.file.c_str(), message.c_str());
    return status;
  };
  if (document.error) return fail(document.error->message, unreadable_input);
  const auto bytes = converted(document, options.to);
  if (!bytes) return fail(bytes.error().message, unreadable_input);
  const std::string path = names.next(stem_of(document.file), options.to);
  if (const auto written = write_file(path, *bytes); !written) {
    std::fprintf(stderr, "%s\n", written.error().message.c_str());
    return environment_failed;
  }
  std::puts(path.c_str());
  return done;
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
  read_documents(files, [&](const Document& document) {
    progress.step();
    const int one = convert_one(document, options, *names);
    if (one != done) status = one;
    return one != environment_failed;
  });
  return status;
}

}  // namespace

void add_convert(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<ConvertOptions>();
  CLI::App* command = program.add_subcommand("convert", "把文档转成正式表：xlsx、docx、pdf、html 或 json");
  command->add_option("--to", options->to, "转成什么")->required()->check(CLI::IsMember({"xlsx", "docx", "pdf", "html", "json"}));
  command->add_option("--out", options->out, "放在哪个文件夹")->capture_default_str();
  command->add_option("FILE", options->files, documents_help)->required();
  command->callback([options, &settings] { settings.status = convert(*options); });
}

}  // namespace jiheng::app
