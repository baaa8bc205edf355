#include "policy/word_list.h"

#include <algorithm>

#include "base/text.h"

namespace jiheng::policy {
namespace {

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

WordList::WordList(std::string_view words) {
  const auto space = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  for (std::size_t at = 0; at < words.size();) {
    while (at < words.size() && space(words[at])) ++at;
    const std::size_t begin = at;
    while (at < words.size() && !space(words[at])) ++at;
    if (at > begin) words_.emplace_back(words.substr(begin, at - begin));
  }
  std::sort(words_.begin(), words_.end(),
            [](const std::string& a, const std::string& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
  for (const std::string& word : words_) first_[slot(word) / 64] |= std::uint64_t{1} << slot(word) % 64;
}

/// By the first two bytes of three: Chinese characters spread well over 4096 slots.
std::size_t WordList::slot(std::string_view text) {
  std::size_t hash = static_cast<unsigned char>(text[0]);
  if (text.size() > 2) hash = hash * 961 + std::size_t{31} * static_cast<unsigned char>(text[1]) + static_cast<unsigned char>(text[2]);
  return text.size() > 2 ? hash % 4096 : static_cast<unsigned char>(text[0]);
}

bool WordList::has(std::string_view word) const {
  return std::find(words_.begin(), words_.end(), word) != words_.end();
}

std::string_view WordList::prefix_of(std::string_view text) const {
  if (text.empty()) return {};
  const auto known = [&](std::size_t s) { return (first_[s / 64] >> s % 64 & 1) != 0; };
  // A word of one or two bytes is filed under its first byte alone.
  if (!known(slot(text)) && !known(static_cast<unsigned char>(text[0]))) return {};
  for (const std::string& word : words_) {
    if (starts_with(text, word)) return word;
  }
  return {};
}

std::string_view WordList::suffix_of(std::string_view text) const {
  for (const std::string& word : words_) {
    if (ends_with(text, word)) return word;
  }
  return {};
}

std::string_view WordList::find(std::string_view text) const {
  if (words_.empty()) return {};
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (continues(text[at])) continue;
    if (const auto word = prefix_of(text.substr(at)); !word.empty()) return word;
  }
  return {};
}

std::string WordList::replaced(std::string_view text, std::string_view by) const {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto word = continues(text[at]) ? std::string_view() : prefix_of(text.substr(at));
    if (word.empty()) {
      out.push_back(text[at++]);
    } else {
      out += by;
      at += word.size();
    }
  }
  return out;
}

}  // namespace jiheng::policy
