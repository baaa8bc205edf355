// Rich Text Format as tokens: groups, control words with their numbers, text bytes. Never fails.
#pragma once

#include <cstdint>
#include <string_view>

namespace jiheng::reading {

class RtfTokens {
 public:
  enum class Kind { finish, open, close, word, symbol, text };

  explicit RtfTokens(std::string_view bytes) : rest_(bytes) {}

  Kind next();
  /// Of a word: its letters. Of text: the bytes, without line ends; one byte where it was \'xx.
  std::string_view text() const { return text_; }
  char symbol() const { return symbol_; }  ///< of \~ \* \{ …
  bool has_number() const { return has_number_; }
  std::int32_t number() const { return number_; }
  /// Passes over bytes that are no text (\bin).
  void skip(std::size_t bytes) { rest_.remove_prefix(bytes < rest_.size() ? bytes : rest_.size()); }

 private:
  Kind control();

  std::string_view rest_;
  std::string_view text_;
  char symbol_ = 0;
  char byte_ = 0;
  bool has_number_ = false;
  std::int32_t number_ = 0;
};

}  // namespace jiheng::reading
