// What the bureau makes of a filing on its way: the four aspects judged by a person, errors waived, and what it would have written
// otherwise (绩效目标审核表, 财预〔2015〕88号). Each stays visible with who, when and why.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditing/finding.h"
#include "goals/goal_table.h"
#include "policy/pack.h"

namespace jiheng::desks {

/// Points that somebody gave an aspect of a table in place of the suggested ones.
struct JudgedAspect {
  int table = 0;
  auditing::Aspect aspect = auditing::Aspect::completeness;
  std::string points;
  std::string suggested;  ///< points that the findings suggested then
  std::string reason;
  std::string account;
  std::string name;
  std::string at;  ///< UTC
};

/// An error let stand. It holds for the finding as it reads: a changed table brings a changed finding, which is to be waived anew.
struct Waiver {
  std::string finding;  ///< key_of()
  std::string message;  ///< what the finding said
  std::string reason;
  std::string account;
  std::string name;
  std::string at;
};

/// The auditor's own wording, until the unit agrees (良：审核人与单位商定后直接修改).
struct Proposal {
  std::vector<GoalTable> tables;
  Text why;
  std::string account;
  std::string name;
  std::string at;
};

/// The unit's no to the last proposal.
struct Declined {
  std::string reason;
  std::string account;
  std::string name;
  std::string at;
};

struct Review {
  std::vector<JudgedAspect> judged;
  std::vector<Waiver> waivers;
  std::optional<Proposal> proposal;
  std::optional<Declined> declined;  ///< until the next proposal or round

  bool empty() const { return judged.empty() && waivers.empty() && !proposal && !declined; }
};

/// What a finding is known by: its rule, its place and its words.
std::string key_of(const auditing::Finding& finding);
bool is_waived(const Review& review, const auditing::Finding& finding);
int waived_errors(const Review& review, const auditing::Report& report);
/// The report's grades with the judged aspects, waived findings left out.
std::vector<auditing::TableGrade> reviewed_grades(const Review& review, const auditing::Report& report,
                                                  const policy::AuditParameters& parameters);

std::optional<auditing::Aspect> aspect_from_name(std::string_view name);

}  // namespace jiheng::desks
