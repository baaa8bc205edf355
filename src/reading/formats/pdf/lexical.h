// What the characters of PDF are to one who takes its text apart.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace jiheng::reading::pdf {

enum CharClass : std::uint8_t { regular, blank, delimiter };

namespace lexical {

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (const char c : {'\0', '\t', '\n', '\f', '\r', ' '}) classes[static_cast<unsigned char>(c)] = blank;
  for (const char c : {'(', ')', '<', '>', '[', ']', '{', '}', '/', '%'}) classes[static_cast<unsigned char>(c)] = delimiter;
  return classes;
}

constexpr std::array<std::int8_t, 256> make_digits() {
  std::array<std::int8_t, 256> digits{};
  for (auto& digit : digits) digit = -1;
  constexpr std::string_view lower = "0123456789abcdef";
  constexpr std::string_view upper = "0123456789ABCDEF";
  for (std::size_t i = 0; i < lower.size(); ++i) {
    digits[static_cast<unsigned char>(lower[i])] = static_cast<std::int8_t>(i);
    digits[static_cast<unsigned char>(upper[i])] = static_cast<std::int8_t>(i);
  }
  return digits;
}

inline constexpr std::array<std::uint8_t, 256> classes = make_classes();
inline constexpr std::array<std::int8_t, 256> hex_digits = make_digits();

}  // namespace lexical

inline std::uint8_t class_of(char c) {
  return lexical::classes[static_cast<unsigned char>(c)];
}

/// 0 to 15; -1 for what is no such digit.
inline int hex_digit(char c) {
  return lexical::hex_digits[static_cast<unsigned char>(c)];
}

/// What a string's escape \n, \r, \t, \b, \f stands for; any other character stands for itself.
inline char unescaped(char c) {
  return c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c == 'b' ? '\b' : c == 'f' ? '\f' : c;
}

}  // namespace jiheng::reading::pdf
