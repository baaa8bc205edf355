// JSON in the one form that hashes are taken over: RFC 8785 (JCS). Decimals are strings with us, so numbers are whole.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace jiheng::registry {

/// Names sorted by UTF-16 code units, no white space, shortest escapes. Error: invalid-body (not JSON, a number with a fraction or
/// beyond 2^53, nested deeper than 32).
Result<std::string> canonical_json(std::string_view json);

}  // namespace jiheng::registry
