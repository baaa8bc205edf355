// Slips of the pen that can be told from the text alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jiheng::auditing {

struct Slip {
  std::string_view kind;  ///< dangling, doubled-word, doubled-mark
  std::string word;       ///< what is doubled or dangles
  std::string excerpt;    ///< a few characters round it
};

/// The first slip of the text. Linear in its length.
std::optional<Slip> first_slip(std::string_view text);

}  // namespace jiheng::auditing
