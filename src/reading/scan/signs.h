// The comparison signs, told by their shape: character recognition takes ≥ for 2 or >, and = for 一.
#pragma once

#include <optional>

#include "reading/scan/gray_picture.h"

namespace jiheng::reading {

struct PrintedSign {
  char32_t code = 0;  ///< one of > < = ≥ ≤
  PixelBox box;
};

/// The sign that the ink in `line`, one line of text, begins with. nullopt where it begins with anything that is not plainly one.
std::optional<PrintedSign> leading_sign(const GrayPicture& picture, std::uint8_t threshold, PixelBox line);

}  // namespace jiheng::reading
