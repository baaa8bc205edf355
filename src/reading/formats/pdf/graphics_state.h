// What the operators q and Q keep: where and how a content stream paints.
#pragma once

#include <cstdint>

#include "reading/brush.h"

namespace jiheng::reading::pdf {

class Font;

/// How the numbers of a colour are to be understood.
enum class ColourSpace : std::uint8_t { grey, rgb, cmyk, ink, other };

struct GraphicsState : Brush {
  ColourSpace fill_space = ColourSpace::grey;
  ColourSpace stroke_space = ColourSpace::grey;
  float character_space = 0;
  float word_space = 0;
  float horizontal = 1;
  float leading = 0;
  float size = 0;
  float rise = 0;
  Font* font = nullptr;
};

}  // namespace jiheng::reading::pdf
