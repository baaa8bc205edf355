// Where, how and with what a page is painted, as far as it tells what can be seen.
#pragma once

#include "reading/page_matrix.h"

namespace jiheng::reading {

struct Colour {
  bool white = false;
  bool clear = false;  ///< by its alpha: nothing of it can be seen
};

/// How text is painted; by their numbers in PDF (Tr), those that clip too are the same.
enum class TextPaint : int { filled = 0, outlined = 1, both = 2, none = 3 };

struct Brush {
  Matrix to_page;
  PageBox clip;
  float line_width = 1;  ///< before `to_page`
  Colour fill;
  Colour stroke;
  TextPaint text = TextPaint::filled;
};

}  // namespace jiheng::reading
