// A set of words that a text is searched for, such as the shares (合格率, 满意度 …) or the vague words of a rule pack.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiheng::policy {

/// Immutable after building; safe to share between threads.
class WordList {
 public:
  WordList() = default;
  /// Words parted by white space.
  explicit WordList(std::string_view words);

  const std::vector<std::string>& words() const { return words_; }
  bool empty() const { return words_.empty(); }

  /// The word is on the list.
  bool has(std::string_view word) const;
  /// Some word of the list stands in the text.
  bool in(std::string_view text) const { return !find(text).empty(); }
  /// The first word found in the text, the longest of those that begin there; empty where there is none.
  std::string_view find(std::string_view text) const;
  /// The longest word of the list that the text begins with; empty where there is none.
  std::string_view prefix_of(std::string_view text) const;
  /// The longest word of the list that the text ends with; empty where there is none.
  std::string_view suffix_of(std::string_view text) const;
  /// The text with every word of the list put out for `by`.
  std::string replaced(std::string_view text, std::string_view by = {}) const;

 private:
  static std::size_t slot(std::string_view text);

  std::vector<std::string> words_;         ///< longest first
  std::array<std::uint64_t, 64> first_{};  ///< which first characters occur: a filter, so that most places in a text cost one look
};

}  // namespace jiheng::policy
