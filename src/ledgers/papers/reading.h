// Inside ledgers/ only: a paper out of its declaration.
#pragma once

#include <string_view>

#include "ledgers/declaration_part.h"
#include "ledgers/papers/paper.h"

namespace jiheng::ledgers {

/// Throws Fault. What it says of types is checked when all of them are known (fault_of).
Paper paper_of(const YAML::Node& node, std::string_view file);

}  // namespace jiheng::ledgers
