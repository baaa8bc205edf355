// What a figure cannot prove: months that nobody reported, records that lack what the measure needs.
#pragma once

#include <vector>

#include "ledgers/measure.h"
#include "ledgers/measure_query.h"

namespace jiheng::ledgers {

/// Months of the period that no report covers; the reports themselves into `used`, where it is given.
void ask_months(const MeasureQuery& query, store::Connection& connection, Figure& figure, std::vector<Used>* used);
/// How many records each need that leaves a gap left out. `kept`: out of the sums by day.
void ask_gaps(const MeasureQuery& query, store::Connection& connection, Figure& figure, bool kept);

}  // namespace jiheng::ledgers
