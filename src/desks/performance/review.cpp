#include "desks/performance/review.h"

#include <algorithm>

#include "auditing/grading.h"
#include "base/hash.h"

namespace jiheng::desks {

std::string key_of(const auditing::Finding& finding) {
  constexpr std::size_t length = 16;
  std::string text(finding.rule);
  if (!finding.at.empty()) {
    const auditing::Place& place = finding.at.front();
    text += "\n" + std::to_string(place.table) + "\n" + (place.indicator ? std::to_string(*place.indicator) : "") + "\n" + place.field;
  }
  return sha256_hex(text + "\n" + finding.message).substr(0, length);
}

bool is_waived(const Review& review, const auditing::Finding& finding) {
  if (review.waivers.empty()) return false;
  const std::string key = key_of(finding);
  return std::any_of(review.waivers.begin(), review.waivers.end(), [&](const Waiver& each) { return each.finding == key; });
}

int waived_errors(const Review& review, const auditing::Report& report) {
  return static_cast<int>(std::count_if(report.findings.begin(), report.findings.end(), [&](const auditing::Finding& finding) {
    return finding.severity == auditing::Severity::error && is_waived(review, finding);
  }));
}

std::vector<auditing::TableGrade> reviewed_grades(const Review& review, const auditing::Report& report,
                                                  const policy::AuditParameters& parameters) {
  if (review.judged.empty() && review.waivers.empty()) return report.grades;
  std::vector<auditing::TableGrade> grades;
  for (const auditing::TableGrade& suggested : report.grades) {
    std::vector<const auditing::Finding*> counting;
    for (const auditing::Finding& finding : report.findings) {
      const bool is_of_it = !finding.at.empty() && finding.at.front().table == suggested.table;
      if (is_of_it && !is_waived(review, finding)) counting.push_back(&finding);
    }
    std::vector<auditing::Judgement> judged;
    for (const JudgedAspect& each : review.judged) {
      if (each.table == suggested.table) judged.push_back({each.aspect, Decimal::parse(each.points).value_or(Decimal())});
    }
    grades.push_back(auditing::grade_of(suggested.file, suggested.table, counting, judged, parameters));
  }
  return grades;
}

std::optional<auditing::Aspect> aspect_from_name(std::string_view name) {
  using enum auditing::Aspect;
  for (const auditing::Aspect aspect : {completeness, relevance, appropriateness, feasibility}) {
    if (auditing::aspect_name(aspect) == name) return aspect;
  }
  return std::nullopt;
}

}  // namespace jiheng::desks
