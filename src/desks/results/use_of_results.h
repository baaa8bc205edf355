// 结果应用: the list for next year's budget with its effect, decisions on it, the ranking of units.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "desks/rectification/problems.h"
#include "desks/results/graded_project.h"
#include "policy/evaluation_parameters.h"
#include "registry/registry.h"

namespace jiheng::desks {

inline constexpr std::string_view decision_kind = "result-decision";

/// What was decided of a project's money.
struct ResultDecision {
  policy::ResultRule::Measure measure = policy::ResultRule::Measure::keep;
  std::string effect;  ///< 万元 more (or, below 0, less) than this year
  std::string why;
  std::string grade;  ///< that it rested on
  std::string total;
  std::string at;
  Person by;
  int revision = 0;  ///< of its record
};

struct ResultLine {
  GradedProject graded;
  std::string unit_code;
  std::string unit_name;
  const policy::ResultRule* rule = nullptr;  ///< none where the pack has none for the grade
  Decimal suggested;                         ///< 万元
  int open_problems = 0;                     ///< of the unit
  int overdue_problems = 0;
  std::optional<ResultDecision> decision;
  bool outdated = false;  ///< the grade or the points changed since it was decided
};

struct ResultPage {
  std::vector<ResultLine> lines;  ///< the worst in front
  Decimal amount;                 ///< of all, 万元
  Decimal suggested;
  Decimal decided;  ///< of those decided
  int undecided = 0;
};

struct RankedUnit {
  int rank = 0;  ///< the same for the same points
  std::string unit;
  std::string code;
  std::string name;
  int projects = 0;
  Decimal amount;
  Decimal points;  ///< of its projects, weighted by their money; the plain mean where they have none
  int open_problems = 0;
  int overdue_problems = 0;
};

/// Thread-safe; holds references only.
class UseOfResults {
 public:
  /// What is evaluated counts in place of what the unit said itself.
  UseOfResults(registry::Registry& registry, const Problems& problems, GradedProjects evaluated, GradedProjects self_evaluated)
      : registry_(registry), problems_(problems), evaluated_(std::move(evaluated)), self_evaluated_(std::move(self_evaluated)) {}

  /// Whoever sees one unit sees what was decided of it.
  ResultPage list(int year, const access::Principal& who) const;
  std::vector<RankedUnit> ranking(int year, const access::Principal& who) const;
  struct Wanted {
    std::string unit;
    std::string project;
    int from_revision = 0;  ///< of the decision before
    policy::ResultRule::Measure measure = policy::ResultRule::Measure::keep;
    std::string effect;
    std::string why;
  };
  /// For who approves. Errors: forbidden, not-found (nothing grades that project), invalid-decision (context: the field), why-missing
  /// (other than the rule has it, or the unit has overdue problems), stale-revision.
  Result<ResultLine> decide(int year, const Wanted& wanted, const access::Principal& who) const;
  /// What is final of a year: evaluations, and self-evaluations of what was not evaluated.
  std::vector<GradedProject> graded(int year) const;

 private:
  std::vector<ResultLine> lines(int year) const;

  registry::Registry& registry_;
  const Problems& problems_;
  GradedProjects evaluated_;
  GradedProjects self_evaluated_;
};

std::optional<policy::ResultRule::Measure> measure_from_code(std::string_view code);

}  // namespace jiheng::desks
