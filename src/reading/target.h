// One target as a form prints it → comparator, value, unit. The contract's "Rules of normalising" live here.
#pragma once

#include <optional>
#include <string_view>

#include "goals/views.h"
#include "reading/amount.h"
#include "reading/units.h"

namespace jiheng::reading {

struct Target {
  Comparator comparator = Comparator::none;
  views::Text value;
  views::Text unit;
  views::Text upper;
  /// What a person should know: value-in-sentence, value-ambiguous, unit-from-name, comparator-conflict …; empty where nothing is doubtful.
  std::string_view note_code;
  std::string_view note_message;

  void write_to(views::Indicator& indicator) const {
    indicator.comparator = comparator;
    indicator.value = value;
    indicator.unit = unit;
    indicator.upper = upper;
  }
};

/// All texts normalised.
struct TargetCells {
  std::string_view value;       ///< the value cell as printed
  std::string_view comparator;  ///< the comparator's own column; empty where there is none
  std::string_view unit;        ///< the unit's own column
  std::string_view name;        ///< the indicator's name, for "居民参与率不低于100%" and "就业人数（人）"
  bool percent = false;         ///< a spreadsheet number shown as per cent
};

/// What is no part of the cells is kept in `texts`.
Target read_target(const TargetCells& cells, TextPool& texts);

}  // namespace jiheng::reading
