// A submission's targets beside those of its peers and of last year. No part of the audit: what it finds is a fault whatever others do;
// this is a question to ask.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "desks/performance/library.h"
#include "desks/performance/quartiles.h"
#include "registry/registry.h"

namespace jiheng::desks {

/// Like a finding of the audit: a code, the sentence in both languages, and the figures beside it in the comparison it belongs to.
struct ComparisonHint {
  std::string code;  ///< far-from-peers, far-from-last-year
  std::string message;
  std::string message_en;
};

/// What the same unit's same table said a year ago.
struct LastYear {
  int year = 0;
  std::string submission;
  std::string target;
  Text unit;            ///< of measure
  Text number;          ///< exact; none where it does not compare with this year's
  Text change_percent;  ///< of this year's from it; none besides where it was zero
};

struct Comparison {
  int table = 0;
  int indicator = 0;
  std::string entry;  ///< of the library, whether or not it is in it yet
  std::string target;
  Text unit;
  std::optional<TargetFigures> peers;  ///< other units' newest targets of the years up to this one
  std::optional<LastYear> last_year;
  std::vector<ComparisonHint> hints;
};

struct Comparisons {
  int revision = 0;
  ComparisonRule rule;
  std::vector<Comparison> items;  ///< indicators that have peers or a last year
};

class PeerTargets;

/// Errors: not-found.
Result<Comparisons> comparisons_of(registry::Registry& registry, PeerTargets& peers, std::string_view submission,
                                   const access::Principal& who, const ComparisonRule& rule = {});

}  // namespace jiheng::desks
