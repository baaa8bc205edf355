// One target as a form prints it → comparator, value, unit. The contract's "Rules of normalising" live here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "goals/goal_table.h"

namespace jiheng::reading {

/// A comparator that stands alone: a sign (≥ ＞= <), a word (不低于, 大于等于), 定性, or 无 (qualitative). nullopt for anything else.
std::optional<Comparator> comparator_of(std::string_view printed);

/// A bare number → its decimal string: thousands separators taken out, digits kept ("13,459.00" → "13459.00"). nullopt for anything else.
Text number_of(std::string_view printed);
/// number_of(), with a unit of money or a per cent sign behind it allowed and dropped ("95.5%", "350万元").
Text amount_of(std::string_view printed);

/// Whether the text is a measurement unit that the forms use (个, 万元, 元/人, 台（套）, %).
bool is_measurement_unit(std::string_view text);
/// As printed, but 百分比 → %.
std::string canonical_unit(std::string_view printed);

struct Target {
  Comparator comparator = Comparator::none;
  Text value;
  Text unit;
  Text upper;
  /// What a person should know: value-in-sentence, value-ambiguous, unit-from-name, comparator-conflict …; empty where nothing is doubtful.
  std::string note_code;
  std::string note_message;
};

struct TargetCells {
  std::string_view value;       ///< the value cell as printed
  std::string_view comparator;  ///< the comparator's own column; empty where there is none
  std::string_view unit;        ///< the unit's own column
  std::string_view name;        ///< the indicator's name, for "居民参与率不低于100%" and "就业人数（人）"
  bool percent = false;         ///< a spreadsheet number shown as per cent
};

Target read_target(const TargetCells& cells);

}  // namespace jiheng::reading
