#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "policy/layers.h"
#include "policy/pack.h"
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

/// What is known of a pack before it is chosen.
struct Candidate {
  std::string name;
  std::string region_code;
  std::string valid_from;
  std::string valid_to;
};

Result<std::string> choose(std::span<const Candidate> candidates, std::string_view region_code, Date day) {
  std::tuple<int, Date, std::string> best{-1, Date(), {}};
  for (const Candidate& candidate : candidates) {
    const auto from = Date::parse(candidate.valid_from);
    const auto to = Date::parse(candidate.valid_to);
    if (!from || day < *from || (to && *to < day)) continue;
    best = std::max(best, {nearness(candidate.region_code, region_code), *from, candidate.name});
  }
  if (std::get<0>(best) < 0)
    return Error{"no-pack-in-force", day.text() + "在“" + std::string(region_code) + "”没有生效的政策口径。请核对日期和行政区划代码。", {}};
  return std::get<2>(best);
}

/// An @ marks a version that is kept for what was decided under it.
bool is_kept_version(std::string_view name) {
  return contains(name, "@");
}

}  // namespace

Result<std::string> pack_in_force(std::string_view region_code, Date day, std::span<const embedded::File> files) {
  std::vector<Candidate> candidates;
  for (const embedded::File& file : files) {
    if (!ends_with(file.name, ".yaml") || is_kept_version(file.name)) continue;
    auto layers = layers_of(file.name.substr(0, file.name.size() - 5), files);
    if (!layers) return std::move(layers).error();
    const YAML::Node node = overlaid(*layers);
    candidates.push_back({text_of(node["name"]), text_of(node["region_code"]), text_of(node["valid_from"]), text_of(node["valid_to"])});
  }
  return choose(candidates, region_code, day);
}

Result<const Pack*> find_pack_in_force(std::string_view region_code, Date day) {
  std::vector<Candidate> candidates;
  for (const std::string& name : pack_names()) {
    if (is_kept_version(name)) continue;
    const auto pack = find_pack(name);
    if (!pack) return pack.error();
    candidates.push_back({name, (*pack)->region_code, (*pack)->valid_from, (*pack)->valid_to});
  }
  auto name = choose(candidates, region_code, day);
  if (!name) return std::move(name).error();
  return find_pack(*name);
}

}  // namespace jiheng::policy
