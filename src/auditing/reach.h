// What a target leaves open: nothing, or everything.
#pragma once

#include "auditing/submission.h"

namespace jiheng::auditing {

/// A number that cannot lie below zero, asked to: "< 0 次".
bool below_zero(const IndicatorView& indicator);
/// A share asked to exceed the whole: "> 100 %".
bool above_whole(const IndicatorView& indicator);
/// A number that cannot lie below zero, asked not to: "≥ 0 次".
bool at_least_nothing(const IndicatorView& indicator);
/// A share asked not to exceed the whole: "≤ 100 %".
bool at_most_whole(const IndicatorView& indicator);

}  // namespace jiheng::auditing
