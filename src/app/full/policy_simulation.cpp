#include "app/full/policy_simulation.h"

#include <algorithm>
#include <iterator>

#include "auditing/audit.h"
#include "scoring/score.h"

namespace jiheng::app {
namespace {

/// Findings of one table, by what tells them apart, sorted.
std::vector<std::string> findings_of(const auditing::Report& report, int table) {
  std::vector<std::string> found;
  for (const auditing::Finding& finding : report.findings) {
    const bool here = finding.at.empty() ? table == 0 : finding.at.front().table == table;
    if (!here) continue;
    const auto indicator = finding.at.empty() ? std::nullopt : finding.at.front().indicator;
    found.push_back(std::string(finding.rule) + (indicator ? "（指标" + std::to_string(*indicator + 1) + "）" : ""));
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string grade_of(const auditing::Report& report, int table) {
  for (const auditing::TableGrade& grade : report.grades) {
    if (grade.table == table) return std::string(auditing::grade_name(grade.grade));
  }
  return {};
}

std::string outcome(const scoring::EvaluatedTable& table, const policy::Pack& pack) {
  const auto scored = scoring::score(table, pack.scoring);
  return scored ? scored->total.text() + " " + scored->grade : "不能打分（" + scoring::refusal_text(scored.error()) + "）";
}

}  // namespace

std::vector<Change> compare_audits(const Document& document, const policy::Pack& before, const policy::Pack& after) {
  const auditing::Report first = auditing::audit({&document, 1}, before);
  const auditing::Report second = auditing::audit({&document, 1}, after);
  std::vector<Change> changes;
  for (int table = 0; table < static_cast<int>(document.tables.size()); ++table) {
    const GoalTable& printed = document.tables[static_cast<std::size_t>(table)];
    Change change{document.file,
                  table,
                  printed.project_name.value_or(printed.unit_name.value_or("")),
                  grade_of(first, table),
                  grade_of(second, table),
                  {},
                  {}};
    const auto old_findings = findings_of(first, table);
    const auto new_findings = findings_of(second, table);
    std::set_difference(new_findings.begin(), new_findings.end(), old_findings.begin(), old_findings.end(),
                        std::back_inserter(change.added));
    std::set_difference(old_findings.begin(), old_findings.end(), new_findings.begin(), new_findings.end(),
                        std::back_inserter(change.removed));
    if (change.before != change.after || !change.added.empty() || !change.removed.empty()) changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<Change> compare_scores(const std::string& file, std::span<const scoring::EvaluatedTable> tables, const policy::Pack& before,
                                   const policy::Pack& after) {
  std::vector<Change> changes;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    Change change{file, static_cast<int>(i), tables[i].name, outcome(tables[i], before), outcome(tables[i], after), {}, {}};
    if (change.before != change.after) changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace jiheng::app
