// Years of filing and the wall as the JSON of the API.
#pragma once

#include <string>
#include <vector>

#include "desks/performance/years.h"

namespace jiheng::service {

/// The rule packs that come with the program.
std::string packs_json();
std::string year_json(const desks::FilingYear& year);
std::string years_json(const std::vector<desks::FilingYear>& years);
std::string wall_json(const desks::Wall& wall);

}  // namespace jiheng::service
