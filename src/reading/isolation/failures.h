// What is said of a document that a worker could not read.
#pragma once

#include <string>
#include <string_view>

#include "goals/goal_table.h"

namespace jiheng::reading {

/// reader-gave-up: two workers died over it, or took too long.
Document given_up(std::string_view bytes, std::string name);
/// reader-unavailable: no worker can be started.
Document reader_unavailable(std::string_view bytes, std::string name);

}  // namespace jiheng::reading
