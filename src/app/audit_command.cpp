#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/exit_status.h"
#include "app/inputs.h"
#include "app/report_text.h"
#include "auditing/audit.h"

namespace jiheng::app {
namespace {

struct AuditOptions {
  std::vector<std::string> files;
  std::string pack;
  std::string form;
  bool json = false;
  bool each = false;
};

Result<Audit> run_audit(const AuditOptions& options) {
  Audit audit;
  audit.each = options.each;
  const std::vector<std::string> files = expand_inputs(options.files);
  Progress progress("已读", files.size());
  read_documents(files, [&](Document document) {
    audit.documents.push_back(std::move(document));
    progress.step();
    return true;
  });
  const std::size_t groups = options.each ? audit.documents.size() : 1;
  for (std::size_t i = 0; i < groups; ++i) {
    const std::span<const Document> all(audit.documents);
    auto report = auditing::audit(options.each ? all.subspan(i, 1) : all, options.pack);
    if (!report) return std::move(report).error();
    audit.reports.push_back(std::move(report).value());
  }
  return audit;
}

std::string json_of(const Audit& audit, const std::string& language) {
  if (!audit.each) return auditing::report_json(audit.reports.front(), language);
  std::string json = "[";
  for (const auditing::Report& report : audit.reports) {
    if (json.size() > 1) json += ',';
    json += auditing::report_json(report, language);
  }
  return json + "]";
}

int audit(const AuditOptions& options, const Settings& settings, const SheetWriter& write_sheet) {
  const auto audited = run_audit(options);
  if (!audited) {
    std::fprintf(stderr, "%s\n", audited.error().message.c_str());
    return wrong_usage;
  }
  int status = done;
  for (const auditing::Report& report : audited->reports) {
    if (report.errors > 0) status = found_errors;
  }
  for (const Document& document : audited->documents) {
    if (!document.error) continue;
    std::fprintf(stderr, "%s：%s\n", document.file.c_str(), document.error->message.c_str());
    status = unreadable_input;
  }
  const std::string out = options.json ? json_of(*audited, settings.language) + '\n' : report_text(*audited, settings.language);
  if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0) return environment_failed;
  if (options.form.empty()) return status;
  const int written = write_sheet(*audited, options.form, settings);
  return written == done ? status : written;
}

}  // namespace

void add_audit(CLI::App& program, Settings& settings, const SheetWriter& write_sheet) {
  auto options = std::make_shared<AuditOptions>();
  CLI::App* command = program.add_subcommand("audit", "审核绩效目标表：把所有文件当作一个单位的一套报送来审");
  command->add_flag("--json", options->json, "结果为 JSON");
  command->add_flag("--each", options->each, "每个文件各审各的");
  command->add_option("--pack", options->pack, "规则包（默认国家统一规则）");
  command->add_option("--form", options->form, "另写一份绩效目标审核表（.docx 或 .pdf）");
  command->add_option("FILE", options->files, documents_help)->required();
  command->callback([options, &settings, write_sheet] { settings.status = audit(*options, settings, write_sheet); });
}

}  // namespace jiheng::app
