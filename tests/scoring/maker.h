// Tables with actuals, short to write.
#pragma once

#include <initializer_list>
#include <string>

#include "policy/pack.h"
#include "scoring/score.h"
#include "scoring/weights.h"

namespace jiheng::scoring {

inline EvaluatedIndicator indicator(std::string level1, Comparator comparator, Text value, Text actual, Text weight = {}) {
  EvaluatedIndicator made;
  made.level1 = std::move(level1);
  made.name = "指标";
  made.comparator = comparator;
  made.value = std::move(value);
  made.actual = std::move(actual);
  made.weight = std::move(weight);
  return made;
}

inline EvaluatedTable table(std::initializer_list<EvaluatedIndicator> indicators) {
  EvaluatedTable made;
  made.name = "道路养护";
  made.indicators = indicators;
  made.budget = "100";
  made.executed = "100";
  return made;
}

inline const policy::ScoringParameters& rules(const char* pack = "cn-2020") {
  return (*policy::find_pack(pack))->scoring;
}

}  // namespace jiheng::scoring
