// Cuts a web page into tags and text, in one pass and without ever failing: what is no tag is text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jiheng::reading {

class HtmlTokens {
 public:
  enum class Kind { start, end, text, finish };

  explicit HtmlTokens(std::string_view html) : html_(html) {}

  /// Comments, document types and processing instructions are passed over; so is what stands inside <script>, <style> and their like.
  Kind next();

  /// Of a start or end tag, in lower case: "td", "o:p". Cut to 31 letters.
  std::string_view name() const { return {name_, name_length_}; }
  /// Raw text between tags (see append_unescaped).
  std::string_view text() const { return text_; }
  /// Raw value of the start tag's attribute; name in lower case. Data is nullptr where it has none.
  std::string_view attribute(std::string_view name) const;

  /// All of the start tag's attributes as written.
  std::string_view attributes() const { return attributes_; }

  /// Adds `raw` with its character references resolved.
  static void append_unescaped(std::string& out, std::string_view raw);

 private:
  bool read_tag();
  void skip_raw_text(std::string_view element);
  std::size_t find_quote(char quote, std::size_t from);

  std::string_view html_;
  std::size_t at_ = 0;
  char name_[32] = {};
  std::size_t name_length_ = 0;
  bool closing_ = false;
  bool no_more_[2] = {false, false};  ///< of ' and ", from here to the end: looked for only once
  std::string_view attributes_;
  std::string_view text_;
};

}  // namespace jiheng::reading
