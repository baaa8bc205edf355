// A year of filing in figures, for whoever leads (统计总览): everything leads down to the wall, the list, the table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desks/performance/years.h"

namespace jiheng::desks {

/// Of one section of the bureau, or of all units.
struct SectionFigures {
  Text section;      ///< id; none for units without
  std::string name;  ///< "" for those
  int units = 0;
  int counts[6] = {};  ///< by TileState
  int overdue = 0;     ///< not filed though it is over
  int late = 0;        ///< filed, but after the day
  int returned = 0;    ///< units whose filing was returned at least once
  int tables = 0;
  int errors = 0;
  std::string amount;  ///< of the overall tables, 万元, exact
};

/// One kind of finding over the year's filings as they stand.
struct RuleFigures {
  std::string rule;
  std::string severity;  ///< code
  int units = 0;
  int findings = 0;
};

struct Overview {
  int year = 0;
  std::string due;
  int days_left = 0;
  int faulty = 0;  ///< units with at least one error
  SectionFigures all;
  std::vector<SectionFigures> sections;  ///< the most units in front
  std::vector<RuleFigures> rules;        ///< the most units in front, errors before warnings
  int grades[4] = {};                    ///< units by the worst grade of their tables, 优 first
};

/// A unit whose filing has findings of the rule.
struct RuleUnit {
  std::string submission;
  std::string name;
  int findings = 0;
};

/// What lies within his posts' reach. Error: not-found.
Result<Overview> overview_of(registry::Registry& registry, const Years& years, int year, const access::Principal& who);
/// The most findings in front.
std::vector<RuleUnit> units_with_rule(registry::Registry& registry, int year, std::string_view rule, const access::Principal& who);

}  // namespace jiheng::desks
