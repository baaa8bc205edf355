// A year's accepted self-evaluations scored under another rule pack, beside what they really have. For whoever chooses the pack of a year;
// nothing is stored.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "goals/goal_table.h"
#include "policy/pack.h"
#include "registry/registry.h"

namespace jiheng::desks {

struct TriedTable {
  std::string form;  ///< id of the self-evaluation
  int table = 0;
  std::string unit_name;
  Text project_name;
  std::string total;
  std::string grade;
  Text tried_total;  ///< nothing where the pack cannot score it
  Text tried_grade;
  Text difference;
  Text trouble;  ///< why it cannot be scored
  bool regraded = false;
};

struct PackTrial {
  int year = 0;
  const policy::Pack* pack = nullptr;
  int tables = 0;  ///< scored both ways
  int regraded = 0;
  int better = 0;  ///< of these, to a better grade
  int untried = 0;
  Text mean;
  Text tried_mean;
  std::vector<std::pair<std::string, int>> grades;        ///< as they are, the best first
  std::vector<std::pair<std::string, int>> tried_grades;  ///< under the pack
  std::vector<TriedTable> items;                          ///< those regraded in front, then the largest difference
};

PackTrial try_pack(registry::Registry& registry, int year, const policy::Pack& pack);
/// Of a name. Errors: unknown-pack, unknown-version.
Result<PackTrial> try_pack(registry::Registry& registry, int year, std::string_view pack);

}  // namespace jiheng::desks
