// A unit's filed goal tables as the bureau keeps them: one submission, revised through the registry, never overwritten silently.
//
// Every change names the revision it was made from; where that is no longer the latest, it is refused (stale-revision) and nothing
// is stored. Thread-safe: each call takes its own connection from the store's pool.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "auditing/finding.h"
#include "base/result.h"
#include "desks/performance/review.h"
#include "goals/goal_table.h"
#include "registry/registry.h"

namespace jiheng::desks {

enum class State { draft, submitted, returned, approved };
std::string_view state_code(State state);  ///< "draft"
std::string_view state_name(State state);  ///< "暂存", "已报送", "已退回", "审核通过"
std::optional<State> state_from_code(std::string_view code);

/// agree, decline: the unit answers what the auditor proposes. give_up: of an adjustment; what was approved stands again.
enum class Action { submit, withdraw, send_back, approve, agree, decline, adjust, give_up, remove };
std::string_view action_code(Action action);  ///< "submit" "withdraw" "return" "approve" "agree" "decline" "adjust" "give-up" "delete"
std::optional<Action> action_from_code(std::string_view code);

/// Whose turn it is while a filing is on its way.
enum class Step { unit, department, section, performance, leader };
std::string_view step_code(Step step);  ///< "section"
std::string_view step_name(Step step);  ///< "业务股室审核"
std::optional<Step> step_from_code(std::string_view code);

/// Somebody's consent to exactly this content.
struct Signature {
  Step step = Step::unit;
  std::string account;
  std::string name;
  Text for_account;  ///< stood in for
  Text for_name;
  std::string at;  ///< UTC
  Text opinion;
  std::string content;  ///< SHA-256 of the tables' canonical JSON
};

/// How far a filing has come.
struct Filing {
  int round = 0;                      ///< times it was submitted
  std::vector<Step> steps;            ///< of this round, fixed when it was submitted
  std::vector<Signature> signatures;  ///< of this round
  std::vector<std::string> filers;    ///< accounts that had a hand in the content, ever; they sign nothing of it
  std::optional<int> adjusts;         ///< the approved revision that this is an adjustment (调整) of
  Text adjust_why;
  std::optional<int> filed_before;  ///< revision that the round before filed: what differs from it is what was mended
  Review review;

  std::optional<Step> waiting() const;  ///< the first step not signed
};

/// What the year's rule pack asks for (policy::Filing).
struct FilingRules {
  std::vector<Step> steps;
  bool distinct_signers = true;
  bool errors_stop = true;
  std::vector<auditing::Grade> passing;
  std::vector<auditing::Grade> editable;
};
FilingRules filing_rules(const policy::Pack& pack);

/// What a list shows of a submission without opening it.
struct Summary {
  std::string id;
  Text unit_name;
  std::optional<int> year;
  State state = State::draft;
  int revision = 0;
  int tables = 0;
  int errors = 0;  ///< not waived
  int warnings = 0;
  int hints = 0;
  int waived = 0;                        ///< errors let stand with a reason
  std::optional<auditing::Grade> grade;  ///< the worst of its tables, as judged; nullopt without tables
  std::string updated_at;                ///< UTC, ISO 8601
  std::string updated_by;
  std::string file;  ///< name of the file imported last
  int notes = 0;
  Text overall_amount;
  Text unit;                 ///< id; nullopt where no unit goes by the name
  std::optional<Step> step;  ///< waited for, while submitted
  bool proposed = false;     ///< the unit is asked to agree to the auditor's wording
};

/// A table of a submission with the file it was read from.
struct FiledTable {
  GoalTable table;
  std::string file;
  Text attachment;  ///< SHA-256 of the original's bytes
};

struct Submission {
  Summary summary;
  std::vector<FiledTable> tables;
  std::vector<Note> notes;      ///< the reader's, `table` counted within `tables`
  auditing::Report audit;       ///< places counted within `tables`
  std::vector<Action> actions;  ///< open to who asked
  Text opinion;                 ///< the bureau's, of the last return or approval
  Filing filing;
  std::vector<auditing::TableGrade> grades;  ///< as judged
  bool may_review = false;                   ///< who asked may judge, waive and propose now
  const policy::Pack* pack = nullptr;        ///< the rules it is under
};

struct Filter {
  std::optional<State> state;
  std::string query;  ///< part of a unit's or file's name
  std::optional<int> year;
  bool mine = false;  ///< those in which whoever asks has the next move
  enum class Sort { worst, unit, newest } sort = Sort::worst;
  int limit = 100;
  int offset = 0;
};

struct Page {
  int total = 0;
  int draft = 0;
  int submitted = 0;
  int returned = 0;
  int approved = 0;
  int faulty = 0;  ///< with at least one finding of severity error
  int mine = 0;    ///< in which whoever asked has the next move
  std::vector<Summary> items;
};

/// A submission begun on the page instead of with a file.
struct Beginning {
  std::string unit;  ///< id
  int year = 0;
  bool from_last_year = false;        ///< with the tables of the year before; else empty ones
  bool overall = true;                ///< one 部门整体支出绩效目标表
  std::vector<std::string> projects;  ///< a 项目支出绩效目标表 for each
};

struct RevisionEntry {
  int revision = 0;
  std::string at;
  std::string by;
  Text why;
  std::string action;  ///< import, edit, submit, withdraw, return, approve
  State state = State::draft;
  int tables = 0;
};

/// A submission as a page shows it, without taking it apart: JSON made when it was stored.
struct OpenedJson {
  Summary summary;
  std::string tables;  ///< array of goal tables, each with `file` and `attachment`
  std::string notes;   ///< array of notes, `table` counted within `tables`
  std::string audit;   ///< auditing::report_json, places counted within `tables`
  std::vector<Action> actions;
  Text opinion;
  Filing filing;
  std::string grades;  ///< array, as judged
  bool may_review = false;
  const policy::Pack* pack = nullptr;
};

struct PastRevision {
  RevisionEntry entry;
  std::vector<FiledTable> tables;
  auditing::Report audit;
};

/// Everybody sees and does what his posts reach over; for him the rest is not there (not-found), and what he may see but not do is
/// forbidden.
class Submissions {
 public:
  explicit Submissions(registry::Registry& registry) : registry_(registry) {}

  Page list(const Filter& filter, const access::Principal& who) const;
  /// Errors: forbidden, not-found (the unit), submission-exists (context: its id), nothing-last-year, invalid-table, year-closed.
  Result<Submission> begin(const Beginning& beginning, const access::Principal& who) const;
  /// Error: not-found.
  Result<Submission> open(std::string_view id, const access::Principal& who) const;
  /// The fast way for a server: one row read, no table parsed, nothing audited. Error: not-found.
  Result<OpenedJson> open_json(std::string_view id, const access::Principal& who) const;
  /// Errors: not-found, forbidden, stale-revision (context: latest revision, by, at), action-not-allowed (what is on its way or approved is
  /// not edited), invalid-table.
  Result<Submission> edit(std::string_view id, int from_revision, std::vector<GoalTable> tables, const access::Principal& who,
                          Text why = {}) const;
  /// Errors: not-found, forbidden, stale-revision, action-not-allowed, four-eyes (he filed it, or signed an earlier step), why-missing (of
  /// an adjustment, of a refusal), proposal-open, errors-open, grade-stops. `remove` yields the submission as it was.
  Result<Submission> act(std::string_view id, int from_revision, Action action, Text opinion, const access::Principal& who,
                         Text why = {}) const;
  // What the auditor whose turn it is does before he signs or returns. Errors of all: not-found, forbidden, stale-revision,
  // action-not-allowed, why-missing.
  /// `points` in place of those suggested; nullopt takes them back. Error: invalid-points (context: the field).
  Result<Submission> judge(std::string_view id, int from_revision, int table, auditing::Aspect aspect, std::optional<std::string> points,
                           Text reason, const access::Principal& who) const;
  /// Lets an error stand, or no longer (without a reason). Error: no-such-finding.
  Result<Submission> waive(std::string_view id, int from_revision, std::string_view finding, Text reason,
                           const access::Principal& who) const;
  /// What the unit is asked to agree to; without tables, the proposal is taken back by who made it. Errors: invalid-table,
  /// grade-not-editable, nothing-proposed.
  Result<Submission> propose(std::string_view id, int from_revision, std::optional<std::vector<GoalTable>> tables, Text why,
                             const access::Principal& who) const;
  /// Says whose it is where the name in the file is nobody's. Errors: not-found, forbidden, stale-revision.
  Result<Submission> assign(std::string_view id, int from_revision, std::string_view unit, const access::Principal& who) const;
  /// Newest first. Error: not-found.
  Result<std::vector<RevisionEntry>> revisions(std::string_view id, const access::Principal& who) const;
  Result<PastRevision> revision(std::string_view id, int number, const access::Principal& who) const;
  /// Whether he may see the original: some submission that he may see holds it.
  bool may_see_attachment(std::string_view sha256, const access::Principal& who) const;

  /// To be called once at start and after a restore: makes the lists anew where they were made by other rules or are behind the
  /// records. Returns how many submissions it had to mend.
  int prepare();
  /// The same without asking: every list and stored audit from the records.
  int rebuild();

 private:
  Result<registry::Record> current(std::string_view id, int from_revision, const access::Principal& who) const;
  Result<Submission> seen(registry::Record record, const access::Principal& who) const;
  /// The record for an auditor whose turn it is.
  struct UnderReview;
  Result<UnderReview> under_review(std::string_view id, int from_revision, const access::Principal& who) const;
  Result<Submission> reviewed(UnderReview under, std::string_view action, Text why, const access::Principal& who) const;

  registry::Registry& registry_;
};

}  // namespace jiheng::desks
