// Lines that a program draws dot by dot, as browsers do borders.
#pragma once

#include <vector>

#include "reading/page.h"

namespace jiheng::reading {

/// Adds a rule for each row or column of dots that follow one another closely. Other dots, such as corners where rules meet, add none.
/// The dots are put into another order.
void add_dotted_lines(std::vector<Rule>& dots, std::vector<Rule>& rules);

}  // namespace jiheng::reading
