// Random secrets, and comparing them without telling by the time it takes how much was right.
#pragma once

#include <string>
#include <string_view>

namespace jiheng::access {

std::string random_bytes(std::size_t count);
/// 256 random bits as 64 hexadecimal digits: a session, a token, a one-time link. Only sha256_hex() of it is stored.
std::string new_secret();
bool same_secret(std::string_view a, std::string_view b);

}  // namespace jiheng::access
