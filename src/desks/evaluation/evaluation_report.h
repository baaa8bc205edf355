// The report by the outline of 财预〔2020〕10号: numbers out of the score sheets and the sourced figures, words by the people who
// evaluated.
#pragma once

#include <string_view>

#include "desks/evaluation/evaluations.h"
#include "desks/performance/official_texts.h"

namespace jiheng::desks {

/// A draft until it is concluded. Errors: not-found, official-text.
Result<OfficialMade> evaluation_report(registry::Registry& registry, const Evaluations& evaluations, const Problems& problems,
                                       std::string_view id, const access::Principal& who);

}  // namespace jiheng::desks
