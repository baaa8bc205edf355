#include "writing/cause_order.h"

#include <algorithm>
#include <set>
#include <utility>

namespace jiheng::writing {

std::vector<std::string> cause_order(const std::vector<const Indicator*>& indicators) {
  std::vector<std::string> met;
  std::set<std::pair<std::string, std::string>> before;  // first stands before second in some indicator
  for (const Indicator* indicator : indicators) {
    for (std::size_t i = 0; i < indicator->causes.size(); ++i) {
      const std::string& heading = indicator->causes[i].first;
      if (std::find(met.begin(), met.end(), heading) == met.end()) met.push_back(heading);
      if (i > 0) before.emplace(indicator->causes[i - 1].first, heading);
    }
  }
  std::vector<std::string> ordered;
  while (!met.empty()) {
    const auto free = [&](const std::string& heading) {
      return std::none_of(met.begin(), met.end(),
                          [&](const std::string& other) { return other != heading && before.contains({other, heading}); });
    };
    auto next = std::find_if(met.begin(), met.end(), free);
    if (next == met.end()) next = met.begin();
    ordered.push_back(std::move(*next));
    met.erase(next);
  }
  return ordered;
}

}  // namespace jiheng::writing
