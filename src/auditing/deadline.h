// Deadlines that stand in a target's text: 2026年12月31日前完成, 2026年6月底前, 2026年内.
#pragma once

#include <optional>
#include <string_view>

namespace jiheng::auditing {

struct Deadline {
  int year = 0;
  int month = 12;
  std::string_view text;  ///< as it stands in the target
};

/// The last date of the text that something is to be done by; nullopt where a year stands for something else (较2025年提升, 2025年底存量).
std::optional<Deadline> last_deadline(std::string_view text);

/// Years that a project runs, from its 实施期 as printed: "2026年", "2026-2028年", "2026年1月至2027年6月".
struct Years {
  int first = 0;
  int last = 0;
};
std::optional<Years> years_of(std::string_view period);

}  // namespace jiheng::auditing
