// Where a figure will stand at the year's end, and by which method that was worked out.
#pragma once

#include <optional>
#include <string>

#include "desks/performance/figures.h"
#include "goals/goal_table.h"
#include "policy/year_parameters.h"

namespace jiheng::desks {

struct Forecast {
  std::string value;
  std::string method;  ///< Chinese, a short sentence with its figures
};

/// Of a measured figure. What adds up month by month goes on as last year's same months did, or else at its own monthly mean; what does not
/// (a rate, a number on a day) stays where it is. Errors: those of ledgers::figure_of().
Result<std::optional<Forecast>> forecast_of(const ledgers::Measure& measure, const std::string& project, const Decimal& actual, int year,
                                            int month, Figures& figures);

/// Of a figure that was reported: at its monthly mean where the target grows over the year, else as it is.
std::optional<Forecast> forecast_of(const Indicator& indicator, int month, const policy::Monitoring& rules);

/// At its monthly mean, to the cent, no more than `most` where that is given.
Forecast even_forecast(const Decimal& actual, int month, const std::optional<Decimal>& most = {});

}  // namespace jiheng::desks
