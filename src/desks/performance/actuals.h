// The actual value of every indicator of a submission: measured out of the ledgers where a person said by which measure, with its receipt.
//
// Which measure belongs to an indicator is suggested by name and unit, confirmed by a person, kept through the registry, and known again
// next year: the same unit, the same table, the same indicator.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "desks/performance/figures.h"
#include "desks/performance/submissions.h"
#include "ledgers/measure.h"

namespace jiheng::desks {

inline constexpr std::string_view actual_link_kind = "actual_link";

struct MeasureLink {
  std::string measure;
  std::string project;  ///< as ledgers::Asked has it; empty: all
  friend bool operator==(const MeasureLink&, const MeasureLink&) = default;
};

struct Actual {
  int table = 0;
  int indicator = 0;
  std::string name;
  std::string target;   ///< as people read it, with the unit
  bool figure = false;  ///< its target is a number
  std::optional<MeasureLink> link;
  int link_revision = 0;  ///< 0: suggested, nobody confirmed it
  std::string confirmed_by;
  enum class Source { measured, surveyed, reported, missing };
  Source source = Source::missing;
  std::optional<ledgers::Figure> value;
  std::optional<bool> met;  ///< nullopt where it cannot be told
  Text reported;            ///< what the table itself states
};
std::string_view source_code(Actual::Source source);

struct Actuals {
  int revision = 0;  ///< of the submission
  ledgers::Period period;
  std::vector<Actual> items;
  std::size_t measured = 0;
  std::size_t met = 0;
  std::size_t figures = 0;
};

/// Of a year; up to `to` where it is not over. Errors: not-found, those of ledgers::figure_of().
Result<Actuals> actuals_of(const Submissions& submissions, const ledgers::Ledgers& ledgers, std::string_view submission,
                           const access::Principal& who, const std::optional<ledgers::Period>& period = {});

/// Of tables by themselves, in their order, by the measures that a person confirmed: what is only suggested by likeness of names may count
/// something else.
Result<std::vector<Actual>> confirmed_actuals_of(const std::vector<GoalTable>& tables, const ledgers::Period& period, Figures& figures);

/// Says which measure an indicator's actual comes from; without one it comes from none. Errors: not-found, forbidden, stale-revision,
/// unknown-measure, unit-differs (context: both).
Result<Done> link_actual(const Submissions& submissions, const ledgers::Ledgers& ledgers, std::string_view submission, int table,
                         int indicator, int from_revision, const std::optional<MeasureLink>& link, const access::Principal& who,
                         Text why = {});
/// Confirms all suggestions that nobody has spoken about; their number.
Result<int> confirm_suggestions(const Submissions& submissions, const ledgers::Ledgers& ledgers, std::string_view submission,
                                const access::Principal& who);

}  // namespace jiheng::desks
