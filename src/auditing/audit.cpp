#include "auditing/audit.h"

#include <algorithm>

#include "auditing/findings.h"
#include "auditing/grading.h"
#include "auditing/rules.h"
#include "auditing/submission.h"

namespace jiheng::auditing {
namespace {

void count(Report& report, Severity severity) {
  ++(severity == Severity::error ? report.errors : severity == Severity::warning ? report.warnings : report.hints);
}

/// `entries` are sorted by table, so each table's own stand together.
void grade(Report& report, const std::vector<Submission>& parts, std::span<const Findings::Entry> entries,
           const policy::AuditParameters& parameters) {
  std::vector<const TableView*> tables;
  for (const Submission& part : parts) {
    for (const TableView& table : part.tables) tables.push_back(&table);
  }
  std::sort(tables.begin(), tables.end(), [](const TableView* a, const TableView* b) { return a->ordinal < b->ordinal; });
  std::size_t begin = 0;
  for (const TableView* table : tables) {
    std::size_t end = begin;
    while (end < entries.size() && entries[end].ordinal == table->ordinal) ++end;
    report.grades.push_back(grade_of(*table, entries.subspan(begin, end - begin), parameters));
    begin = end;
  }
}

}  // namespace

Result<Report> audit(std::span<const Document> documents, std::string_view pack_name) {
  const auto pack = policy::find_pack(pack_name);
  if (!pack) return pack.error();
  return audit(documents, **pack);
}

Report audit(std::span<const Document> documents, const policy::Pack& pack) {
  const std::vector<Submission> parts = submissions(documents, pack);
  Findings findings;
  for (const Submission& part : parts) {
    for (const Rule& rule : rules()) rule.check(part, findings);
  }
  Report report;
  report.pack = pack.id();
  for (const Document& document : documents) report.tables += static_cast<int>(document.tables.size());
  std::vector<Findings::Entry> entries = findings.take();
  grade(report, parts, entries, pack.audit);
  report.findings.reserve(entries.size());
  for (Findings::Entry& entry : entries) {
    count(report, entry.finding.severity);
    report.findings.push_back(std::move(entry.finding));
  }
  return report;
}

}  // namespace jiheng::auditing
