#include "app/full/sheet.h"

#include <cstdio>

#include "app/exit_status.h"
#include "app/full/commands.h"
#include "app/full/output.h"
#include "app/full/place.h"
#include "auditing/audit.h"
#include "auditing/opinion.h"

namespace jiheng::app {

writing::AuditSheet sheet_of(std::span<const Document> documents, const auditing::Report& report) {
  return writing::audit_sheet(documents, report, auditing::opinion_of(report, documents).text);
}

int write_audit_sheet_file(const Audit& audit, const std::string& path, const Settings& settings) {
  const std::size_t dot = path.rfind('.');
  const auto carrier = dot == std::string::npos ? std::nullopt : writing::carrier_from_name(path.substr(dot + 1));
  if (!carrier) {
    std::fprintf(stderr, "审核表只能写成 .docx、.pdf 或 .html，“%s”不是。\n", path.c_str());
    return wrong_usage;
  }
  for (std::size_t i = 0; i < audit.reports.size(); ++i) {
    const std::span<const Document> all(audit.documents);
    const auto documents = audit.each ? all.subspan(i, 1) : all;
    // Each file's own sheet where every file is audited by itself: 审核表-甲局.docx.
    const bool several = audit.reports.size() > 1;
    const std::string target = several ? path.substr(0, dot) + "-" + stem_of(documents.front().file) + path.substr(dot) : path;
    const auto bytes = writing::write_audit_sheet(sheet_of(documents, audit.reports[i]), *carrier, {{}, settings.language});
    if (!bytes) {
      std::fprintf(stderr, "%s\n", bytes.error().message.c_str());
      return wrong_usage;
    }
    if (const auto written = write_file(target, *bytes); !written) return report_environment(written.error());
  }
  return done;
}

}  // namespace jiheng::app
