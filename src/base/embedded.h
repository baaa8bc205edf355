// Files compiled into the program (rule packs, the web pages). Each set is a function made by cmake/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace jiheng::embedded {

struct File {
  std::string_view name;  ///< path relative to the set's base folder, with forward slashes
  std::string_view bytes;
};

}  // namespace jiheng::embedded
