// The version code (goals/version_code.h) that a document carries: at the foot of its pages, or anywhere in its text.
#pragma once

#include "goals/goal_table.h"
#include "reading/grid.h"

namespace jiheng::reading {

Text printed_code(const Layout& layout);

}  // namespace jiheng::reading
