// The lists of modifiers that hold for a stretch of a Word binary document ([MS-DOC] 2.6), and what was made of them: a document has a
// handful of different ones, which it writes down again and again.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace jiheng::reading {

/// Those of a piece stand behind a stretch's own. Equal ones give equal properties.
struct WordLists {
  std::string_view own;
  std::string_view of_piece;
  bool operator==(const WordLists&) const = default;
};

/// The value made of lists, for those met lately. The lists' bytes must outlive it.
template <class Value>
class KnownLists {
 public:
  /// The value of lists equal to these, or else `make()`, which is kept; until the next call.
  template <class Make>
  Value& of(const WordLists& lists, Make make) {
    for (Entry* const entry : lately_) {
      if (entry != nullptr && is_same(entry->lists.own, lists.own) && is_same(entry->lists.of_piece, lists.of_piece)) return entry->value;
    }
    if (entries_.empty()) entries_.resize(size);
    Entry& entry = entries_[slot_of(lists)];
    if (!entry.made || entry.lists != lists) {
      entry.value = make();
      entry.made = true;
    }
    entry.lists = lists;
    lately_[next_++ % lately_.size()] = &entry;
    return entry.value;
  }

 private:
  static constexpr std::size_t size = 64;  ///< entries; of two that share one, the later stands
  struct Entry {
    bool made = false;
    WordLists lists;
    Value value{};
  };

  /// Not only equal, but the very bytes.
  static bool is_same(std::string_view a, std::string_view b) { return a.data() == b.data() && a.size() == b.size(); }
  /// Four sums side by side, so that none waits for the other.
  static std::uint64_t mixed(std::uint64_t sum, std::string_view bytes) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    std::uint64_t sums[4] = {sum, sum + 1, sum + 2, sum + 3};
    const auto take = [&](std::uint64_t& one, const char* at) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, sizeof word);
      one = (one ^ word) * odd;
    };
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    for (; end - at >= 32; at += 32) {
      for (int i = 0; i < 4; ++i) take(sums[i], at + 8 * i);
    }
    for (; end - at >= 8; at += 8) take(sums[0], at);
    for (; at != end; ++at) sums[1] = (sums[1] ^ static_cast<unsigned char>(*at)) * odd;
    return ((sums[0] ^ sums[1] >> 32) * odd ^ sums[2] ^ sums[3] >> 32) * odd;
  }
  static std::size_t slot_of(const WordLists& lists) {
    const std::uint64_t own = mixed(lists.own.size(), lists.own);
    return static_cast<std::size_t>((lists.of_piece.empty() ? own : mixed(own, lists.of_piece)) >> 32) & (size - 1);
  }

  std::vector<Entry> entries_;
  std::array<Entry*, 4> lately_{};  ///< a row's cells and its end take turns
  std::size_t next_ = 0;
};

}  // namespace jiheng::reading
