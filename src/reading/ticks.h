// Boxes and ticks: which of the printed choices is meant.
#pragma once

#include <string_view>

#include "reading/text_pool.h"

namespace jiheng::reading {

/// Whether the text of a choice's own column chooses it: √, ☑, 是 …
bool is_tick(std::string_view text);

/// "确定能☑ 有可能□ 完全不可能□" → 确定能, whether boxes lead or follow their words; a text without a tick is as it is; "" where no box, or
/// more than one, is ticked.
std::string_view ticked_choice(std::string_view text, TextPool& texts);

}  // namespace jiheng::reading
