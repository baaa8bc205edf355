// A zip archive made in memory.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jiheng::writing {

struct Part {
  std::string_view name;
  std::string_view bytes;
};

/// The entries stand in the given order, with a fixed time, so that the same parts give the same bytes. Throws std::runtime_error
/// where libzip has no memory.
std::string zip_of(std::span<const Part> parts);

}  // namespace jiheng::writing
