// The named things that a content stream uses, each looked up once.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reading/formats/pdf/file.h"
#include "reading/formats/pdf/graphics_state.h"

namespace jiheng::reading::pdf {

class Font;
class Fonts;

/// Names are views into the content, which must outlive it.
class Resources {
 public:
  struct Parameters {  ///< of an /ExtGState; negative where it does not say
    float fill_alpha = -1;
    float stroke_alpha = -1;
    float line_width = -1;
  };

  explicit Resources(Object resources) : resources_(std::move(resources)) {}

  Object object() const { return resources_; }
  /// Null where there is none.
  Object named(const char* kind, std::string_view name) const;
  Font* font(std::string_view name, Fonts& fonts);
  const Parameters& parameters(std::string_view name);
  ColourSpace colour_space(std::string_view name);

 private:
  Object resources_;
  std::vector<std::pair<std::string, Font*>> fonts_;
  std::vector<std::pair<std::string, Parameters>> parameters_;
  std::vector<std::pair<std::string, ColourSpace>> spaces_;
};

}  // namespace jiheng::reading::pdf
