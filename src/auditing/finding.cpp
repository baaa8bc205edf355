#include "auditing/finding.h"

#include <array>

namespace jiheng::auditing {

std::string_view severity_code(Severity severity) {
  static constexpr std::array<std::string_view, 3> codes = {"error", "warning", "hint"};
  return codes[static_cast<std::size_t>(severity)];
}

std::string_view aspect_name(Aspect aspect) {
  static constexpr std::array<std::string_view, 4> names = {"完整性", "相关性", "适当性", "可行性"};
  return names[static_cast<std::size_t>(aspect)];
}

std::string_view grade_name(Grade grade) {
  static constexpr std::array<std::string_view, 4> names = {"优", "良", "中", "差"};
  return names[static_cast<std::size_t>(grade)];
}

}  // namespace jiheng::auditing
