// The list of problems, and every step that one takes to its closing.
//
// Everybody sees and does what his posts reach over; for him the rest is not there (not-found), and what he may see but not do is
// forbidden. Every change names the revision it was made from (stale-revision).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/principal.h"
#include "base/deadline.h"
#include "base/result.h"
#include "desks/rectification/problem.h"
#include "ledgers/ledgers.h"
#include "policy/follow_up_parameters.h"
#include "registry/registry.h"

namespace jiheng::desks {

/// What a list shows of a problem.
struct ProblemLine {
  std::string id;
  int revision = 0;
  std::string number;
  ProblemSource source = ProblemSource::other;
  ProblemState state = ProblemState::open;
  bool checked = false;
  bool time_asked = false;
  std::string unit;  ///< id
  std::string unit_code;
  std::string unit_name;
  int year = 0;
  std::string kind;
  std::string kind_name;
  std::string text;
  std::string action;
  Text amount;
  std::string raised_on;
  std::string first_due;
  std::string due;
  int days_left = 0;  ///< work days from today; below 0 once it is over
  bool overdue = false;
  Text replied_on;
  bool late = false;  ///< the last reply came late
  Text closed_on;
  int earlier = 0;  ///< of the same unit and kind within the years that count as recurrence (屡查屡犯)
};

struct ProblemFilter {
  std::optional<ProblemState> state;
  bool overdue = false;
  bool recurring = false;
  bool mine = false;  ///< those in which whoever asks has the next move
  std::string unit;   ///< id
  std::string kind;
  std::optional<ProblemSource> source;
  int year = 0;
  std::string query;  ///< part of the unit's name, the number or the text
  int limit = 100;
  int offset = 0;
};

/// What lies within his reach; the counts do not look at state, overdue, recurring and mine.
struct ProblemPage {
  int total = 0;
  int counts[5] = {};  ///< by ProblemState
  int overdue = 0;
  int recurring = 0;
  int mine = 0;
  std::vector<ProblemLine> items;  ///< what is most overdue in front; what is closed behind
};

/// How a unit stands.
struct ProblemUnit {
  std::string unit;  ///< id
  std::string code;
  std::string name;
  int counts[5] = {};
  int overdue = 0;
  int worst = 0;  ///< work days over of the one that is longest over
  int late = 0;   ///< replied late, whatever became of it
};

/// A problem as its page shows it.
struct ProblemView {
  Problem problem;
  std::string unit_code;
  std::string unit_name;
  Deadline deadline;
  int days_left = 0;
  bool overdue = false;
  std::string page;                  ///< where it was found, in the browser application; "" where that is not to be seen
  std::string form;                  ///< of monitoring or self-evaluation that it was found in; "" for none
  std::vector<ProblemLine> earlier;  ///< the same unit's of the same kind
  std::vector<ProblemAction> actions;
  bool may_bring = false;  ///< files
  const policy::Rectification* rules = nullptr;
};

/// What somebody does.
struct ProblemDeed {
  ProblemAction action = ProblemAction::reply;
  std::string text;           ///< reply, opinion, reason
  std::vector<int> evidence;  ///< of a reply
  int work_days = 0;          ///< asked for
  std::optional<ClosingBasis> basis;
};

/// What a place where something was found proposes to say of it.
struct ProblemDraft {
  NewProblem problem;
  std::string unit_name;
  /// The one that was raised from the same place and is not closed yet.
  std::optional<ProblemLine> open;
};

struct Raised {
  std::string id;
  int revision = 0;
  bool fresh = true;  ///< false: the same reference had raised it before
};

/// Thread-safe; holds references only.
class Problems {
 public:
  Problems(registry::Registry& registry, const ledgers::Ledgers& ledgers) : registry_(registry), ledgers_(ledgers) {}

  /// Within a change of whatever found it; commits nothing, and asks nothing of who does it: that is the finder's matter. The same
  /// reference again yields the problem that it raised, unless that was withdrawn. Error: invalid-problem (context: the field).
  Result<Raised> raise(registry::Change& change, NewProblem problem) const;
  /// By hand. With a reference it is of that place: unit, source and year are the place's own (found_at()), and as long as what was raised
  /// there before is not closed, nothing is raised again. Errors: forbidden, invalid-problem, source-unknown, source-settled,
  /// problem-exists (context: its id, its number).
  Result<Raised> raise(NewProblem problem, const access::Principal& who) const;
  /// Errors: forbidden, source-unknown, source-settled.
  Result<ProblemDraft> draft(const ProblemReference& reference, const access::Principal& who) const;

  ProblemPage list(const ProblemFilter& filter, const access::Principal& who) const;
  /// Units with problems; those longest over in front. `year` 0: all.
  std::vector<ProblemUnit> board(int year, const access::Principal& who) const;
  /// Error: not-found.
  Result<ProblemView> open(std::string_view id, const access::Principal& who) const;

  /// Errors: not-found, forbidden, stale-revision, action-not-allowed, four-eyes, why-missing, invalid-problem (context: the field),
  /// and of a closing closing-refused (context: why: record-unknown, record-older, record-new, record-unchanged, record-void,
  /// record-payment, record-unfiled, no-unit, other-unit, other-year, other-matter, payment-older, payment-short, payment-unasked,
  /// payment-used, document-kind, document-older).
  Result<ProblemView> act(std::string_view id, int from_revision, const ProblemDeed& deed, const access::Principal& who) const;
  /// A file to rest a reply or a closing on. Errors: not-found, forbidden, stale-revision, action-not-allowed, invalid-problem.
  Result<ProblemView> bring(std::string_view id, int from_revision, std::string_view bytes, std::string name, std::string kind,
                            const access::Principal& who) const;
  struct File {
    std::string name;
    std::string bytes;
  };
  /// Errors: not-found, attachment-missing, attachment-altered.
  Result<File> file(std::string_view id, int number, const access::Principal& who) const;

  /// Those of a year's pack, for who raises one.
  const policy::Rectification& rules_in(int year) const;
  registry::Registry& registry() const { return registry_; }

  /// The derived tables from the records. Returns how many problems there are.
  int rebuild() const;

 private:
  Result<Problem> current(std::string_view id, const access::Principal& who) const;
  Result<Problem> store(registry::Change& change, Problem problem, std::string_view action, std::vector<std::string> attachments) const;
  Result<Raised> make(registry::Change& change, NewProblem problem) const;
  ProblemView view_of(Problem problem, const access::Principal& who) const;
  std::string today() const;

  registry::Registry& registry_;
  const ledgers::Ledgers& ledgers_;
};

/// The rules that a problem was raised under.
const policy::Rectification& rules_of(const Problem& problem);
/// When it has to be put right, day by day.
Result<Deadline> deadline_of(const Problem& problem);

}  // namespace jiheng::desks
