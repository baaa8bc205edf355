// What one look at a text's bytes tells. Asked once of every cell, so that later questions need not read it again.
#pragma once

#include <string_view>

namespace jiheng {

struct TextTraits {
  bool normal = true;      ///< certainly as normalise() prints it; where false, it may be so all the same
  bool folded = true;      ///< is_folded()
  bool ascii = true;       ///< no Chinese in it
  bool has_colon = false;  ///< may hold a colon, half-width or full-width
};

TextTraits traits_of(std::string_view text);

}  // namespace jiheng
