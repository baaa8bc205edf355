// How alike two names are, in a way a person can follow.
#pragma once

#include <string_view>

namespace jiheng {

/// Dice's coefficient of the character bigrams, in per cent 0..100. Equal texts: 100.
int likeness_percent(std::string_view a, std::string_view b);
/// Least number of characters inserted, deleted or replaced that turns `a` into `b`.
int edit_distance(std::string_view a, std::string_view b);

}  // namespace jiheng
