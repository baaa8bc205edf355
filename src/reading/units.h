// The measurement units that the forms print.
#pragma once

#include <string_view>

#include "reading/text_pool.h"

namespace jiheng::reading {

/// Whether the text is a measurement unit that the forms use (个, 万元, 元/人, 台（套）, %).
bool is_measurement_unit(std::string_view text);
/// As printed, without brackets round all of it, and 百分比 → %: "(度)" → 度, "%(百分比)" → %. Kept in `texts` where it is no part of
/// what is printed.
std::string_view canonical_unit(std::string_view printed, TextPool& texts);

}  // namespace jiheng::reading
