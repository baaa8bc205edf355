#include "reading/cell_texts.h"

#include <cstring>

namespace jiheng::reading {
namespace {

constexpr std::size_t longest_kept = 48;  ///< bytes; longer ones are sentences, which do not come again

template <class Word>
Word load(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// A number of nine bits for a text of one byte or more, by its length and both its ends.
std::size_t slot_of(std::string_view text) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  std::uint64_t front = static_cast<unsigned char>(*begin);
  std::uint64_t back = static_cast<unsigned char>(end[-1]);
  if (text.size() >= sizeof front) {
    front = load<std::uint64_t>(begin);
    back = load<std::uint64_t>(end - sizeof back);
  } else if (text.size() >= sizeof(std::uint32_t)) {
    front = load<std::uint32_t>(begin);
    back = load<std::uint32_t>(end - sizeof(std::uint32_t));
  }
  return static_cast<std::size_t>((front ^ (back + text.size()) * odd) * odd >> 55);
}

}  // namespace

Label CellText::find_label() const {
  const Label label = label_of(text_, traits_);
  label_ = static_cast<std::uint8_t>(label);
  return label;
}

Column CellText::find_column() const {
  const Column column = column_of(text_, traits_);
  column_ = static_cast<std::uint8_t>(column);
  return column;
}

const LevelNames& CellText::find_levels() const {
  levels_ = level_names(text_);
  levels_known_ = true;
  return levels_;
}

CellText& CellTexts::add(std::string_view printed) {
  if (blocks_.empty() || blocks_.back().size() == block_size) blocks_.emplace_back().reserve(block_size);
  CellText& added = blocks_.back().emplace_back();
  added.printed_ = added.text_ = printed;
  added.traits_ = traits_of(printed);
  if (!added.traits_.normal) {
    added.text_ = texts_.normal(printed);
    if (added.text_.data() != printed.data()) added.traits_ = traits_of(added.text_);
  }
  added.levels_known_ = added.traits_.ascii;  // no level is without Chinese words
  return added;
}

const CellText& CellTexts::of(std::string_view printed) {
  if (printed.empty()) return blank_;
  if (printed.size() > longest_kept) return add(printed);
  const CellText*& lately = lately_[slot_of(printed)];
  if (lately == nullptr || lately->printed_ != printed) lately = &add(printed);
  return *lately;
}

}  // namespace jiheng::reading
