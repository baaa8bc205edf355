// Hashes, as lower-case hexadecimal.
#pragma once

#include <string>
#include <string_view>

namespace jiheng {

std::string sha256_hex(std::string_view bytes);

}  // namespace jiheng
