#include "auditing/grading.h"

#include <algorithm>
#include <array>
#include <map>

namespace jiheng::auditing {
namespace {

struct Counts {
  int errors = 0;
  int warnings = 0;
  int hints = 0;
};

/// Per cent of the aspect's points left.
Decimal percent_left(const Counts& counts, const policy::AuditParameters& p) {
  const Decimal hints = std::min(Decimal(counts.hints) * p.hint_percent, p.hint_limit_percent);
  const Decimal lost = Decimal(counts.errors) * p.error_percent + Decimal(counts.warnings) * p.warning_percent + hints;
  return std::max(Decimal(0), Decimal(100) - lost);
}

std::array<Counts, 4> counted(std::span<const Finding* const> findings) {
  std::map<std::pair<Aspect, int>, Severity> gravest;
  std::array<Counts, 4> counts{};
  const auto count = [&](Aspect aspect, Severity severity) {
    Counts& of = counts[static_cast<std::size_t>(aspect)];
    ++(severity == Severity::error ? of.errors : severity == Severity::warning ? of.warnings : of.hints);
  };
  for (const Finding* each : findings) {
    const Finding& finding = *each;
    const auto indicator = finding.at.empty() ? std::nullopt : finding.at.front().indicator;
    if (!indicator) {
      count(finding.aspect, finding.severity);
      continue;
    }
    const auto [found, added] = gravest.emplace(std::pair(finding.aspect, *indicator), finding.severity);
    if (!added) found->second = std::min(found->second, finding.severity);
  }
  for (const auto& [place, severity] : gravest) count(place.first, severity);
  return counts;
}

Grade worse(Grade a, Grade b) {
  return std::max(a, b);
}

}  // namespace

Grade grade_from_name(std::string_view name) {
  for (const Grade grade : {Grade::excellent, Grade::good, Grade::fair}) {
    if (grade_name(grade) == name) return grade;
  }
  return Grade::poor;
}

Grade grade_for(const Decimal& percent, const std::vector<policy::GradeBand>& bands) {
  for (const policy::GradeBand& band : bands) {
    if (percent >= band.from) return grade_from_name(band.name);
  }
  return Grade::poor;
}

TableGrade grade_of(const TableView& table, std::span<const Findings::Entry> findings, const policy::AuditParameters& p) {
  std::vector<const Finding*> counting;
  counting.reserve(findings.size());
  for (const Findings::Entry& entry : findings) counting.push_back(&entry.finding);
  return grade_of(table.document->file, table.index, counting, {}, p);
}

TableGrade grade_of(std::string file, int table, std::span<const Finding* const> findings, std::span<const Judgement> judged,
                    const policy::AuditParameters& p) {
  const std::array<Counts, 4> counts = counted(findings);
  TableGrade result{std::move(file), table, Grade::excellent, {}};
  Decimal total;
  bool error = false;
  Grade worst_part = Grade::excellent;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    Decimal percent = percent_left(counts[i], p);
    Decimal points = Decimal::quotient(percent * p.aspect_points[i], Decimal(100), 2);
    for (const Judgement& each : judged) {
      if (each.aspect != static_cast<Aspect>(i)) continue;
      points = each.points;
      percent = p.aspect_points[i].is_zero() ? Decimal(100) : Decimal::quotient(points * Decimal(100), p.aspect_points[i], 6);
    }
    const Grade grade = grade_for(percent, p.grades);
    result.aspects.push_back({static_cast<Aspect>(i), grade, points.plain()});
    total += points;
    error = error || counts[i].errors > 0;
    worst_part = worse(worst_part, grade);
  }
  result.grade = grade_for(total, p.grades);
  if (error) result.grade = worse(result.grade, grade_from_name(p.best_with_error));
  if (worst_part == Grade::poor) result.grade = worse(result.grade, grade_from_name(p.best_with_poor_part));
  if (worst_part == Grade::fair) result.grade = worse(result.grade, grade_from_name(p.best_with_fair_part));
  return result;
}

}  // namespace jiheng::auditing
