// The forms that follow an approved submission: 绩效运行监控表 in the course of the year, 绩效自评表 at its end.
//
// Nothing that the records know is typed: the targets are those approved, money comes from payments, actual values from measures. A person
// adds what no ledger can say (entries). As long as a form is being filled its figures are worked out whenever it is opened; from its
// filing on they are kept as they were, each with the receipt it rests on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "desks/follow_up/department_table.h"
#include "desks/performance/actuals.h"
#include "goals/goal_table.h"
#include "scoring/light.h"
#include "scoring/score.h"

namespace jiheng::desks {

enum class FollowUpKind { monitoring, self_evaluation };
std::string_view follow_up_code(FollowUpKind kind);  ///< "monitoring"
std::string_view follow_up_name(FollowUpKind kind);  ///< "绩效运行监控"
std::optional<FollowUpKind> follow_up_from_code(std::string_view code);

enum class FollowUpState { draft, submitted, filed, returned, accepted };
std::string_view follow_up_state_code(FollowUpState state);  ///< "filed"
std::string_view follow_up_state_name(FollowUpState state);  ///< "填写中", "待负责人签字", "已报送", "已退回", "已审核"
std::optional<FollowUpState> follow_up_state_from_code(std::string_view code);

/// A file that proves something (佐证材料).
struct Evidence {
  std::string sha256;
  std::string name;
  friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// What a person adds to an indicator.
struct IndicatorEntry {
  Text actual;                                              ///< where no ledger measures it
  Text forecast;                                            ///< in place of the one worked out
  Text judged_percent;                                      ///< of a qualitative target, 0–100
  Text likelihood;                                          ///< 确定能, 有可能, 完全不可能
  Text note;                                                ///< why it deviates, and what is done about it
  Text not_applicable;                                      ///< the approval by which it is taken out
  std::vector<std::pair<std::string, std::string>> causes;  ///< 经费保障 … 其他 → text
  std::vector<Evidence> evidence;
};

struct TableEntry {
  Text goal_result;  ///< 年度总体目标的实际完成情况
  Text budget;       ///< 全年预算数, where no budget line is kept; in the table's money unit
  Text executed;     ///< where no payments are kept
  Text execution_note;
  Text execution_forecast;
  std::vector<Execution> funds;  ///< 其中: the money rows below the total
  std::vector<IndicatorEntry> indicators;
  std::vector<Evidence> evidence;  ///< of the table as a whole
  DepartmentEntry department;      ///< of a 部门整体 self-evaluation, where the pack has a table for it
};

/// Where a figure of the form comes from.
struct Origin {
  Actual::Source source = Actual::Source::missing;
  std::string measure;  ///< "" where none
  std::string label;
  std::string project;
  Text receipt;  ///< SHA-256; of what is filed
  std::int64_t journal = 0;
  std::vector<std::string> gaps;
};

struct IndicatorFact {
  Origin origin;
  std::string forecast_method;  ///< Chinese; "" where nothing is forecast, or a person did
  scoring::Progress progress;
  std::optional<scoring::IndicatorScore> score;
};

/// Something that stands in the way of filing (error), or that the bureau should look at.
struct Remark {
  std::string code;  ///< actual-missing, deviation-unexplained …
  bool stops = false;
  int indicator = -1;  ///< -1: of the table
  std::string message;
};

/// A form as it is filled now, or as it was filed.
struct FilledTable {
  GoalTable table;  ///< of kind monitoring or self_evaluation: what the official form prints
  Origin money;
  scoring::Progress execution;
  std::optional<scoring::Progress> apart;       ///< goals and money
  scoring::Light light = scoring::Light::none;  ///< the worst of all
  std::vector<IndicatorFact> facts;             ///< beside table.indicators
  std::optional<std::string> grade;
  Text trouble;  ///< why it cannot be scored
  std::vector<Remark> remarks;
  std::optional<DepartmentTable> department;  ///< of a 部门整体 self-evaluation, where the pack has a table for it
};

/// What the bureau found when it checked a self-evaluation again; the unit's own figure stays beside it.
struct Recheck {
  int table = 0;
  int indicator = -1;  ///< -1: the execution rate
  Text actual;
  std::string score;
  std::string own_score;
  std::string why;
  std::string account;
  std::string name;
  std::string at;
};

struct FollowUpSignature {
  std::string act;  ///< submit, sign, accept, return
  std::string account;
  std::string name;
  std::string at;
  Text opinion;
  Text for_account;  ///< stood in for
  Text for_name;
};

/// A revision that was accepted and then sent back to be filed anew; it stays to be read as it was.
struct AcceptedBefore {
  int revision = 0;
  std::string accepted_at;
  std::string accepted_by;
  std::string reopened_at;
  std::string reopened_by;
  std::string why;
};

/// What a record holds.
struct FollowUpBody {
  FollowUpKind kind = FollowUpKind::monitoring;
  int year = 0;
  int month = 12;  ///< up to the end of it
  std::string submission;
  int submission_revision = 0;
  std::string unit;  ///< id; "" where it is nobody's
  std::string unit_name;
  std::string pack;
  std::vector<TableEntry> entries;
  std::vector<FilledTable> filed;  ///< from the filing on
  std::vector<FollowUpSignature> signatures;
  std::vector<AcceptedBefore> accepted_before;  ///< the latest behind
  std::vector<std::string> filers;              ///< accounts that had a hand in it, ever
  std::vector<Recheck> rechecks;
  bool drawn = false;                                      ///< chosen to be checked again
  std::vector<std::pair<std::string, std::string>> words;  ///< free texts of the report, by section

  std::vector<std::string> attachments() const;
};

/// JSON as the record stores it.
std::string follow_up_json(const FollowUpBody& body);
/// Throws store::Failure (db-damaged) for what follow_up_json() cannot have written.
FollowUpBody follow_up_from_json(std::string_view json);
/// What a client sends: {"tables": […]}; evidence is not taken from it. Errors: json-syntax, json-shape, invalid-entry (context: the
/// place).
Result<std::vector<TableEntry>> entries_from_json(std::string_view json);

/// Trims and checks what a person, or a document of his, says. Error: invalid-entry (context: the place).
std::optional<Error> check_entries(std::vector<TableEntry>& entries);

}  // namespace jiheng::desks
