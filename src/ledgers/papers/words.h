// Values as a paper of the office writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace jiheng::ledgers {

/// 2026年3月5日.
std::string day_in_words(Date day);
/// "1,234,567.80" of fen.
std::string amount_in_threes(std::int64_t fen);
/// 壹佰贰拾叁万肆仟伍佰陆拾柒元捌角整, of fen; below 0 with 负.
std::string amount_in_capitals(std::int64_t fen);
/// "19.79%" rounded once, half up; none where the whole is 0.
std::optional<std::string> share_in_percent(std::int64_t part, std::int64_t whole);

}  // namespace jiheng::ledgers
