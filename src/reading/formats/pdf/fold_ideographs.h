// Radicals and compatibility ideographs → the plain ideograph. Fonts whose glyph stands for both are often written out with the former.
#pragma once

namespace jiheng::reading::pdf {

char32_t fold_ideograph(char32_t c);

}  // namespace jiheng::reading::pdf
