#include "reading/encoding.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/text.h"

namespace jiheng::reading {
namespace {

/// One character after the other.
std::size_t first_invalid_slowly(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    if (next_code_point(text, at) == 0xFFFD && text.substr(before, 3) != "\xEF\xBF\xBD") return before;
  }
  return std::string_view::npos;
}

TEST(Encoding, TheFirstInvalidByteIsFoundWhereverItStands) {
  std::mt19937 random(2026);
  const auto below = [&](unsigned bound) { return static_cast<unsigned>(random() % bound); };
  // Bounds of the ranges that UTF-8 is made of, and what lies beside them.
  constexpr std::string_view bytes = "\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED\xEE\xEF\xF0\xF1\xF4\xF5\xFF";
  const std::vector<std::string> characters = {"a", "9", "é", "绩", "效", "，", "％", "\xED\x9F\xBF", "\xE0\xA0\x80", "𠮷", "\xEF\xBF\xBD"};
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (unsigned k = below(40); k > 0; --k) text += characters[below(5) != 0 ? 3 : below(static_cast<unsigned>(characters.size()))];
    const unsigned damages = below(3);
    for (unsigned k = 0; k < damages && !text.empty(); ++k) text[below(static_cast<unsigned>(text.size()))] = bytes[below(22)];
    if (below(4) == 0 && !text.empty()) text.resize(text.size() - 1);
    ASSERT_EQ(first_invalid_utf8(text), first_invalid_slowly(text)) << i << ": " << text;
  }
}

}  // namespace
}  // namespace jiheng::reading
