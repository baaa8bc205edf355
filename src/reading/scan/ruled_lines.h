// Ruling lines found on a straightened scan.
#pragma once

#include <vector>

#include "reading/scan/gray_picture.h"

namespace jiheng::reading {

struct RuledLines {
  std::vector<PixelBox> across;
  std::vector<PixelBox> upright;  ///< each meets a line across near both ends: strokes of large characters do not
};

/// `dots_per_inch` tells lines from strokes of characters: a line is longer than a third of an inch and thinner than a twentieth.
RuledLines find_ruled_lines(const GrayPicture& picture, std::uint8_t threshold, float dots_per_inch);
/// Takes the lines out of the picture, so that they are not read as characters.
void erase(GrayPicture& picture, const RuledLines& lines);

}  // namespace jiheng::reading
