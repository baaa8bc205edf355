// What follows the year: problems, evaluations, the use of results. The routes of these include it; api.h need not.
#pragma once

#include "desks/evaluation/evaluations.h"
#include "desks/evaluation/project_draws.h"
#include "desks/rectification/problems.h"
#include "desks/results/use_of_results.h"

namespace jiheng::service {

/// All of it is thread-safe and outlives the router.
struct Outcomes {
  /// `self_evaluated`: what units' own evaluations say, where there are any.
  Outcomes(registry::Registry& registry, const desks::Submissions& submissions, const ledgers::Ledgers& ledgers,
           desks::GradedProjects self_evaluated)
      : problems(registry, ledgers),
        evaluations(registry, submissions, ledgers, problems),
        results(
            registry, problems, [this](int year) { return evaluations.graded(year); }, std::move(self_evaluated)),
        draws(registry, [this](int year) { return results.graded(year); }) {}
  Outcomes(const Outcomes&) = delete;
  Outcomes& operator=(const Outcomes&) = delete;

  desks::Problems problems;
  desks::Evaluations evaluations;
  desks::UseOfResults results;
  desks::ProjectDraws draws;
};

}  // namespace jiheng::service
