// The suggested grade of a table, from its findings by the pack's points.
#pragma once

#include <span>
#include <vector>

#include "auditing/findings.h"
#include "auditing/submission.h"

namespace jiheng::auditing {

/// A finding counts against the table of its first place, in its aspect; where several findings stand at one place, only the gravest.
TableGrade grade_of(const TableView& table, std::span<const Findings::Entry> findings, const policy::AuditParameters& parameters);

/// The band that so many per cent fall into.
Grade grade_for(const Decimal& percent, const std::vector<policy::GradeBand>& bands);
Grade grade_from_name(std::string_view name);

}  // namespace jiheng::auditing
