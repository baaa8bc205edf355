// RFC 4648 base64, with padding.
#pragma once

#include <string>
#include <string_view>

namespace jiheng {

std::string base64(std::string_view bytes);

}  // namespace jiheng
