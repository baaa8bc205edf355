// Tables that are ruled across only: the upright rules that their columns would have.
#pragma once

#include <vector>

#include "reading/page.h"

namespace jiheng::reading {

/// Upright rules in the white space between the columns of tables whose rows are ruled and whose columns are not, and a rule across where
/// a page break cuts such a table. None for a page that has no such table.
std::vector<Rule> missing_rules(const Page& page);

}  // namespace jiheng::reading
