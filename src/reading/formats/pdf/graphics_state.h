// What the operators q and Q keep: where and how a content stream paints.
#pragma once

#include <cstdint>

#include "reading/page_matrix.h"

namespace jiheng::reading::pdf {

class Font;

/// How the numbers of a colour are to be understood.
enum class ColourSpace : std::uint8_t { grey, rgb, cmyk, ink, other };

struct Colour {
  ColourSpace space = ColourSpace::grey;
  bool white = false;
  bool clear = false;  ///< by its alpha: nothing of it can be seen
};

struct GraphicsState {
  Matrix to_page;
  PageBox clip;
  float line_width = 1;
  Colour fill;
  Colour stroke;
  float character_space = 0;
  float word_space = 0;
  float horizontal = 1;
  float leading = 0;
  float size = 0;
  float rise = 0;
  int render = 0;
  Font* font = nullptr;
};

}  // namespace jiheng::reading::pdf
