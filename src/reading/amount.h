// Comparators and numbers as forms print them, and the two together: one amount.
#pragma once

#include <optional>
#include <string_view>

#include "goals/views.h"
#include "reading/text_pool.h"

namespace jiheng::reading {

/// A comparator that stands alone: a sign (≥ ＞= <), a word (不低于, 大于等于), 定性, or 无 (qualitative). nullopt for anything else.
std::optional<Comparator> comparator_of(std::string_view printed);

/// A bare number → its decimal string: thousands separators taken out, digits kept ("13,459.00" → "13459.00"). nullopt for anything else.
/// What is not a part of `printed` is kept in `texts`, as in all that follow.
views::Text number_of(std::string_view printed, TextPool& texts);
/// Whether number_of() gives one.
bool is_number(std::string_view printed);
/// number_of(), with a unit of money or a per cent sign behind it allowed and dropped ("95.5%", "350万元").
views::Text amount_of(std::string_view printed, TextPool& texts);
/// Whether amount_of() gives one.
bool reads_as_amount(std::string_view printed);

struct Amount {
  std::optional<Comparator> comparator;
  std::string_view value;
  views::Text unit;
  views::Text upper;  ///< second bound of a range
};

/// A normalised text that is a target and nothing else: [unit] [comparator] number [unit] [comparator word], or a range of two.
std::optional<Amount> whole_amount(std::string_view text, TextPool& texts);

/// Takes a comparator, sign or word, off the front of a normalised text.
std::optional<Comparator> take_comparator(std::string_view& text);

}  // namespace jiheng::reading
