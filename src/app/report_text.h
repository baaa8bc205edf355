// An audit's findings as plain text for people at a terminal.
#pragma once

#include <string>

#include "app/commands.h"

namespace jiheng::app {

std::string report_text(const Audit& audit, const std::string& language);

}  // namespace jiheng::app
