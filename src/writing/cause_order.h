// The order of the cause columns (经费保障, 制度保障 …) of a monitoring form.
#pragma once

#include <string>
#include <vector>

#include "goals/goal_table.h"

namespace jiheng::writing {

/// All headings of the indicators' causes in an order that keeps each indicator's own; where they contradict each other, as first met.
std::vector<std::string> cause_order(const std::vector<const Indicator*>& indicators);

}  // namespace jiheng::writing
