// 整改通知 and 销号审批单 of a problem, out of documents/problem_*.txt.
#pragma once

#include <optional>
#include <string_view>

#include "desks/performance/official_texts.h"
#include "desks/rectification/problems.h"

namespace jiheng::desks {

enum class ProblemDocument { notice, closing };
std::optional<ProblemDocument> problem_document_from_code(std::string_view code);  ///< "notice", "closing"

/// Errors: not-found, nothing-to-write (it is not closed yet, or was withdrawn), official-text.
Result<OfficialMade> problem_document(registry::Registry& registry, const Problems& problems, ProblemDocument document, std::string_view id,
                                      const access::Principal& who);

}  // namespace jiheng::desks
