// Characters of the symbol fonts (Wingdings, Symbol), which have no meaning outside their font, as Unicode.
#pragma once

#include <string>
#include <string_view>

namespace jiheng::reading {

/// <w:sym w:font="Wingdings" w:char="F0FE"/> → "☑"; empty where the character is unknown. May be a view into `buffer`.
std::string_view symbol_text(std::string_view font, std::string_view code, std::string& buffer);
std::string_view symbol_text(std::string_view font, char32_t code, std::string& buffer);

}  // namespace jiheng::reading
