#include "service/api/exports.h"

#include <set>

#include "desks/performance/audit_sheet.h"
#include "desks/performance/publication.h"
#include "service/api/stored_zip.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

std::string_view kind_title(ExportKind kind) {
  return kind == ExportKind::form ? "绩效目标表" : "绩效目标审核表";
}

std::string file_name(const desks::Summary& summary, ExportKind kind, writing::Carrier carrier) {
  std::string name = summary.unit_name.value_or("未填单位名称");
  // A unit's name is what somebody typed; a path separator in it would make folders of it.
  for (char& c : name) {
    if (c == '/' || c == '\\') c = '-';
  }
  if (summary.year) name += std::to_string(*summary.year) + "年";
  return name + std::string(kind_title(kind)) + "." + std::string(writing::carrier_name(carrier));
}

}  // namespace

std::string_view content_type(writing::Carrier carrier) {
  switch (carrier) {
    case writing::Carrier::docx:
      return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case writing::Carrier::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case writing::Carrier::pdf:
      return "application/pdf";
    case writing::Carrier::html:
      break;
  }
  return "text/html; charset=utf-8";
}

Result<ExportFile> export_submission(const desks::Submission& submission, ExportKind kind, writing::Carrier carrier,
                                     const writing::WriteOptions& options) {
  if (submission.tables.empty()) return problem("nothing-to-export").in(submission.summary.id);
  std::vector<GoalTable> tables;
  for (const desks::FiledTable& filed : submission.tables) tables.push_back(filed.table);
  writing::WriteOptions coded = options;
  coded.code = desks::version_code_of(submission);
  auto bytes = kind == ExportKind::form ? writing::write_forms(tables, carrier, coded)
                                        : writing::write_audit_sheet(desks::audit_sheet_of(submission), carrier, options);
  if (!bytes) return std::move(bytes).error();
  return ExportFile{file_name(submission.summary, kind, carrier), std::move(*bytes), content_type(carrier)};
}

ExportFile zip_of(std::vector<ExportFile> files, ExportKind kind) {
  std::vector<std::pair<std::string, std::string>> entries;
  std::set<std::string> taken;
  for (ExportFile& file : files) {
    std::string name = file.name;
    for (int number = 2; !taken.insert(name).second; ++number) {
      const std::size_t dot = file.name.rfind('.');
      name = file.name.substr(0, dot) + "-" + std::to_string(number) + file.name.substr(dot);
    }
    entries.emplace_back(std::move(name), std::move(file.bytes));
  }
  return {std::string(kind_title(kind)) + ".zip", stored_zip(entries), "application/zip"};
}

}  // namespace jiheng::service
