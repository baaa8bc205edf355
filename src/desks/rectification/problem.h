// 问题整改: a problem that audit, monitoring, an evaluation, an inspection or a self-evaluation's recheck found at a unit, until it is put
// right and closed (销号).
//
//   待整改 ─reply→ 已回复 ─check→ 已回复（已核查） ─close→ 已销号
//                     └─refuse→ 整改中（退回重改） ─reply→ …
//
// One registry record each. A statement alone closes nothing: a changed record, payments or a document of a listed kind does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "goals/goal_table.h"

namespace jiheng::desks {

inline constexpr std::string_view problem_kind = "problem";

enum class ProblemSource { audit, monitoring, evaluation, inspection, self_evaluation, other };
std::string_view problem_source_code(ProblemSource source);  ///< "self-evaluation"
std::string_view problem_source_name(ProblemSource source);  ///< "绩效自评"
std::optional<ProblemSource> problem_source_from_code(std::string_view code);

/// open: nothing said yet; returned: a reply was refused; void: raised in error.
enum class ProblemState { open, replied, returned, closed, voided };
std::string_view problem_state_code(ProblemState state);  ///< "replied", "void"
std::string_view problem_state_name(ProblemState state);  ///< "待整改", "已回复", "整改中", "已销号", "已撤销"
std::optional<ProblemState> problem_state_from_code(std::string_view code);

enum class ProblemAction { reply, check, refuse, ask_time, grant_time, deny_time, close, reopen, withdraw };
std::string_view problem_action_code(
    ProblemAction action);  ///< "reply" "check" "refuse" "ask-time" "grant-time" "deny-time" "close" "reopen" "void"
std::string_view problem_action_name(ProblemAction action);  ///< "回复"
std::optional<ProblemAction> problem_action_from_code(std::string_view code);

/// Somebody, as he stood there then.
struct Person {
  std::string account;
  std::string name;
  Text for_account;  ///< stood in for
  Text for_name;
};
/// 李四（代张三）.
std::string name_of(const Person& person);
/// Whether it was the account's owner, or somebody in his stead.
bool is_of(const Person& person, std::string_view account);
/// Whether one of the two is, or stood in for, one of those behind the other.
bool is_same_post(const Person& a, const Person& b);

/// What it was found in. The same reference raises the same problem once.
struct ProblemReference {
  std::string kind;  ///< of the record: submission, self-evaluation, ledger.finding …; empty: raised by hand
  std::string id;
  std::optional<int> table;
  std::optional<int> indicator;
  std::string item;   ///< which of several found there: a rule, a criterion
  std::string label;  ///< as people read it: 2026年绩效目标审核，表1
};

/// To be raised.
struct NewProblem {
  ProblemSource source = ProblemSource::other;
  ProblemReference reference;
  std::string unit;  ///< id
  int year = 0;
  std::string kind;  ///< code, of the year's pack
  std::string text;
  Text amount;                   ///< 万元
  Text basis;                    ///< the clause that it breaks
  std::string action;            ///< what the unit is asked to do
  std::optional<int> work_days;  ///< in place of the pack's
  Person raised_by;
};

/// A file that somebody brought.
struct BroughtFile {
  int number = 0;  ///< of this problem's, from 1
  std::string name;
  std::string sha256;
  std::int64_t bytes = 0;
  std::string kind;  ///< of document, out of the pack's list; "" for none of them
  std::string at;    ///< UTC
  Person by;
};

struct ProblemReply {
  std::string text;
  std::vector<int> evidence;
  std::string at;
  Person by;
  std::string due;  ///< as it stood then
  bool late = false;
  // What the bureau made of it.
  std::optional<bool> passed;
  std::string opinion;
  std::string checked_at;
  std::optional<Person> checked_by;
};

struct TimeAsked {
  int work_days = 0;
  std::string why;
  std::string at;
  Person by;
  std::optional<bool> granted;
  std::string opinion;
  std::string decided_at;
  std::optional<Person> decided_by;
  std::string due_before;
  std::string due_after;  ///< of what was granted
};

/// What it is closed on.
struct ClosingBasis {
  enum class Kind { record, payment, document };
  Kind kind = Kind::document;
  /// record, payment: submission, or ledger.TYPE.
  std::string record_kind;
  struct Named {
    std::string id;    ///< or, coming in, its number
    int revision = 0;  ///< that was looked at
    std::string label;
    std::string day;     ///< of a payment
    std::string amount;  ///< of a payment, 元
  };
  std::vector<Named> records;
  int evidence = 0;  ///< document: its number
};
std::string_view closing_kind_code(ClosingBasis::Kind kind);  ///< "record" "payment" "document"
std::string_view closing_kind_name(ClosingBasis::Kind kind);  ///< "记录已改正" "款项已缴付" "证明材料"
std::optional<ClosingBasis::Kind> closing_kind_from_code(std::string_view code);

struct ProblemClosing {
  ClosingBasis basis;
  std::string opinion;
  std::string at;
  Person by;
};

/// Whoever did something that has no place of its own: reopened it, withdrew it.
struct ProblemRemark {
  ProblemAction action = ProblemAction::reopen;
  std::string text;
  std::string at;
  Person by;
};

struct Problem {
  std::string id;
  int revision = 0;
  ProblemState state = ProblemState::open;
  int serial = 0;      ///< within the year it was raised in
  std::string number;  ///< 2026-0007
  ProblemSource source = ProblemSource::other;
  ProblemReference reference;
  std::string unit;  ///< id
  int year = 0;
  std::string kind;
  std::string kind_name;
  std::string text;
  Text amount;
  Text basis;
  std::string action;
  std::string pack;  ///< it was raised under
  int work_days = 0;
  std::string raised_on;  ///< ISO date
  std::string raised_at;  ///< UTC
  Person raised_by;
  std::string first_due;  ///< stays what it was
  std::string due;        ///< with what was granted since
  std::vector<BroughtFile> evidence;
  std::vector<ProblemReply> replies;
  std::vector<TimeAsked> times;
  std::optional<ProblemClosing> closing;  ///< the last one; of what was reopened none
  std::vector<ProblemRemark> remarks;

  const ProblemReply* reply() const { return replies.empty() ? nullptr : &replies.back(); }
  bool checked() const { return state == ProblemState::replied && reply()->passed == true; }
  bool time_asked() const { return !times.empty() && !times.back().granted; }
  int extensions() const;  ///< granted
  bool overdue(std::string_view today) const;
};

std::string problem_json(const Problem& problem);
/// All but what the record itself says. Throws store::Failure (db-damaged) for what problem_json() cannot have written.
Problem problem_from_json(std::string_view json);
/// What raising the same again is known by; empty for what is raised by hand.
std::string source_key(const ProblemReference& reference);

}  // namespace jiheng::desks
