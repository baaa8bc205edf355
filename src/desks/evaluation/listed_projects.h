// The projects that units filed, as whoever chooses among them looks at them.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "goals/goal_table.h"
#include "registry/registry.h"

namespace jiheng::desks {

struct ListedProject {
  std::string name;
  Text amount;  ///< 万元
};

/// The projects of submissions, kept by their revisions, which never change: who chooses looks at all tables of two years, each time
/// anything was stored. Thread-safe.
class ListedProjects {
 public:
  using List = std::shared_ptr<const std::vector<ListedProject>>;
  struct Version {
    std::string submission;
    int revision = 0;
  };

  /// Beside `wanted`.
  std::vector<List> of(registry::Registry& registry, const std::vector<Version>& wanted);

 private:
  struct Kept {
    int revision = 0;
    List projects;
  };
  std::mutex mutex_;
  std::map<std::string, Kept> kept_;
};

}  // namespace jiheng::desks
