#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/exit_status.h"
#include "app/full/commands.h"
#include "app/full/output.h"
#include "app/full/place.h"
#include "base/json_writer.h"
#include "desks/performance/audit_sheet.h"
#include "desks/performance/publication.h"
#include "desks/performance/submissions.h"
#include "service/api/lists.h"
#include "writing/list.h"
#include "writing/writer.h"

namespace jiheng::app {
namespace {

struct ExportOptions {
  Place place;
  std::string what = "form";
  std::string to = "docx";
  std::string out = ".";
  std::string unit;
  int year = 0;
};

desks::Filter filter_of(const ExportOptions& options) {
  desks::Filter filter;
  filter.query = options.unit;
  if (options.year != 0) filter.year = options.year;
  filter.sort = desks::Filter::Sort::unit;
  filter.limit = 500;
  return filter;
}

/// Every submission that the options name, page by page.
std::vector<desks::Summary> chosen(const desks::Submissions& submissions, const ExportOptions& options) {
  std::vector<desks::Summary> all;
  desks::Filter filter = filter_of(options);
  while (true) {
    desks::Page page = submissions.list(filter, access::Principal::operator_at_machine());
    if (page.items.empty()) return all;
    filter.offset += static_cast<int>(page.items.size());
    for (desks::Summary& summary : page.items) all.push_back(std::move(summary));
  }
}

std::string list_json(const std::vector<desks::Summary>& items) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("total").integer(static_cast<std::int64_t>(items.size())).key("items").begin_array();
  for (const desks::Summary& item : items) {
    out.begin_object().field("id", item.id).field("unit_name", item.unit_name).key("year");
    item.year ? out.integer(*item.year) : out.null();
    out.field("state", desks::state_code(item.state)).key("revision").integer(item.revision).key("tables").integer(item.tables);
    out.key("error").integer(item.errors).key("warning").integer(item.warnings).key("hint").integer(item.hints);
    out.key("grade");
    item.grade ? out.string(auditing::grade_name(*item.grade)) : out.null();
    out.field("updated_at", item.updated_at).field("updated_by", item.updated_by).field("file", item.file).end_object();
  }
  out.end_array().end_object();
  return text + '\n';
}

int put(const std::string& path, const std::string& bytes) {
  if (path == "-") return std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size() ? done : environment_failed;
  if (const auto written = write_file(path, bytes); !written) return report_environment(written.error());
  std::puts(path.c_str());
  return done;
}

/// The sheets are those that the page's list gives.
Result<std::string> list_bytes(const ExportOptions& options, const std::vector<desks::Summary>& items) {
  if (options.to == "json") return list_json(items);
  if (options.to == "csv") return writing::list_csv(service::submissions_list(items));
  return writing::write_list(service::submissions_list(items), writing::Carrier::xlsx);
}

int export_list(const ExportOptions& options, const std::vector<desks::Summary>& items) {
  const auto bytes = list_bytes(options, items);
  if (!bytes) return report_environment(bytes.error());
  if (options.out == "-") return put("-", *bytes);
  auto names = OutputNames::in(options.out);
  if (!names) return report_environment(names.error());
  return put(names->next("报送清单", options.to), *bytes);
}

Result<std::string> exported(const desks::Submission& submission, const ExportOptions& options) {
  const auto carrier = *writing::carrier_from_name(options.to);
  if (options.what == "audit") return writing::write_audit_sheet(desks::audit_sheet_of(submission), carrier);
  std::vector<GoalTable> tables;
  for (const desks::FiledTable& filed : submission.tables) tables.push_back(filed.table);
  writing::WriteOptions coded;
  coded.code = desks::version_code_of(submission);
  return writing::write_forms(tables, carrier, coded);
}

int export_all(const ExportOptions& options) {
  return with_place(options.place, [&](OpenPlace& open) -> int {
    const desks::Submissions submissions(*open.registry);
    const std::vector<desks::Summary> items = chosen(submissions, options);
    if (options.what == "list") return export_list(options, items);
    auto names = OutputNames::in(options.out);
    if (!names) return report_environment(names.error());
    for (const desks::Summary& item : items) {
      const auto submission = submissions.open(item.id, access::Principal::operator_at_machine());
      if (!submission) return report_environment(submission.error());
      const auto bytes = exported(*submission, options);
      if (!bytes) return report_environment(bytes.error());
      const std::string kind = options.what == "audit" ? "绩效目标审核表" : "绩效目标表";
      const std::string stem = safe_name(item.unit_name.value_or("单位不明") + (item.year ? std::to_string(*item.year) + "年" : "") + kind);
      if (const int status = put(names->next(stem, options.to), *bytes); status != done) return status;
    }
    return done;
  });
}

}  // namespace

void add_export(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command = program.add_subcommand("export", "从数据库导出：正式表（form）、审核表（audit）、清单（list）");
  add_place(*command, options->place, false);
  command->add_option("--what", options->what, "导出什么")->check(CLI::IsMember({"form", "audit", "list"}))->capture_default_str();
  command->add_option("--to", options->to, "格式：docx、xlsx、pdf、html；清单是 csv、xlsx 或 json")
      ->check(CLI::IsMember({"docx", "xlsx", "pdf", "html", "csv", "json"}))
      ->capture_default_str();
  command->add_option("--out", options->out, "放在哪个文件夹；清单可用 - 打印出来")->capture_default_str();
  command->add_option("--unit", options->unit, "单位名称的一部分");
  command->add_option("--year", options->year, "年度");
  command->callback([options, &settings] {
    const bool list_format = options->to == "csv" || options->to == "json";
    if (options->what == "list" && !list_format && options->to != "xlsx") options->to = "csv";
    if (options->what != "list" && list_format) throw CLI::ValidationError("--to", "正式表和审核表不能导成 " + options->to);
    settings.status = export_all(*options);
  });
}

}  // namespace jiheng::app
