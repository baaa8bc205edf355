// What of a scan is ink, and how far the sheet lay askew.
#pragma once

#include "reading/scan/gray_picture.h"

namespace jiheng::reading {

/// The shade that parts ink from paper (Otsu); pixels below it are ink.
std::uint8_t ink_threshold(const GrayPicture& picture);
/// How far the page is turned, in radians, rising to the right when positive; found between -3° and 3°.
float skew_of(const GrayPicture& picture, std::uint8_t threshold);
/// The picture turned back by `angle` about its middle; what comes in from outside is white.
GrayPicture straightened(const GrayPicture& picture, float angle);
/// The smallest box round the ink within `box`, specks of fewer than four pixels in a row or column left out; empty where there is none.
PixelBox ink_box(const GrayPicture& picture, std::uint8_t threshold, PixelBox box);

}  // namespace jiheng::reading
