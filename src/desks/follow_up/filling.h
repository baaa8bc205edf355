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
  const policy::Pack& pack;
  bool receipts = false;  ///< it is being filed: figures keep what they rest on

  ledgers::Period period() const;
};

/// One for each table, in their order; entries that are missing are taken as blank. Errors: those of ledgers::figure_of().
Result<std::vector<FilledTable>> fill(const Filling& filling, const std::vector<GoalTable>& approved,
                                      const std::vector<TableEntry>& entries, Figures& figures);

/// What the scoring is given of a filled form: weights as they were approved, money as the form prints it.
scoring::EvaluatedTable evaluated_table(const GoalTable& form, const GoalTable& approved, const TableEntry& entry);

}  // namespace jiheng::desks
