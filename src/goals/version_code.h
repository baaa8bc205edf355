// 版本码: the few letters at the foot of a printed form that say which content at which revision it is.
//
// Its letters are those that print, copies and recognition keep apart; the last one checks the others, so that one misread letter is
// never taken for another version.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jiheng {

/// "JH7-4KQX-9MTA-3FWC" of revision 7 of a content (SHA-256, hexadecimal).
std::string version_code(std::string_view content, int revision);
/// The first code that stands in the text; small letters, white space and other dashes in it do not matter. nullopt where there is none
/// whose check is right.
std::optional<std::string> version_code_in(std::string_view text);

}  // namespace jiheng
