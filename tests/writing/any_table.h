// Goal tables made at random, as a reader could have read them: texts in the contract's printed form, levels of the tree and others,
// each field there or not.
#pragma once

#include <rapidcheck.h>

#include "goals/goal_table.h"

namespace jiheng::writing {

rc::Gen<GoalTable> any_table();

}  // namespace jiheng::writing
