// The targets that units set for an entry of the library, kept while nothing is stored: whoever opens a form of the same year asks for the
// same ones.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "store/connection.h"

namespace jiheng::desks {

struct PeerTarget {
  std::string unit;  ///< id, or the folded name where it is nobody's
  Decimal value;
};

/// Thread-safe.
class PeerTargets {
 public:
  using List = std::shared_ptr<const std::vector<PeerTarget>>;
  struct Years {
    int from = 0;
    int until = 0;
    auto operator<=>(const Years&) const = default;
  };

  /// Each unit's table counts once, with its newest target of the years; classified units count nowhere. By entry, of those that were
  /// asked.
  std::map<std::string, List> of(store::Connection& connection, const std::string& tenant, const std::set<std::string>& entries,
                                 Years years);

 private:
  std::mutex mutex_;
  std::string head_;  ///< the journal's, under which all below was read
  std::map<std::pair<Years, std::string>, List> kept_;
};

}  // namespace jiheng::desks
