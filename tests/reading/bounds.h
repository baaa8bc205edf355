// What hostile files are made with, and the time and memory that reading one is held to.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace jiheng::reading {

std::string repeated(std::string_view part, std::size_t times);

/// Does it in a process of its own and holds that to 2 s and 256 MB; what it gives, an error's code. `about` is said where it fails.
std::string within_bounds(const std::function<std::string()>& what, std::string_view about = {});
/// Reads the file so; the error's code, "" for a document that was read.
std::string read_within_bounds(const std::string& bytes);

}  // namespace jiheng::reading
