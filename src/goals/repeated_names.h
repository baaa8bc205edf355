// JSON keeps silent about two members of one name, and parsers take the one or the other: where figures are computed, that is refused.
#pragma once

#include <string_view>

#include "base/result.h"

namespace jiheng {

inline constexpr std::size_t deepest_json = 16;

/// Errors: json-syntax (with the line), json-repeated-name.
Result<Done> refuse_repeated_names(std::string_view json);

}  // namespace jiheng
