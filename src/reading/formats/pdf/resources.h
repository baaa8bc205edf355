// The named things that a content stream uses, each looked up once.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "reading/formats/pdf/file.h"
#include "reading/formats/pdf/graphics_state.h"

namespace jiheng::reading::pdf {

class Font;
class Fonts;

/// One for each run of a content stream.
class Resources {
 public:
  struct Parameters {  ///< of an /ExtGState; negative where it does not say
    float fill_alpha = -1;
    float stroke_alpha = -1;
    float line_width = -1;
  };

  explicit Resources(const Object& resources) : resources_(resources) {}

  Object object() const { return resources_; }
  /// Null where there is none.
  Object named(const char* kind, std::string_view name) const;
  Font* font(std::string_view name, Fonts& fonts);
  const Parameters& parameters(std::string_view name);
  ColourSpace colour_space(std::string_view name);

 private:
  Object resources_;
  std::map<std::string, Font*, std::less<>> fonts_;
  std::map<std::string, Parameters, std::less<>> parameters_;
  std::map<std::string, ColourSpace, std::less<>> spaces_;
};

}  // namespace jiheng::reading::pdf
