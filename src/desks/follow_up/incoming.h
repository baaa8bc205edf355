// A self-evaluation or monitoring form that a unit filled in elsewhere (Word, Excel): what it says goes into the form here, and what it
// altered, left out or miscounted is told.
#pragma once

#include <string>
#include <vector>

#include "desks/follow_up/filling.h"
#include "desks/follow_up/follow_up.h"

namespace jiheng::desks {

struct FormFault {
  std::string code;    ///< table-missing, table-unknown, indicator-dropped, indicator-added, target-changed, budget-differs,
                       ///< executed-differs, actual-differs, score-miscounted, total-miscounted, deviation-unexplained
  int table = -1;      ///< of the form here; -1: of none
  int indicator = -1;  ///< -1: of the table
  std::string name;    ///< the indicator's, or the table's
  std::string ours;    ///< what was approved, measured or counted
  std::string theirs;
  std::string message;  ///< Chinese, a sentence
};

struct IncomingForm {
  std::vector<TableEntry> entries;
  std::vector<FormFault> faults;
  int tables = 0;  ///< that were taken
};

/// Tables belong together by the project's name, indicators by level and name. Errors: no-form (the document holds none of the kind), those
/// of fill().
Result<IncomingForm> take_form(const Filling& filling, const std::vector<GoalTable>& approved, const std::vector<TableEntry>& entries,
                               const Document& document, Figures& figures);

}  // namespace jiheng::desks
