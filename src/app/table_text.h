// Goal tables as plain text for people at a terminal.
#pragma once

#include <string>

#include "goals/goal_table.h"

namespace jiheng::app {

std::string document_text(const Document& document);

}  // namespace jiheng::app
