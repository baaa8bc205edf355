// When two indicators of different tables are the same one, and which of their targets compare.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "goals/goal_table.h"

namespace jiheng::desks {

/// Which way a target binds. A bare number is read as the equal sign.
enum class Direction { at_least, at_most, exact, qualitative };
std::string_view direction_code(Direction direction);  ///< "at_least"
std::optional<Direction> direction_from_code(std::string_view code);
Direction direction_of(Comparator comparator);
/// The comparator to write where nobody used another: ">=" for at_least.
Comparator usual_comparator(Direction direction);

struct Identity {
  std::string level1;  ///< canonical where the tree knows it
  Text level2;
  std::string name_key;  ///< folded; empty: no indicator to speak of
  std::string path_key;  ///< levels and name
  std::string id;        ///< of the library's entry: path, unit of measure and direction; 32 hex digits
};
Identity identity_of(std::string_view level1, const Text& level2, std::string_view name, const Text& unit, Direction direction);
Identity identity_of(const Indicator& indicator);

/// "%" and "％" are one, and so are "KM" and "km".
std::string measure_unit_key(const Text& unit);
/// A target that compares with others of its entry: annual, one number, of a size that arithmetic on it stays exact.
std::optional<Decimal> comparable_target(const Indicator& indicator);
/// "≥95", "95～98", "定性：显著提升": as people read it, without the unit.
std::string target_text(const Indicator& indicator);
/// The same project in another year: the folded name without its year. Empty for an overall table.
std::string table_key_of(const GoalTable& table);
/// What the indicator's own texts say of where its value comes from (数据来源：…, 取值方式：…, 佐证材料：…).
Text stated_evidence(const Indicator& indicator);

/// Single characters and pairs of them, each once: what a search finds names by.
std::vector<std::string> grams_of(std::string_view folded);

}  // namespace jiheng::desks
