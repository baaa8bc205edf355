// What a chart of a desk's page shows, worked out of the ledgers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "ledgers/desk/chart.h"
#include "ledgers/ledgers.h"
#include "ledgers/measure.h"

namespace jiheng::ledgers {

struct ChartPoint {
  std::string label;              ///< 3月, 会计信息质量检查, 30天内
  std::optional<Decimal> value;   ///< nothing where there is no figure
  std::string code;               ///< of groups the choice's code, of names the name
  std::optional<Period> period;   ///< what the value is of, to lead down by
  std::optional<Decimal> even;    ///< of a curve: where the line of even spending stands
  std::optional<Decimal> amount;  ///< of a curve what was paid up to then; of arrears what is owed
};

struct Drawing {
  const Chart* chart = nullptr;
  std::string unit;
  std::vector<ChartPoint> points;
  std::vector<std::string> gaps;
};

/// Errors: those of weigh().
Result<Drawing> draw(const Ledgers& ledgers, const Chart& chart, Date today);

/// The execution of the year's budget in per cent up to the ends of its months, beside the share of the year that had passed by then.
Result<std::vector<ChartPoint>> execution_curve(const Ledgers& ledgers, const Measure& paid, const Measure& budget,
                                                const std::string& project, Date today);

}  // namespace jiheng::ledgers
