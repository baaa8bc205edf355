// An approved table, what a person added, and the records → the form as it stands.
#pragma once

#include <string>
#include <vector>

#include "desks/follow_up/follow_up.h"
#include "desks/performance/figures.h"
#include "policy/pack.h"

namespace jiheng::desks {

struct Filling {
  FollowUpKind kind = FollowUpKind::monitoring;
  int year = 0;
  int month = 12;  ///< up to the end of it
  std::string unit_name;
  std::string department;  ///< 主管部门及代码, where the approved table names none
  const policy::Pack& pack;
  bool receipts = false;  ///< it is being filed: figures keep what they rest on

  ledgers::Period period() const;
};

/// The official form's name of a money row below the total: 其中：当年财政拨款 → 本年财政拨款; another is given back as it is.
std::string official_fund(const std::string& fund);

/// One for each table, in their order; entries that are missing are taken as blank. Errors: those of ledgers::figure_of().
Result<std::vector<FilledTable>> fill(const Filling& filling, const std::vector<GoalTable>& approved,
                                      const std::vector<TableEntry>& entries, Figures& figures);

/// What the scoring is given of a filled form: weights as they were approved, money as the form prints it.
scoring::EvaluatedTable evaluated_table(const GoalTable& form, const GoalTable& approved, const TableEntry& entry);

}  // namespace jiheng::desks
