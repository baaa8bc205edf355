// A submission's body under the audit.
#pragma once

#include <string>

#include "desks/performance/body.h"

namespace jiheng::desks {

/// Places count within the body's tables, whatever file they came from.
auditing::Report audit_of(const Body& body);
/// Of what was already brought by file, which is `body`'s.
/// `pack` as Body has it: what was decided is shown as it was, under the version that is kept of it.
auditing::Report audit_of(const ByFile& files, const Text& pack);
/// cn-2020@1: what is decided now is decided under it.
std::string pack_in_use();
/// The contract's report; findings carry message_en and suggestion_en beside the Chinese.
std::string both_languages_json(const auditing::Report& report);
/// The unit most of the tables name; the overall table's where they stand equal.
Text unit_of(const ByFile& files);
/// Changes when the program or its rules do: what was audited before may look different now.
const std::string& rules_fingerprint();

}  // namespace jiheng::desks
