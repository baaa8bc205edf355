// A fixed vocabulary: word → meaning. Made once, asked for every cell of every document, and most cells are none of its words: a miss
// costs a look at the text's ends.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace jiheng {

template <class Meaning>
class WordMap {
 public:
  using Entry = std::pair<std::string_view, Meaning>;

  /// The words must outlive the map. Of a word given twice the first meaning stands.
  explicit WordMap(std::vector<Entry> entries) : entries_(std::move(entries)) {
    while (slots_.size() < entries_.size() * sparse) slots_.resize(std::max<std::size_t>(slots_.size() * 2, 64));
    for (std::size_t index = 0; index < entries_.size(); ++index) {
      const std::string_view word = entries_[index].first;
      begins_.set(begin_of(word));
      longest_ = std::max(longest_, word.size());
      std::size_t slot = hash(word) & (slots_.size() - 1);
      while (slots_[slot] != 0 && entries_[slots_[slot] - 1U].first != word) slot = (slot + 1) & (slots_.size() - 1);
      if (slots_[slot] == 0) slots_[slot] = static_cast<std::uint16_t>(index + 1);
    }
  }

  const Meaning* find(std::string_view text) const {
    if (text.size() > longest_) return nullptr;
    for (std::size_t slot = hash(text) & (slots_.size() - 1); slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
      const Entry& entry = entries_[slots_[slot] - 1U];
      if (entry.first == text) return &entry.second;
    }
    return nullptr;
  }
  bool contains(std::string_view text) const { return find(text) != nullptr; }

  /// Whether a word may begin with the text's first three bytes, which are one Chinese character. Never false for one that does.
  bool may_begin(std::string_view text) const { return begins_.test(begin_of(text)); }

 private:
  static constexpr std::size_t sparse = 4;  ///< slots a word: a miss ends at its first slot nearly always

  /// Words differ at their ends and in their lengths.
  static std::size_t hash(std::string_view text) {
    const std::size_t length = std::min<std::size_t>(text.size(), 8);
    std::uint64_t front = 0;
    std::uint64_t back = 0;
    std::memcpy(&front, text.data(), length);
    std::memcpy(&back, text.data() + text.size() - length, length);
    const std::uint64_t mixed = (front ^ text.size()) * 0x9E3779B97F4A7C15U ^ back * 0xC2B2AE3D27D4EB4FU;
    return static_cast<std::size_t>((mixed * 0x9E3779B97F4A7C15U) >> 32);
  }
  static std::size_t begin_of(std::string_view text) {
    std::uint32_t front = 0;
    std::memcpy(&front, text.data(), std::min<std::size_t>(text.size(), 3));
    return (front * 0x9E3779B1U) >> 20;
  }

  std::vector<Entry> entries_;
  std::vector<std::uint16_t> slots_;  ///< index + 1 into entries_; 0: free
  std::bitset<4096> begins_;
  std::size_t longest_ = 0;
};

/// Adds the words, which spaces part, with one meaning.
template <class Meaning>
void add_words(std::vector<std::pair<std::string_view, Meaning>>& entries, std::string_view words, Meaning meaning) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    entries.emplace_back(words.substr(0, end), meaning);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

}  // namespace jiheng
