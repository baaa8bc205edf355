// A proposed target tried on what was really reached in earlier years, here and in other units: how often it would have been met, and what
// it would have earned under the year's scoring. For whoever is writing it; nothing is stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "desks/performance/submissions.h"
#include "ledgers/ledgers.h"

namespace jiheng::desks {

/// An actual value of an earlier year that the target was held against.
struct TriedCase {
  int year = 0;
  bool own = false;  ///< of the same unit
  Text unit_name;
  std::string actual;
  Text target;  ///< that was set then; nothing of what a measure alone tells
  bool measured = false;
  bool met = false;
  std::string percent;  ///< of the points
};

struct TriedSide {
  int count = 0;
  int met = 0;
};

struct TargetTrial {
  std::string target;  ///< as people read it, with its unit
  TriedSide own;
  TriedSide peers;        ///< without classified units; those that he may not see count where they are three or more
  Text expected_percent;  ///< mean of the points in per cent: of this unit's years where it has any, else of the peers'
  Text expected_points;   ///< the same of the indicator's weight
  Text weight;
  std::vector<TriedCase> cases;  ///< those that whoever asks may see: own in front, then the newest; at most most_tried_cases
  std::string none;              ///< why there is nothing to try it on, "" where there is
};
inline constexpr std::size_t most_tried_cases = 30;

/// `indicator`: as it stands on the page, stored or not. Errors: not-found, invalid-entry (context: table or indicator).
Result<TargetTrial> try_target(const Submissions& submissions, const ledgers::Ledgers& ledgers, std::string_view submission, int table,
                               const Indicator& indicator, const access::Principal& who);

}  // namespace jiheng::desks
