// The synonyms behind labels.h: what the forms of the ministry, the provinces and the counties print for one thing.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_map>

#include "reading/labels.h"

namespace jiheng::reading {

using HeadWords = std::unordered_map<std::string_view, Label>;
using ColumnWords = std::unordered_map<std::string_view, Column>;

/// The words that mean one thing, parted by spaces.
template <class Meaning>
struct WordGroup {
  Meaning meaning;
  std::string_view words;
};

template <class Meaning>
std::unordered_map<std::string_view, Meaning> words_of(std::span<const WordGroup<Meaning>> groups) {
  constexpr std::size_t expected = 1024;
  std::unordered_map<std::string_view, Meaning> map;
  map.reserve(expected);
  for (const WordGroup<Meaning>& group : groups) {
    for (std::string_view rest = group.words; !rest.empty();) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      map.emplace(rest.substr(0, end), group.meaning);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return map;
}

/// By the folded word.
const HeadWords& head_words();
const ColumnWords& column_words();

}  // namespace jiheng::reading
