// A submission's body under the audit.
#pragma once

#include <string>

#include "desks/performance/body.h"

namespace jiheng::desks {

/// Of a body brought by file. Places count within the body's tables, whatever file they came from.
auditing::Report audit_of(const ByFile& files, const policy::Pack& pack);
/// The pack that a submission is under: the one it was decided under, else its year's, else the nation's.
const policy::Pack& pack_for(const Text& decided, const Text& of_year);
/// The contract's report; findings carry message_en and suggestion_en beside the Chinese.
std::string both_languages_json(const auditing::Report& report);
std::string grades_json(const std::vector<auditing::TableGrade>& grades);
/// The unit most of the tables name; the overall table's where they stand equal.
Text unit_of(const ByFile& files);
/// Changes when the program or its rules do: what was audited before may look different now.
const std::string& rules_fingerprint();

}  // namespace jiheng::desks
