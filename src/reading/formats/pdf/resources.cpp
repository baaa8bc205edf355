#include "reading/formats/pdf/resources.h"

#include "reading/formats/pdf/interpreter.h"

namespace jiheng::reading::pdf {
namespace {

constexpr std::size_t most_kept = 5000;

ColourSpace space_of_components(int count) {
  return count == 1 ? ColourSpace::grey : count == 3 ? ColourSpace::rgb : count == 4 ? ColourSpace::cmyk : ColourSpace::other;
}

ColourSpace simple_space(std::string_view name) {
  if (name == "DeviceGray" || name == "CalGray" || name == "G") return ColourSpace::grey;
  if (name == "DeviceRGB" || name == "CalRGB" || name == "RGB") return ColourSpace::rgb;
  if (name == "DeviceCMYK" || name == "CMYK") return ColourSpace::cmyk;
  return ColourSpace::other;
}

ColourSpace described_space(Object space) {
  if (space.is_name()) return simple_space(space.name());
  if (!space.is_array() || space.size() < 1) return ColourSpace::other;
  const std::string kind = space.item(0).name();
  if (kind == "ICCBased" && space.size() > 1) {
    Object profile = space.item(1);
    if (profile.is_stream()) return space_of_components(profile.key("N").whole(0));
  }
  // Amounts of ink: none of it is white.
  if (kind == "Separation") return ColourSpace::ink;
  return simple_space(kind);
}

}  // namespace

Object Resources::named(const char* kind, std::string_view name) const {
  Object resources = resources_;
  if (!resources.is_dictionary() || name.empty()) return Object();
  Object group = resources.key(kind);
  return group.is_dictionary() ? group.key(name) : Object();
}

Font* Resources::font(std::string_view name, Fonts& fonts) {
  if (const auto known = fonts_.find(name); known != fonts_.end()) return known->second;
  Object found = named("Font", name);
  Font* font = found.is_dictionary() ? &fonts.get(found) : nullptr;
  if (fonts_.size() < most_kept) fonts_.emplace(name, font);
  return font;
}

const Resources::Parameters& Resources::parameters(std::string_view name) {
  if (const auto known = parameters_.find(name); known != parameters_.end()) return known->second;
  Parameters result;
  Object found = named("ExtGState", name);
  if (found.is_dictionary()) {
    result.fill_alpha = found.key("ca").number(-1);
    result.stroke_alpha = found.key("CA").number(-1);
    result.line_width = found.key("LW").number(-1);
  }
  if (parameters_.size() >= most_kept) parameters_.clear();
  return parameters_.emplace(name, result).first->second;
}

ColourSpace Resources::colour_space(std::string_view name) {
  if (const auto known = spaces_.find(name); known != spaces_.end()) return known->second;
  ColourSpace result = simple_space(name);
  if (result == ColourSpace::other && name != "Pattern") result = described_space(named("ColorSpace", name));
  if (spaces_.size() < most_kept) spaces_.emplace(name, result);
  return result;
}

}  // namespace jiheng::reading::pdf
