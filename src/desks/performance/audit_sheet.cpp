#include "desks/performance/audit_sheet.h"

#include <algorithm>

#include "auditing/audit.h"
#include "auditing/opinion.h"

namespace jiheng::desks {
namespace {

void say_what_is_waived(auditing::Finding& finding, const std::string& key, const Review& review) {
  for (const Waiver& each : review.waivers) {
    if (each.finding == key) finding.message += "（" + each.name + "予以豁免：" + each.reason + "）";
  }
}

}  // namespace

writing::AuditSheet audit_sheet_of(const Submission& submission) {
  // One document of all its tables: the sheet then names them by their place in the submission.
  Document document;
  document.file = submission.summary.file;
  document.notes = submission.notes;
  for (const FiledTable& filed : submission.tables) document.tables.push_back(filed.table);
  const std::span<const Document> documents(&document, 1);
  auditing::Report report = auditing::audit(documents, *submission.pack);
  std::string opinion = submission.opinion.value_or(auditing::opinion_of(report, documents).text);
  for (auditing::Finding& finding : report.findings) say_what_is_waived(finding, key_of(finding), submission.filing.review);
  report.grades = submission.grades;
  for (auditing::TableGrade& grade : report.grades) grade.file = document.file;
  writing::AuditSheet sheet = writing::audit_sheet(documents, std::move(report), std::move(opinion));
  sheet.judged = !submission.filing.signatures.empty() && submission.summary.state == State::approved;
  return sheet;
}

}  // namespace jiheng::desks
