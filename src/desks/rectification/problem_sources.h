// Where a problem may be raised from: a finding of a filed table's audit, a red light of monitoring, a difference that a recheck found, a
// finding of accounting supervision. Each is looked up as whoever raises the problem may see it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/principal.h"
#include "base/result.h"
#include "desks/rectification/problem.h"
#include "ledgers/ledgers.h"
#include "registry/registry.h"

namespace jiheng::desks {

/// A difference between a self-evaluation and its check stands in the form's record and has none of its own.
inline constexpr std::string_view recheck_reference = "recheck";
inline constexpr std::string_view ledger_finding_reference = "ledger.finding";

/// What it was found in, and what that proposes to say; kind and action are the raiser's to choose.
struct FoundProblem {
  NewProblem problem;
  /// Of a ledger's finding the year is the raiser's to say: it may be of years before.
  bool year_is_fixed = true;
};

/// `reference` as far as it names the place: submission (id, item: the finding's key), alarm (id), recheck (id of the form, table,
/// indicator; none: the execution rate), ledger.finding (id). Errors: source-unknown (there is no such thing, or not for him),
/// source-settled (context: why: not-filed, void, closed, no-difference, no-unit).
Result<FoundProblem> found_at(registry::Registry& registry, const ledgers::Ledgers& ledgers, const ProblemReference& reference,
                              const access::Principal& who);

/// The page of the browser application on which it is to be seen; "" where it has none, or none for him.
std::string page_of(registry::Registry& registry, const Problem& problem, const access::Principal& who);

/// What of the problem's matter is known to the desks: "" where nothing is.
struct ProblemMatter {
  std::string submission;    ///< whose tables it is about
  std::optional<int> table;  ///< of them
  std::string follow_up;     ///< the form it was found in
};
ProblemMatter matter_of(registry::Registry& registry, const Problem& problem);

}  // namespace jiheng::desks
