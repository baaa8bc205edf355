// What one year comes to over the whole bureau, counted from what is stored: the figures that the yearly report is made of, before anybody
// writes a sentence about them.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "desks/evaluation/evaluations.h"
#include "desks/follow_up/follow_up.h"
#include "desks/performance/overview.h"
#include "desks/performance/years.h"
#include "desks/rectification/problems.h"
#include "desks/results/use_of_results.h"
#include "ledgers/ledgers.h"
#include "registry/registry.h"

namespace jiheng::desks {

/// What is asked. All of it outlives whoever asks.
struct YearSources {
  registry::Registry& registry;
  const Years& years;
  const ledgers::Ledgers& ledgers;
  const Problems& problems;
  const Evaluations& evaluations;
  const UseOfResults& results;
};

/// Of goals that are approved. Amounts are 万元.
struct CoverageCounts {
  std::optional<int> due;  ///< units that have to file; nothing where no year of filing was opened
  int filed = 0;           ///< of these, or of all where no year was opened: units that did, whatever became of it
  int approved = 0;        ///< the same; what is being adjusted is approved until the adjustment is
  int strangers = 0;       ///< filings that are no known unit's; in none of the units above
  int overall = 0;         ///< tables of whole departments
  int projects = 0;        ///< tables of projects
  Decimal overall_amount;
  Decimal project_amount;
  int lines = 0;  ///< budget lines of the year in the ledgers
  Decimal lines_amount;
  int covered = 0;  ///< of these, lines whose project has an approved table of the same unit
  Decimal covered_amount;
};

/// Of the year's filings as they stand.
struct AuditCounts {
  int filings = 0;
  std::array<int, 3> findings{};  ///< errors, warnings, hints
  int waived = 0;
  int rounds = 0;    ///< times that filings were submitted, all together
  int returned = 0;  ///< filings that were sent back at least once
  std::array<int, 4> grades{};
  std::vector<RuleFigures> rules;  ///< the most units in front, errors before warnings
};

/// One round of monitoring, of what was filed in it.
struct LightCounts {
  int month = 0;
  int forms = 0;  ///< laid
  int filed = 0;
  int tables = 0;               ///< filed
  std::array<int, 5> lights{};  ///< by scoring::Light
};

struct AlarmCounts {
  int raised = 0;
  int answered = 0;  ///< or closed
  int closed = 0;
  int overdue = 0;
  std::array<int, 3> choices{};  ///< by AlarmChoice
};

/// Tables whose self-evaluation is filed or accepted.
struct SelfEvaluationCounts {
  struct Department {
    std::string code;
    std::string name;
    int tables = 0;
    Decimal points;
  };
  struct Kind {
    std::string level1;
    std::string level2;  ///< its level1 where it has none
    int indicators = 0;  ///< scored
    int met = 0;
    Decimal weight;
    Decimal points;
  };
  int laid = 0;
  int filed = 0;
  int accepted = 0;
  int tables = 0;  ///< scored
  Decimal points;
  std::vector<std::pair<std::string, int>> grades;  ///< the best first
  std::vector<Department> departments;              ///< 主管部门 with the units below it; the best mean first
  std::vector<Kind> kinds;                          ///< in the order of the official tree; empty where not asked for
};

struct RecheckCounts {
  int units = 0;
  int tables = 0;
  int lower = 0;
  int higher = 0;
  int regraded = 0;
  Decimal difference;  ///< of the totals, all together: below 0 where points were taken
  Decimal largest;     ///< the largest of one table, without its sign
};

struct EvaluationCounts {
  int key = 0;  ///< concluded
  int ex_ante = 0;
  Decimal amount;  ///< of the key ones
  Decimal points;  ///< of the key ones, all together
  int others = 0;  ///< planned, or being scored
  std::map<std::string, int> grades;
  std::map<std::string, int> conclusions;
};

struct ProblemCounts {
  int raised = 0;
  int closed = 0;
  int overdue = 0;
  int recurred = 0;
  int extended = 0;  ///< due later than at first
  Decimal amount;
  std::array<int, 6> sources{};  ///< by ProblemSource
};

struct MoneyCounts {
  struct Effect {
    int projects = 0;
    Decimal effect;
  };
  int projects = 0;
  Decimal amount;
  Decimal suggested;
  Decimal decided;
  int undecided = 0;
  std::array<Effect, 4> measures{};  ///< by ResultRule::Measure, as decided
};

/// A part is missing where the year has nothing of it.
struct YearCounts {
  int year = 0;
  std::optional<CoverageCounts> coverage;
  std::optional<AuditCounts> audit;
  std::optional<std::vector<LightCounts>> monitoring;  ///< by month
  std::optional<AlarmCounts> alarms;
  std::optional<SelfEvaluationCounts> self_evaluation;
  std::optional<RecheckCounts> rechecks;
  std::optional<EvaluationCounts> evaluations;
  std::optional<ProblemCounts> problems;
  std::optional<MoneyCounts> money;
};

/// Years from 2000 to 2199 of which anything is stored, the newest first.
std::vector<int> stored_years(const YearSources& from);
/// The one to show where nobody names one: the newest that has begun, else the first to come; `today` where there are none.
int year_to_show(const std::vector<int>& stored, int today);
/// `whole`: amounts out of the tables, budget lines and kinds of indicators too, which every table must be opened for.
YearCounts counts_of(const YearSources& from, int year, bool whole = true);

}  // namespace jiheng::desks
