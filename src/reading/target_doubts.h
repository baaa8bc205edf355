// Numbers that are read as printed and yet look wrong: said in a note, never mended.
#pragma once

#include <string_view>

#include "reading/target.h"

namespace jiheng::reading {

/// A Chinese sentence where the number, taken alone, is doubtful (0.95 of 100 %, a date's serial number); empty where it is not.
std::string_view doubt_of_number(const Target& target, std::string_view name, TextPool& texts);

}  // namespace jiheng::reading
