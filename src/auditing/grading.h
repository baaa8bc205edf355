// The grade of a table by the pack's points: as its findings suggest, and as people judged it.
#pragma once

#include <span>
#include <vector>

#include "auditing/findings.h"
#include "auditing/submission.h"

namespace jiheng::auditing {

/// Points that a person gave an aspect in place of the suggested ones.
struct Judgement {
  Aspect aspect = Aspect::completeness;
  Decimal points;
};

/// A finding counts against the table of its first place, in its aspect; where several findings stand at one place, only the gravest.
TableGrade grade_of(const TableView& table, std::span<const Findings::Entry> findings, const policy::AuditParameters& parameters);
/// The same of a finished report's findings (those of one table that count), with what was judged.
TableGrade grade_of(std::string file, int table, std::span<const Finding* const> findings, std::span<const Judgement> judged,
                    const policy::AuditParameters& parameters);

/// The band that so many per cent fall into.
Grade grade_for(const Decimal& percent, const std::vector<policy::GradeBand>& bands);
Grade grade_from_name(std::string_view name);

}  // namespace jiheng::auditing
