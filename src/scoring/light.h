// How far an indicator or a budget is on its way through the year → the light that monitoring shows (绩效运行监控, 财预〔2019〕136号).
//
// Bands are parameters of the pack (policy::Monitoring). A target that grows over the year is held against its share of it, any other
// against the whole of it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "goals/goal_table.h"
#include "policy/scoring_parameters.h"
#include "policy/year_parameters.h"

namespace jiheng::scoring {

/// From the least to the most worrying; `none`: nothing was reported, or nothing can be told from it.
enum class Light { none, green, blue, yellow, red };
std::string_view light_code(Light light);  ///< "red"
std::string_view light_name(Light light);  ///< "红灯"; "未填报" for none
std::optional<Light> light_from_code(std::string_view code);

struct Progress {
  Light light = Light::none;
  std::optional<Decimal> percent;  ///< of what was due by then, rounded to the pack's places
  std::string why;                 ///< Chinese, half a sentence with the figures
};

/// Whether the target is reached bit by bit over the year: a number of things, not a share of them, at a level that the pack names.
bool grows(const Indicator& indicator, const policy::Monitoring& rules);

/// `month`: the last one looked at, 1 to 12.
Progress indicator_progress(const Indicator& indicator, int month, const policy::Monitoring& rules,
                            const policy::ScoringParameters& scoring);

/// Amounts of one money unit. A budget of zero has no light.
Progress execution_progress(const Decimal& budget, const Decimal& executed, int month, const policy::Monitoring& rules, int places);

/// How far the growing targets of a table are on their way, in per cent of the whole year, each at most 100; nullopt where it has none.
std::optional<Decimal> goal_progress(std::span<const Indicator> indicators, const policy::Monitoring& rules, int places);

/// Goals and money too far apart: red; green else. nullopt where the pack has no such rule. Both in per cent.
std::optional<Progress> divergence(const Decimal& goals, const Decimal& execution, const policy::Monitoring& rules);

}  // namespace jiheng::scoring
