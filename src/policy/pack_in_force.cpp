#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "policy/layers.h"
#include "policy/parameters.h"
#include "policy/settings.h"

namespace jiheng::policy {
namespace {

/// How near a pack's place is: 0 the nation, 2 the province, 4 the city, 6 the county; -1 where it does not contain the region.
int nearness(std::string_view place, std::string_view region) {
  std::size_t digits = place.size();
  while (digits >= 2 && place.substr(digits - 2, 2) == "00") digits -= 2;
  return region.substr(0, digits) == place.substr(0, digits) ? static_cast<int>(digits) : -1;
}

}  // namespace

Result<std::string> pack_in_force(std::string_view region_code, Date day, std::span<const embedded::File> files) {
  std::tuple<int, Date, std::string> best{-1, Date(), {}};
  for (const embedded::File& file : files) {
    // An @ marks a version that is kept for what was decided under it.
    if (!ends_with(file.name, ".yaml") || contains(file.name, "@")) continue;
    auto layers = layers_of(file.name.substr(0, file.name.size() - 5), files);
    if (!layers) return std::move(layers).error();
    const YAML::Node node = overlaid(*layers);
    const auto from = Date::parse(text_of(node["valid_from"]));
    const auto to = Date::parse(text_of(node["valid_to"]));
    if (!from || day < *from || (to && *to < day)) continue;
    best = std::max(best, {nearness(text_of(node["region_code"]), region_code), *from, text_of(node["name"])});
  }
  if (std::get<0>(best) < 0)
    return Error{"no-pack-in-force", day.text() + "在“" + std::string(region_code) + "”没有生效的政策口径。请核对日期和行政区划代码。", {}};
  return std::get<2>(best);
}

}  // namespace jiheng::policy
