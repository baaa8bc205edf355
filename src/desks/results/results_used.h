// Whether something was decided of next year's money on what a record graded.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "registry/registry.h"

namespace jiheng::desks {

struct UsedResult {
  std::string project;
  std::string at;  ///< UTC
  std::string by;
};

/// Of the latest decisions one that rests on the record (a self-evaluation's, an evaluation's id).
std::optional<UsedResult> result_used(registry::Registry& registry, store::Connection& connection, std::string_view record);

}  // namespace jiheng::desks
