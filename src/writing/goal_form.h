// A goal table → its official form.
#pragma once

#include "goals/goal_table.h"
#include "writing/form.h"

namespace jiheng::writing {

Form goal_form(const GoalTable& table);

}  // namespace jiheng::writing
