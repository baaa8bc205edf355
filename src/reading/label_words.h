// The synonyms behind labels.h: what the forms of the ministry, the provinces and the counties print for one thing.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/word_map.h"
#include "reading/labels.h"

namespace jiheng::reading {

using HeadWords = WordMap<Label>;
using ColumnWords = WordMap<Column>;

/// The words that mean one thing, parted by spaces.
template <class Meaning>
struct WordGroup {
  Meaning meaning;
  std::string_view words;
};

template <class Meaning>
WordMap<Meaning> words_of(std::span<const WordGroup<Meaning>> groups) {
  std::vector<typename WordMap<Meaning>::Entry> entries;
  for (const WordGroup<Meaning>& group : groups) add_words(entries, group.words, group.meaning);
  return WordMap<Meaning>(std::move(entries));
}

/// By the folded word.
const HeadWords& head_words();
const ColumnWords& column_words();

}  // namespace jiheng::reading
