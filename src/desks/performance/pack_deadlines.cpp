#include "desks/performance/pack_deadlines.h"

#include <algorithm>

#include "desks/performance/audited.h"
#include "desks/performance/years.h"

namespace jiheng::desks {

ledgers::Ledgers::PackDeadlines pack_deadlines(registry::Registry& registry) {
  return [&registry](std::string_view name, Date day) -> std::optional<int> {
    const auto& rules = pack_for(std::nullopt, year_pack(registry, day.year())).deadlines;
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const policy::DeadlineRule& each) { return each.name == name; });
    return found == rules.end() ? std::nullopt : std::optional(found->days);
  };
}

}  // namespace jiheng::desks
