// Holds the reading of one file to time and memory.
#pragma once

#include <string>

namespace jiheng::reading {

/// Reads the file in a process of its own and holds it to 2 s and 256 MB; the error's code, "" for a document that was read.
std::string read_within_bounds(const std::string& bytes);

}  // namespace jiheng::reading
