#include "base/byte_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace jiheng {
namespace {

/// Texts of every length up to a few blocks, of bytes that lie at the bounds of what is asked for.
template <class Check>
void with_texts(std::string_view bytes, Check check) {
  std::mt19937 random(2026);
  for (std::size_t size = 0; size < 70; ++size) {
    for (int i = 0; i < 40; ++i) {
      std::string text(size, bytes[0]);
      // Most of it is one byte, so that both answers are met.
      const unsigned others = static_cast<unsigned>(i) % 4;
      for (unsigned k = 0; k < others && size > 0; ++k) text[random() % size] = bytes[random() % bytes.size()];
      check(text);
    }
  }
}

TEST(ByteRanges, AgreesWithALoopOnEveryLength) {
  using Ranges = ByteRanges<' ' + 1, 0xC1, 0xE4, 0xE9>;
  with_texts("a \x1f\xC1\xC2\xE3\xE4\xE9\xEA\xFF!", [](const std::string& text) {
    const auto naive = std::find_if_not(text.begin(), text.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return (byte > ' ' && byte <= 0xC1) || (byte >= 0xE4 && byte <= 0xE9);
    });
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    EXPECT_EQ(Ranges::has_all(text), naive == text.end()) << text;
    EXPECT_EQ(Ranges::skip(begin, begin, end) - begin, naive - text.begin()) << text;
    std::string copied(text.size() + 1, '#');
    EXPECT_EQ(Ranges::copy_all(text, copied.data()), naive == text.end()) << text;
    if (naive == text.end()) {
      EXPECT_EQ(copied, text + "#");
    }
    EXPECT_EQ(copied.back(), '#') << "nothing is written behind it";
    if (text.size() > 3) {
      const auto later = std::find_if_not(text.begin() + 3, text.end(), Ranges::has);
      EXPECT_EQ(Ranges::skip(begin, begin + 3, end) - begin, later - text.begin()) << text;
    }
  });
}

TEST(HasThree, FindsWhatStandsTogetherAndNothingElse) {
  with_texts("xabcABC", [](const std::string& text) {
    std::string small = text;
    std::transform(small.begin(), small.end(), small.begin(), [](char c) { return static_cast<char>(c | 0x20); });
    EXPECT_EQ((has_letters<'a', 'b', 'c'>(text)), small.find("abc") != std::string::npos) << text;
    EXPECT_EQ((has_three<0, ThreeBytes{'a', 'b', 'c'}, ThreeBytes{'C', 'C', 'B'}>(text)),
              text.find("abc") != std::string::npos || text.find("CCB") != std::string::npos)
        << text;
  });
  for (std::size_t before = 0; before < 40; ++before) {
    const std::string front(before, 'x');
    EXPECT_TRUE((has_character<U'表', U'绩'>(front + "表"))) << before;
    EXPECT_TRUE((has_character<U'表', U'绩'>(front + "绩效"))) << before;
    // The bytes of 表 in another order, and a part of it.
    EXPECT_FALSE((has_character<U'表', U'绩'>(front + "\xA1\xE8\xA8"))) << before;
    EXPECT_FALSE((has_character<U'表', U'绩'>(front + "\xE8\xA1"))) << before;
  }
}

}  // namespace
}  // namespace jiheng
