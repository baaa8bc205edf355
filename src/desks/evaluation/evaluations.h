// Evaluations as the performance section works on them. Units see theirs once they are concluded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "desks/evaluation/evaluation.h"
#include "desks/evaluation/evaluators.h"
#include "desks/performance/submissions.h"
#include "desks/rectification/problems.h"
#include "desks/results/graded_project.h"
#include "ledgers/ledgers.h"
#include "registry/registry.h"

namespace jiheng::desks {

enum class EvaluationAction { criteria, assign, note, score, explain, figures, write, raise, conclude, cancel };
std::string_view evaluation_action_code(EvaluationAction action);  ///< "criteria" … "void"
std::optional<EvaluationAction> evaluation_action_from_code(std::string_view code);

/// What somebody does; each action reads its own.
struct EvaluationDeed {
  EvaluationAction action = EvaluationAction::note;
  std::string text;                         ///< note, explanation, section, opinion, reason
  std::vector<policy::Criterion> criteria;  ///< criteria
  std::vector<std::string> evaluators;      ///< assign: ids
  std::optional<int> criterion;             ///< note
  std::vector<int> evidence;                ///< note
  std::string evaluator;                    ///< score: of the expert that it is entered for; "" for one's own
  std::vector<std::string> points;          ///< score
  std::vector<std::string> reasons;         ///< score
  int section = -1;                         ///< write
  std::optional<NewProblem> problem;        ///< raise: kind, text, amount, basis, action
};

struct NewEvaluation {
  EvaluationForm form = EvaluationForm::key;
  std::string unit;  ///< id
  int year = 0;
  std::string project;
  Text amount;  ///< 万元; of a filed project what was filed
  std::string reason;
  Text draw;
};

struct EvaluationView {
  Evaluation evaluation;
  std::string unit_code;
  std::string unit_name;
  Scored scored;
  bool must_explain = false;  ///< the totals lie further apart than the pack has it
  std::vector<EvaluationAction> actions;
  const policy::EvaluationRules* rules = nullptr;
};

/// Thread-safe; holds references only.
class Evaluations {
 public:
  Evaluations(registry::Registry& registry, const Submissions& submissions, const ledgers::Ledgers& ledgers, const Problems& problems)
      : registry_(registry), submissions_(submissions), ledgers_(ledgers), problems_(problems), evaluators_(registry) {}

  const Evaluators& evaluators() const { return evaluators_; }

  /// `year` 0: all. The newest first.
  std::vector<EvaluationView> list(int year, const access::Principal& who) const;
  /// Error: not-found.
  Result<EvaluationView> open(std::string_view id, const access::Principal& who) const;
  /// Errors: forbidden, invalid-evaluation (context: the field), evaluation-exists (context: its id).
  Result<EvaluationView> plan(NewEvaluation evaluation, const access::Principal& who) const;
  /// Errors: not-found, forbidden, stale-revision, action-not-allowed, invalid-evaluation (context: the field), avoidance, four-eyes,
  /// scores-missing, spread-unexplained, why-missing, those of Problems::raise().
  Result<EvaluationView> act(std::string_view id, int from_revision, const EvaluationDeed& deed, const access::Principal& who) const;
  /// Errors: not-found, forbidden, stale-revision, action-not-allowed.
  Result<EvaluationView> bring(std::string_view id, int from_revision, std::string_view bytes, std::string name,
                               const access::Principal& who) const;
  /// Errors: not-found, attachment-missing, attachment-altered.
  Result<Problems::File> file(std::string_view id, int number, const access::Principal& who) const;

  /// Key projects that are concluded.
  std::vector<GradedProject> graded(int year) const;

 private:
  Result<Evaluation> current(std::string_view id, const access::Principal& who) const;
  EvaluationView view_of(Evaluation evaluation, const access::Principal& who) const;
  std::optional<Error> carry_out(registry::Change& change, Evaluation& evaluation, const EvaluationDeed& deed,
                                 const access::Principal& who) const;
  std::optional<Error> score(Evaluation& evaluation, const EvaluationDeed& deed, const access::Principal& who) const;
  std::optional<Error> assign(Evaluation& evaluation, const EvaluationDeed& deed) const;
  std::optional<Error> raise(registry::Change& change, Evaluation& evaluation, const EvaluationDeed& deed,
                             const access::Principal& who) const;
  Result<std::vector<SourcedFigure>> figures_of(const Evaluation& evaluation, const access::Principal& who) const;
  Result<Evaluation> store(registry::Change& change, Evaluation evaluation, std::string_view action,
                           std::vector<std::string> attachments) const;

  registry::Registry& registry_;
  const Submissions& submissions_;
  const ledgers::Ledgers& ledgers_;
  const Problems& problems_;
  Evaluators evaluators_;
};

}  // namespace jiheng::desks
