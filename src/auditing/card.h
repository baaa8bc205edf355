// A rule's card: everything about a rule but its test. Texts for people stand here and nowhere else; {name} in them is filled with the
// finding's arguments. docs/rules.md and GET /rules are made from the cards.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "auditing/finding.h"

namespace jiheng::auditing {

/// One way a rule is broken, and the sentences that say so. Suggestions may be empty.
struct Wording {
  std::string_view variant;  ///< "" where a rule has only one
  std::string_view message;
  std::string_view message_en;
  std::string_view suggestion;
  std::string_view suggestion_en;
};

struct Card {
  std::string_view id;
  Severity severity = Severity::warning;  ///< a finding may be less severe where the explanation says so
  Aspect aspect = Aspect::completeness;
  std::string_view basis;  ///< document number and part, "" where the rule is arithmetic or plain sense
  std::string_view title;
  std::string_view title_en;
  std::string_view explanation;
  std::string_view explanation_en;
  std::array<Wording, 6> wordings{};  ///< unused ones have no message

  const Wording& wording(std::string_view variant) const {
    for (const Wording& each : wordings) {
      if (each.variant == variant) return each;
    }
    return wordings[0];
  }
};

}  // namespace jiheng::auditing
