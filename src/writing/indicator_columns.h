// Which columns the indicator part of a form has: those of the official form, and those that any indicator needs.
#pragma once

#include <string>
#include <vector>

#include "goals/goal_table.h"
#include "writing/form.h"

namespace jiheng::writing {

enum class Field {
  frame,  ///< the narrow column on the left: 本年度绩效指标
  level1,
  level2,
  level3,
  comparator,
  long_term_value,
  value,
  unit,
  weight,
  actual,
  score,
  forecast,
  cause,
  likelihood,
  deviation,
  explanation,
  scoring_rule,
  note,
};

struct IndicatorColumn {
  Field field;
  std::string heading;
  double width;  ///< millimetres, to be scaled to the page
  Style style;
};

std::vector<IndicatorColumn> indicator_columns(const GoalTable& table);
/// What stands in the column for this indicator; nullptr for an empty cell.
const std::string* printed_in(const Indicator& indicator, const IndicatorColumn& column);
/// The target as its cell prints it: "95", "95-98", or the text.
std::string printed_value(const Indicator& indicator);

}  // namespace jiheng::writing
