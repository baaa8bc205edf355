// The indicator part of a form: its columns (those of the official form, and those that any indicator needs) and its rows.
#pragma once

#include <string>
#include <string_view>
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
  Field field = Field::level3;
  std::string heading;
  double width = 0;        ///< millimetres
  std::string above = {};  ///< heading over this column and its neighbours with the same one
  bool long_term = false;  ///< shows the row's mid-term indicator
  bool flexible = false;   ///< its width follows its texts
  double least = 0;        ///< millimetres that its numbers need
};

/// What one row of the form shows. At least one of the two is there.
struct IndicatorRow {
  const Indicator* annual = nullptr;
  const Indicator* long_term = nullptr;

  const Indicator& any() const { return annual != nullptr ? *annual : *long_term; }
};

struct IndicatorLayout {
  std::vector<IndicatorColumn> columns;
  std::vector<IndicatorRow> rows;
  bool landscape = false;
};

/// Points into `table`. A mid-term target stands in a column beside the annual one where both differ in nothing else (the form of
/// the provinces), else in columns of its own beside the annual ones (财预〔2015〕88号).
IndicatorLayout lay_indicators(const GoalTable& table);

/// What the cell prints; empty for a null.
std::string printed(const IndicatorRow& row, const IndicatorColumn& column);
Style style_of(const IndicatorRow& row, const IndicatorColumn& column, std::string_view text);

/// The period that a monitoring form's title names: "1-7月"; "" where it names none.
std::string monitored_period(const GoalTable& table);

}  // namespace jiheng::writing
