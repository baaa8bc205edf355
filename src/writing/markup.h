// What XML and HTML carriers share: text that is safe to print.
#pragma once

#include <string>
#include <string_view>

namespace jiheng::writing {

/// Text as a document may hold it: line ends are '\n', characters that XML forbids are dropped, damaged UTF-8 becomes U+FFFD.
std::string printable(std::string_view text);

/// Appends `text` (printable) with & < > " escaped.
void append_escaped(std::string& out, std::string_view text);

}  // namespace jiheng::writing
