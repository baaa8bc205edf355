// draft → submitted → approved, with withdrawing and returning in between.
#pragma once

#include <vector>

#include "desks/performance/submissions.h"

namespace jiheng::desks {

/// What may be done now, in the order the buttons stand.
std::vector<Action> allowed_actions(State state);
bool is_allowed(State state, Action action);
/// Whether tables may be changed, by hand or by another import.
bool is_editable(State state);
/// The state after it; `remove` has none and keeps the old one.
State state_after(State state, Action action);
/// "退回修改".
std::string_view action_name(Action action);
/// What the journal calls a record that is gone from all lists.
inline constexpr std::string_view removed_state = "deleted";

}  // namespace jiheng::desks
