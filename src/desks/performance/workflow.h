// draft → on its way through the steps → approved, with withdrawing, returning and adjusting in between: who may do what now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/principal.h"
#include "access/units.h"
#include "base/result.h"
#include "desks/performance/submissions.h"

namespace jiheng::desks {

/// "退回修改".
std::string_view action_name(Action action);
/// What the journal calls a record that is gone from all lists.
inline constexpr std::string_view removed_state = "deleted";

/// What it takes to sign the step.
access::Permission permission_of(Step step);

/// A submission as the workflow sees it.
struct Standing {
  State state = State::draft;
  Text unit;  ///< id
  const Filing& filing;
};

/// What he may do now, in the order the buttons stand.
std::vector<Action> allowed_actions(const Standing& standing, const access::Principal& who, const FilingRules& rules);
/// nullopt where he may; else forbidden, four-eyes or action-not-allowed.
std::optional<Error> refusal(const Standing& standing, Action action, const access::Principal& who, const FilingRules& rules);
/// Whether he may change the tables, by hand or by another import; the error else.
std::optional<Error> edit_refusal(const Standing& standing, const access::Principal& who, std::string_view what);
/// The post he would do it in, where it is another's; nullptr for his own.
const access::Post* post_for(const Standing& standing, Action action, const access::Principal& who);

/// Whether he is the one who audits it now (not the unit's own head), and so may judge, waive and propose; the error else.
std::optional<Error> review_refusal(const Standing& standing, const access::Principal& who, const FilingRules& rules);

/// What the bureau does not sign, whoever he is: with a proposal not answered, with errors neither mended nor waived, with a table graded
/// too low.
struct Judged {
  int errors = 0;  ///< not waived
  std::vector<auditing::TableGrade> grades;
};
std::optional<Error> content_refusal(const Standing& standing, const Judged& judged, const FilingRules& rules);

/// The steps that a submission of this unit goes through when `who` submits it: a unit without a department skips that step; what the
/// bureau takes in on paper has the unit's seal already. Where the machine has no accounts there are none.
std::vector<Step> steps_for(const std::optional<access::Unit>& unit, const access::Principal& who, const FilingRules& rules);

/// Moves the filing on; the state after it. `remove` has none and keeps the old one.
State moved(State state, Filing& filing, Action action);

}  // namespace jiheng::desks
