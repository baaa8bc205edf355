// Text as the forms print it, and as it is compared. All strings are UTF-8.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace jiheng {

/// Any sequence, damaged ones too; what next_code_point() has no quick way for.
char32_t next_code_point_of_any_kind(std::string_view text, std::size_t& at);

/// Decodes one code point at `at` and moves `at` behind it. A damaged sequence yields U+FFFD and moves by one byte.
inline char32_t next_code_point(std::string_view text, std::size_t& at) {
  const char* bytes = text.data() + at;
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (lead < 0x80) {
    ++at;
    return lead;
  }
  if ((lead & 0xF0) == 0xE0 && at + 2 < text.size() && (bytes[1] & 0xC0) == 0x80 && (bytes[2] & 0xC0) == 0x80) {
    const char32_t value =
        (lead & 0x0FU) << 12 | (static_cast<unsigned char>(bytes[1]) & 0x3FU) << 6 | (static_cast<unsigned char>(bytes[2]) & 0x3FU);
    if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) {
      at += 3;
      return value;
    }
  }
  return next_code_point_of_any_kind(text, at);
}
void append_utf8(std::string& out, char32_t code_point);
bool is_valid_utf8(std::string_view text);
/// Number of code points.
std::size_t length_utf8(std::string_view text);

/// Whether a number stands in it, in whatever width: 0-9, ０-９, ①-⑳.
bool holds_digit(std::string_view text);

/// Han characters, and the punctuation and brackets set among them (、。「」（）《》，；： …).
bool is_cjk(char32_t c);

/// The contract's printed form (contracts/goal-tables.md, "Rules of normalising"): full-width letters, digits and ％＞＜＝＋－．／ become
/// half-width; white space between Chinese characters, or beside Chinese punctuation, goes; other runs of white space become one
/// space; ends trimmed. Chinese punctuation and brackets stay as printed.
std::string normalise(std::string_view text);
/// The same without a copy where the text is in its printed form already, which most are; else `room` holds what is returned.
std::string_view normalise(std::string_view text, std::string& room);

/// A key for comparing labels: normalise(), then all white space, all punctuation and brackets with what is in them removed when
/// `drop_brackets`, ASCII lower case.
std::string fold_label(std::string_view text, bool drop_brackets = false);
/// The same into the caller's room, of at least the text's size; a text that is folded already is returned as it is.
std::string_view fold_label(std::string_view text, std::span<char> room, bool drop_brackets);

/// Whether fold_label() gives the text back as it is: Chinese characters without brackets or punctuation, lower-case letters, digits.
bool is_folded(std::string_view text);

std::string_view trim(std::string_view text);
inline bool starts_with(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix);
}
inline bool ends_with(std::string_view text, std::string_view suffix) {
  return text.ends_with(suffix);
}
inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}
std::string replace_all(std::string text, std::string_view from, std::string_view to);

}  // namespace jiheng
