#include <algorithm>

#include "auditing/money.h"
#include "base/text.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/years.h"

namespace jiheng::desks {
namespace {

const GoalTable* overall_of(const Body& body) {
  for (const FiledTable& each : body.tables) {
    if (each.table.kind == TableKind::overall) return &each.table;
  }
  return nullptr;
}

/// The overall table's total in 万元; as printed where it is no number.
Text overall_amount_of(const Body& body) {
  const GoalTable* overall = overall_of(body);
  if (overall == nullptr || !overall->budget || !overall->budget->total) return std::nullopt;
  const auto unit = overall->money_unit ? auditing::yuan_in(*overall->money_unit) : std::nullopt;
  const Text amount = auditing::from_yuan(auditing::to_yuan(auditing::number(overall->budget->total), unit.value_or(10000)), 10000);
  return amount ? amount : overall->budget->total;
}

std::optional<auditing::Grade> worst_grade(const std::vector<auditing::TableGrade>& grades) {
  std::optional<auditing::Grade> worst;
  for (const auditing::TableGrade& each : grades) worst = worst ? std::max(*worst, each.grade) : each.grade;
  return worst;
}

Summary summary_of(const registry::Record& record, const Body& body, const ByFile& files, const auditing::Report& report,
                   const std::vector<auditing::TableGrade>& grades) {
  Summary summary;
  summary.id = record.id;
  summary.unit_name = unit_of(files);
  summary.year = year_of(body);
  summary.state = state_from_code(record.state).value_or(State::draft);
  summary.revision = record.revision;
  summary.tables = static_cast<int>(body.tables.size());
  summary.waived = waived_errors(body.filing.review, report);
  summary.errors = report.errors - summary.waived;
  summary.warnings = report.warnings;
  summary.hints = report.hints;
  summary.grade = worst_grade(grades);
  summary.updated_at = record.at;
  summary.updated_by = record.by;
  summary.file = body.file;
  summary.notes = static_cast<int>(body.notes.size());
  summary.overall_amount = overall_amount_of(body);
  summary.unit = body.unit;
  summary.proposed = body.filing.review.proposal.has_value();
  summary.step = summary.state == State::submitted ? body.filing.waiting() : std::nullopt;
  return summary;
}

}  // namespace

std::string unit_key_of(const Text& unit_name, std::string_view file) {
  std::string key = unit_name ? fold_label(*unit_name) : std::string();
  return key.empty() ? "file:" + std::string(file) : key;
}

std::optional<int> year_of(const Body& body) {
  if (const GoalTable* overall = overall_of(body); overall != nullptr && overall->year) return overall->year;
  for (const FiledTable& each : body.tables) {
    if (each.table.year) return each.table.year;
  }
  return std::nullopt;
}

Opened opened(registry::Record record, registry::Registry& registry) {
  Body body = body_from_json(record.body);
  const Text pack = year_pack(registry, year_of(body));
  return opened(std::move(record), std::move(body), pack);
}

Opened opened(registry::Record record, registry::Change& change) {
  Body body = body_from_json(record.body);
  const Text pack = year_pack(change, year_of(body));
  return opened(std::move(record), std::move(body), pack);
}

Opened opened(registry::Record record, Body body, const Text& year_pack) {
  const ByFile files = by_file(body);
  const policy::Pack& pack = pack_for(body.pack, year_pack);
  auditing::Report report = audit_of(files, pack);
  std::vector<auditing::TableGrade> grades = reviewed_grades(body.filing.review, report, pack.audit);
  Summary summary = summary_of(record, body, files, report, grades);
  return {std::move(record), std::move(body), &pack, std::move(report), std::move(grades), std::move(summary)};
}

}  // namespace jiheng::desks
