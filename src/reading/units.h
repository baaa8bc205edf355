// The measurement units that the forms print.
#pragma once

#include <string>
#include <string_view>

namespace jiheng::reading {

/// Whether the text is a measurement unit that the forms use (个, 万元, 元/人, 台（套）, %).
bool is_measurement_unit(std::string_view text);
/// As printed, without brackets round all of it, and 百分比 → %: "(度)" → 度, "%(百分比)" → %.
std::string canonical_unit(std::string_view printed);

}  // namespace jiheng::reading
