// When two names are the same name: by folding that a person can follow, never by likeness.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "goals/goal_table.h"
#include "policy/pack.h"

namespace jiheng::auditing {

/// The folded name by which indicators of different tables are matched: without the unit in brackets at its end, without 组织, 开展, 完成 …
/// at its head, with 数量 at its end as 数.
std::string indicator_key(std::string_view name, const Text& unit, const policy::Words& words);

/// What a project is about: 财政业务专网运行及维护专项 → 财政业务专网. Empty where nothing telling is left.
std::string project_core(std::string_view project_name, const policy::Words& words);

/// `name` without the first occurrence of `core`; the name itself where that would leave fewer than two characters, or core is empty.
std::string without(std::string_view name, std::string_view core);

/// What stands between the two texts' common beginning and end.
std::pair<std::string, std::string> differing_part(std::string_view a, std::string_view b);

/// Text or nothing.
inline std::string_view view(const Text& text) {
  return text ? std::string_view(*text) : std::string_view();
}

}  // namespace jiheng::auditing
