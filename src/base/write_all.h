// Bytes into an open file, socket or pipe, to the last one.
#pragma once

#include <string_view>

namespace jiheng {

/// Goes on where a signal or a short write stopped it. false where it failed; errno says why.
bool write_all(int file, std::string_view bytes);

}  // namespace jiheng
