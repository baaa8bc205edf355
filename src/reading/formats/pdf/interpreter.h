// Runs a page's content streams: text, paths, forms and pictures at their places.
#pragma once

#include <memory>
#include <unordered_map>

#include "reading/formats/pdf/file.h"
#include "reading/formats/pdf/font.h"
#include "reading/limits.h"
#include "reading/page.h"
#include "reading/scan/page_canvas.h"

namespace jiheng::reading::pdf {

/// The fonts of a file, each made once.
class Fonts {
 public:
  explicit Fonts(File& file) : file_(file) {}
  Font& get(const Object& font);

 private:
  File& file_;
  std::unordered_map<int, std::unique_ptr<Font>> by_object_;
  std::vector<std::unique_ptr<Font>> direct_;
};

/// How much the pages of a file may still cost together.
struct Effort {
  std::size_t glyphs = 0;  ///< and rules
  std::size_t bytes = 0;   ///< of content run, forms as often as they are painted
  std::size_t operators = 0;
  bool exceeded = false;
  bool damaged = false;  ///< the last page's content could not be had, or not all of it
  Bytes content;         ///< room that the pages' content takes in turn
};

/// A picture on the page, not decoded.
struct PlacedPicture {
  Object stream;
  PicturePlace place;
};

/// What the page shows, upright, and the pictures on it. May throw what qpdf throws on damaged objects.
Page run_page(File& file, Fonts& fonts, const PageObject& object, Effort& effort, std::vector<PlacedPicture>& pictures);

}  // namespace jiheng::reading::pdf
