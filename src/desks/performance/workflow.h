// The states of a submission and the ways between them.
//
//   draft ──submit──▶ submitted ──approve──▶ approved
//     ▲ ◀──withdraw──────┘ │ ▲                  │
//     │                    ▼ └──submit── returned ◀──return──┘
#pragma once

#include <vector>

#include "desks/performance/submissions.h"

namespace jiheng::desks {

/// What may be done from a state, in the order that a page offers it.
std::vector<Action> allowed_actions(State state);
bool is_allowed(State state, Action action);
/// Where an action leads; of `remove` there is no state, it gives the one it left.
State state_after(State state, Action action);
/// What is approved stands; everything else may still be mended.
bool may_edit(State state);

/// The state's code in the registry of a submission that was deleted. Lists do not show it; the journal keeps it.
inline constexpr std::string_view deleted_state = "deleted";

}  // namespace jiheng::desks
