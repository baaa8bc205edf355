// Hashes, as lower-case hexadecimal unless said otherwise.
#pragma once

#include <string>
#include <string_view>

namespace jiheng {

std::string sha256_hex(std::string_view bytes);
/// The sixteen bytes themselves. Only for old formats that ask for it; it protects nothing. Empty where the machine forbids it (FIPS).
std::string md5(std::string_view bytes);

}  // namespace jiheng
