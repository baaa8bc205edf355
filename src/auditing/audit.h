// Goal tables → findings.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "auditing/finding.h"
#include "base/result.h"
#include "goals/goal_table.h"

namespace jiheng::policy {
struct Pack;
}

namespace jiheng::auditing {

/// All tables of all documents as one submission; plainly different units are audited apart and reported together.
/// `pack` names a rule pack ("" is the national one). Error: unknown-pack.
Result<Report> audit(std::span<const Document> documents, std::string_view pack = {});
Report audit(std::span<const Document> documents, const policy::Pack& pack);

/// The contract's JSON object, one line; the same report gives the same bytes.
std::string report_json(const Report& report, std::string_view language = "zh");

}  // namespace jiheng::auditing
