// What a stranger sent, named in a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jiheng {

/// The first `most` characters as valid UTF-8, U+FFFD in place of what is none.
std::string shown_text(std::string_view text, std::size_t most = 100);

}  // namespace jiheng
