// Widths of the letters of the fonts that every PDF reader has and no file needs to describe.
#pragma once

#include <string_view>

namespace jiheng::reading::pdf {

/// Fills the widths of ASCII codes, in units of the font size.
void standard_widths(std::string_view font, float (&widths)[256]);

}  // namespace jiheng::reading::pdf
