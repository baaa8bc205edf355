#include "goals/version_code.h"

#include <cstdint>

#include "base/text.h"

namespace jiheng {
namespace {

// Without those that look like another: 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V.
constexpr std::string_view letters = "34679ACDEFGHJKMNPRTWXY";
constexpr int base = static_cast<int>(letters.size());
constexpr std::size_t length = 12;
constexpr std::size_t longest_revision = 9;

// A letter that is misread alone changes the sum: each weight has no factor in common with the number of letters (22).
constexpr int weights[length] = {1, 3, 5, 7, 9, 13, 15, 17, 19, 21, 1, 3};

int value_of(char c) {
  const std::size_t at = letters.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

/// The last letter, of the others and the revision.
char check_of(std::string_view eleven, std::string_view revision) {
  int sum = 0;
  for (std::size_t i = 0; i < eleven.size(); ++i) sum += weights[i] * value_of(eleven[i]);
  int places = 0;
  for (const char digit : revision) places = (places * 7 + (digit - '0') + 1) % base;
  return letters[static_cast<std::size_t>((sum + places) % base)];
}

std::string put_together(std::string_view revision, std::string_view twelve) {
  std::string code = "JH" + std::string(revision);
  for (std::size_t i = 0; i < length; i += 4) code.append("-").append(twelve.substr(i, 4));
  return code;
}

/// The code whose J stands at `at` of a text without white space, in capitals.
std::optional<std::string> code_at(std::string_view text, std::size_t at) {
  std::string revision;
  std::string twelve;
  at += 2;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') revision.push_back(text[at++]);
  if (revision.empty() || revision.size() > longest_revision || at >= text.size() || text[at] != '-') return std::nullopt;
  for (; at < text.size() && twelve.size() < length; ++at) {
    if (text[at] == '-') continue;
    if (value_of(text[at]) < 0) return std::nullopt;
    twelve.push_back(text[at]);
  }
  if (twelve.size() < length || check_of(std::string_view(twelve).substr(0, length - 1), revision) != twelve.back()) return std::nullopt;
  return put_together(revision, twelve);
}

bool is_dash(char32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D || c == 0x4E00;
}

}  // namespace

std::string version_code(std::string_view content, int revision) {
  std::uint64_t bits = 0;
  for (const char c : content.substr(0, 16)) bits = bits << 4 | static_cast<std::uint64_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  std::string twelve;
  for (std::size_t i = 0; i + 1 < length; ++i, bits /= static_cast<std::uint64_t>(base))
    twelve.push_back(letters[bits % static_cast<std::uint64_t>(base)]);
  const std::string number = std::to_string(revision);
  twelve.push_back(check_of(twelve, number));
  return put_together(number, twelve);
}

std::optional<std::string> version_code_in(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_dash(c))
      plain.push_back('-');
    else if (c > 0x20 && c < 0x7F)
      plain.push_back(static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c));
    else if (c > 0x7F && c != 0xA0 && c != 0x3000)
      plain.push_back('\x01');
  }
  for (std::size_t at = plain.find("JH"); at != std::string::npos; at = plain.find("JH", at + 1)) {
    if (auto code = code_at(plain, at)) return code;
  }
  return std::nullopt;
}

}  // namespace jiheng
