// Tables that use every field of the contract.
#pragma once

#include <vector>

#include "goals/goal_table.h"

namespace jiheng::writing::fixtures {

GoalTable overall();
GoalTable project();
GoalTable self_evaluation();
GoalTable monitoring();
/// All four.
std::vector<GoalTable> one_of_each();

}  // namespace jiheng::writing::fixtures
