// The pictures of a page put together as the page shows them.
#pragma once

#include <array>
#include <string>

#include "reading/scan/gray_picture.h"

namespace jiheng::reading {

/// The fineness at which scans are read; Tesseract does best there.
inline constexpr float scan_dots_per_inch = 300;
inline constexpr float pixels_per_point = scan_dots_per_inch / 72;

/// x' = a·x + c·y + e, y' = b·x + d·y + f, from a picture's unit square (upper left corner at 0,0) to points on the page.
using PicturePlace = std::array<float, 6>;

/// A white page of this size in points; one longer than 2 m is cut there.
GrayPicture blank_canvas(float width, float height);
/// The same picture at `dots` an inch instead of scan_dots_per_inch.
GrayPicture shrunk(const GrayPicture& canvas, float dots);
/// Where they overlap the darker pixel stays: a scan in strips, or a picture over a white background.
void paste(GrayPicture& canvas, const GrayPicture& picture, const PicturePlace& place);

}  // namespace jiheng::reading
