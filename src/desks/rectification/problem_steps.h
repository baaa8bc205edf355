// Who may do what with a problem, and when.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "desks/rectification/problem.h"
#include "policy/follow_up_parameters.h"

namespace jiheng::desks {

/// nullopt where he may now; else forbidden, action-not-allowed or four-eyes.
std::optional<Error> problem_refusal(const Problem& problem, ProblemAction action, const access::Principal& who,
                                     const policy::Rectification& rules, std::string_view today);
/// In the order the buttons stand.
std::vector<ProblemAction> problem_actions(const Problem& problem, const access::Principal& who, const policy::Rectification& rules,
                                           std::string_view today);
/// Whether he may bring files: the unit's people while they have to answer, the bureau's until it is closed.
std::optional<Error> evidence_refusal(const Problem& problem, const access::Principal& who);
/// The post he would do it in, where it is another's; nullptr for his own.
const access::Post* problem_post(const Problem& problem, ProblemAction action, const access::Principal& who);
Person person_of(const access::Principal& who, const access::Post* post);

}  // namespace jiheng::desks
