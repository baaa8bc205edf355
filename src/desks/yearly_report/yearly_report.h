// 年度预算绩效管理工作情况报告: the year's figures as a document of the bureau, with charts, every figure under its own name and with its
// source in the annex.
#pragma once

#include "desks/performance/official_texts.h"
#include "desks/yearly_report/yearly_figures.h"

namespace jiheng::desks {

/// Error: official-text.
Result<OfficialMade> yearly_report(registry::Registry& registry, const YearlyFigures& figures);

}  // namespace jiheng::desks
