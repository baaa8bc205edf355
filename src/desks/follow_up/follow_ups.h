// Rounds of monitoring and self-evaluation, and the forms in them: opened by the performance section, filled by the units, signed by their
// heads, checked by the bureau.
//
// Opening a round lays a form before every unit whose tables are approved, filled as far as the records go. Nobody signs or checks what he
// filled in. What was filed stays as it was filed, whatever the ledgers say later; the page shows both.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/deadline.h"
#include "base/result.h"
#include "desks/follow_up/follow_up.h"
#include "desks/follow_up/incoming.h"
#include "desks/performance/submissions.h"
#include "desks/results/graded_project.h"
#include "ledgers/ledgers.h"
#include "registry/registry.h"

namespace jiheng::desks {

inline constexpr std::string_view follow_up_kind = "follow-up";
inline constexpr std::string_view round_kind = "follow-up-round";

struct Round {
  FollowUpKind kind = FollowUpKind::monitoring;
  int year = 0;
  int month = 12;
  int revision = 0;
  std::string opens;   ///< ISO date
  int work_days = 10;  ///< of the window
  std::string notice;
  bool closed = false;  ///< nothing of it is filed any more
};
Result<Deadline> round_deadline(const Round& round);

struct TableSummary {
  int table = 0;
  Text project_name;
  Text budget;    ///< 万元
  Text executed;  ///< 万元
  Text rate;
  scoring::Light light = scoring::Light::none;
  scoring::Light execution_light = scoring::Light::none;
  Text total;
  Text grade;
  Text rechecked_total;
  Text rechecked_grade;
  std::string cells;  ///< JSON array: an indicator each: [name, light, per cent, source]
};

struct FollowUpSummary {
  std::string id;
  FollowUpKind kind = FollowUpKind::monitoring;
  int year = 0;
  int month = 12;
  std::string submission;
  Text unit;
  std::string unit_name;
  FollowUpState state = FollowUpState::draft;
  int revision = 0;
  int remarks = 0;
  bool drawn = false;
  int rechecked = 0;
  std::string updated_at;
  std::string updated_by;
  std::vector<TableSummary> tables;

  scoring::Light light() const;  ///< the worst
};

struct FollowUpFilter {
  FollowUpKind kind = FollowUpKind::monitoring;
  int year = 0;
  int month = 12;
  std::optional<FollowUpState> state;
  std::optional<scoring::Light> light;  ///< with a table of this light
  std::string query;                    ///< part of a unit's or project's name
  bool mine = false;                    ///< in which whoever asks has the next move
  bool drawn = false;                   ///< to be checked again
  int limit = 100;
  int offset = 0;
};

struct FollowUpPage {
  int total = 0;
  int counts[5] = {};  ///< by FollowUpState, of the whole round
  int lights[5] = {};  ///< tables by Light, of the whole round
  int mine = 0;
  std::vector<FollowUpSummary> items;  ///< the most worrying in front
};

/// reopen: what was accepted is to be filed anew (退回重报).
enum class FollowUpAction { submit, withdraw, sign, send_back, accept, renew, reopen };
std::string_view follow_up_action_code(FollowUpAction action);  ///< "submit" "withdraw" "sign" "return" "accept" "renew" "reopen"
std::string_view follow_up_action_name(FollowUpAction action);  ///< "报送" …
std::optional<FollowUpAction> follow_up_action_from_code(std::string_view code);

/// A form as a page shows it.
struct FollowUp {
  std::string id;
  int revision = 0;
  FollowUpState state = FollowUpState::draft;
  FollowUpBody body;
  std::vector<FilledTable> tables;  ///< as filed, else as it stands now
  /// What the ledgers say now where that is no longer what was filed.
  struct Later {
    int table = 0;
    int indicator = -1;  ///< -1: money
    std::string name;
    std::string filed;
    std::string now;
  };
  std::vector<Later> later;
  std::optional<int> newer_submission;  ///< a later approved revision of the targets
  std::vector<FollowUpAction> actions;
  bool may_edit = false;
  bool may_recheck = false;
  bool earlier = false;  ///< an accepted revision that was sent back since
  Text due;
  const policy::Pack* pack = nullptr;
  std::string updated_at;
};

/// Thread-safe; holds references only.
class FollowUps {
 public:
  FollowUps(registry::Registry& registry, const Submissions& submissions, const ledgers::Ledgers& ledgers)
      : registry_(registry), submissions_(submissions), ledgers_(ledgers) {}

  registry::Registry& registry() const { return registry_; }

  /// The newest first.
  std::vector<Round> rounds() const;
  /// Opens it and lays the forms before the units. Errors: forbidden, invalid-round (context: the field), round-exists.
  Result<Round> open_round(const Round& round, const access::Principal& who);
  /// Window, notice, closed. Errors: forbidden, invalid-round, not-found, stale-revision.
  Result<Round> change_round(const Round& round, const access::Principal& who);
  /// Forms for those approved since it was opened; how many. Errors: forbidden, not-found, round-closed.
  Result<int> lay_forms(FollowUpKind kind, int year, int month, const access::Principal& who);

  FollowUpPage page(const FollowUpFilter& filter, const access::Principal& who) const;
  /// Error: not-found.
  Result<FollowUp> open(std::string_view id, const access::Principal& who) const;
  /// A revision that was accepted and sent back since, as it was then. Error: not-found.
  Result<FollowUp> open_accepted(std::string_view id, int revision, const access::Principal& who) const;
  // Errors of all that follow: not-found, forbidden, stale-revision, round-closed, action-not-allowed.
  /// Evidence stays as it is. Errors: invalid-entry.
  Result<FollowUp> edit(std::string_view id, int from_revision, std::vector<TableEntry> entries, const access::Principal& who);
  /// Errors: remarks-open (context: how many), four-eyes, why-missing (of a return, of a reopening); of a reopening year-closed and
  /// results-used (context: the project), too.
  Result<FollowUp> act(std::string_view id, int from_revision, FollowUpAction action, Text opinion, const access::Principal& who);
  /// Fills it from a form that was filled in elsewhere, and tells what that altered. Errors: no-form, invalid-entry, those of reading.
  struct Taken {
    FollowUp form;
    std::vector<FormFault> faults;
  };
  Result<Taken> take(std::string_view id, int from_revision, const std::function<Document()>& read, const access::Principal& who);
  /// A file that proves an indicator's value (-1: the whole table's). Errors: invalid-entry.
  Result<FollowUp> add_evidence(std::string_view id, int from_revision, int table, int indicator, std::string_view bytes, std::string name,
                                const access::Principal& who);
  Result<FollowUp> remove_evidence(std::string_view id, int from_revision, int table, int indicator, std::string_view sha256,
                                   const access::Principal& who);
  /// Of what was accepted before, too. Errors: not-found, attachment-missing, attachment-altered.
  struct File {
    std::string name;
    std::string bytes;
  };
  Result<File> evidence(std::string_view id, std::string_view sha256, const access::Principal& who) const;
  /// Free words of a self-evaluation's report.
  Result<FollowUp> set_words(std::string_view id, int from_revision, std::vector<std::pair<std::string, std::string>> words,
                             const access::Principal& who);
  /// The bureau's own finding beside the unit's. Errors: invalid-entry (context: the field), four-eyes.
  Result<FollowUp> recheck(std::string_view id, int from_revision, const Recheck& recheck, const access::Principal& who);
  /// Draws a share of a round's filed self-evaluations to be checked again, by a seed that anybody can repeat the draw with; their ids.
  /// Errors: forbidden, invalid-draw.
  Result<std::vector<std::string>> draw(int year, int percent, std::string_view seed, const access::Principal& who);
  /// Chooses one, or no longer.
  Result<FollowUp> choose(std::string_view id, int from_revision, bool drawn, const access::Principal& who);

  /// Projects of accepted self-evaluations, with what was checked again in place of the unit's own; for the use of results.
  std::vector<GradedProject> graded(int year) const;

  /// To be called once at start and after a restore. Returns how many forms it had to list anew.
  int prepare();
  int rebuild();

 private:
  struct Standing;
  Result<Standing> standing(std::string_view id, const access::Principal& who) const;
  Result<Standing> standing_at(std::string_view id, int from_revision, const access::Principal& who) const;
  Result<FollowUp> view(Standing from, const access::Principal& who) const;
  /// What else has to hold in the change itself.
  using Besides = std::function<std::optional<Error>(registry::Change& change)>;
  Result<FollowUp> store(Standing from, FollowUpState state, std::string_view action, Text why, const access::Principal& who,
                         access::Permission as, const Besides& besides = {});
  std::optional<Error> reopening_refusal(registry::Change& change, const std::string& id, int year) const;
  Result<std::vector<FilledTable>> filled(const FollowUpBody& body, bool receipts) const;
  std::optional<Error> lay_form(const Round& round, const std::string& submission, const access::Principal& who, int& laid);
  Result<Round> put_round(const Round& round, std::string_view action, const access::Principal& who);

  registry::Registry& registry_;
  const Submissions& submissions_;
  const ledgers::Ledgers& ledgers_;
};

/// The total and grade of a self-evaluated table with what was checked again in place of the unit's figures.
struct RecheckedTotal {
  std::string total;
  std::string grade;
};
std::optional<RecheckedTotal> rechecked_total(const FilledTable& filled, int table, const std::vector<Recheck>& rechecks,
                                              const policy::Pack& pack);

}  // namespace jiheng::desks
