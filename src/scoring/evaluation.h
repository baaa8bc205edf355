// What `jiheng score` is given: a goal table with what became of its indicators. Texts as they came; whoever computes parses them, so that
// a refusal can name the indicator.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "goals/goal_table.h"
#include "policy/scoring_parameters.h"

namespace jiheng::scoring {

struct EvaluatedIndicator {
  std::string level1;
  std::string name;
  Comparator comparator = Comparator::none;
  Text value;
  Text upper;
  Text weight;
  Text actual;
  Text judged_percent;
  bool not_applicable = false;
  std::optional<policy::Direction> direction;
};

struct EvaluatedTable {
  std::string name;  ///< the project's, else the unit's or the title: what a message calls the table
  std::vector<EvaluatedIndicator> indicators;
  Text budget;
  Text executed;
};

/// The target of a table's row and the actual value that stands there; nothing is judged yet.
EvaluatedIndicator evaluated(const Indicator& row);

/// `json`: an array of tables, or one table (contract: scoring). Errors: json-syntax, json-shape, json-repeated-name, too-large; the
/// message says where.
Result<std::vector<EvaluatedTable>> tables_from_json(std::string_view json);

}  // namespace jiheng::scoring
