// Basic figures of a department → rates and points, by a pack's table of a whole department (部门整体支出绩效评价指标表).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/result.h"
#include "policy/year_parameters.h"

namespace jiheng::scoring {

struct OverallScore {
  std::optional<Decimal> rate;  ///< per cent, rounded; null where nothing was built
  Decimal points;
};

/// Only whole steps beyond the limit cost points, of the exact rate. Errors: judged-item, figure-missing, no-denominator, number-too-long.
Result<OverallScore> score_overall(const policy::OverallItem& item, std::span<const std::pair<std::string, Decimal>> figures);

}  // namespace jiheng::scoring
