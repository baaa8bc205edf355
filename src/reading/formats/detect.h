// Tells a carrier by its content, and says of those that are not read yet what they are and what to do.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "reading/limits.h"
#include "reading/reader.h"

namespace jiheng::reading {

/// The first bytes in lower case, as ASCII whatever the encoding: UTF-16 loses its zeros.
std::string plain_head(std::string_view bytes, std::size_t length);

/// Why a file of this format cannot be read: unsupported-format, unknown-format, encrypted, damaged.
Error refusal(std::string_view bytes, Format format, const Limits& limits);

}  // namespace jiheng::reading
