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
  if (space.isName()) return simple_space(name_of(space));
  if (!space.isArray() || space.getArrayNItems() < 1) return ColourSpace::other;
  const std::string kind = name_of(space.getArrayItem(0));
  if (kind == "ICCBased" && space.getArrayNItems() > 1) {
    Object profile = space.getArrayItem(1);
    if (profile.isStream()) return space_of_components(whole_of(profile.getDict().getKey("/N"), 0));
  }
  // Amounts of ink: none of it is white.
  if (kind == "Separation") return ColourSpace::ink;
  return simple_space(kind);
}

}  // namespace

Object Resources::named(const char* kind, std::string_view name) const {
  Object resources = resources_;
  if (!resources.isDictionary() || name.empty()) return Object::newNull();
  Object group = resources.getKey(kind);
  return group.isDictionary() ? group.getKey("/" + std::string(name)) : Object::newNull();
}

Font* Resources::font(std::string_view name, Fonts& fonts) {
  if (const auto known = fonts_.find(name); known != fonts_.end()) return known->second;
  Object found = named("/Font", name);
  Font* font = found.isDictionary() ? &fonts.get(found) : nullptr;
  if (fonts_.size() < most_kept) fonts_.emplace(name, font);
  return font;
}

const Resources::Parameters& Resources::parameters(std::string_view name) {
  if (const auto known = parameters_.find(name); known != parameters_.end()) return known->second;
  Parameters result;
  Object found = named("/ExtGState", name);
  if (found.isDictionary()) {
    result.fill_alpha = number_of(found.getKey("/ca"), -1);
    result.stroke_alpha = number_of(found.getKey("/CA"), -1);
    result.line_width = number_of(found.getKey("/LW"), -1);
  }
  if (parameters_.size() >= most_kept) parameters_.clear();
  return parameters_.emplace(name, result).first->second;
}

ColourSpace Resources::colour_space(std::string_view name) {
  if (const auto known = spaces_.find(name); known != spaces_.end()) return known->second;
  ColourSpace result = simple_space(name);
  if (result == ColourSpace::other && name != "Pattern") result = described_space(named("/ColorSpace", name));
  if (spaces_.size() < most_kept) spaces_.emplace(name, result);
  return result;
}

}  // namespace jiheng::reading::pdf
