#include "reading/formats/pdf/cmap_parser.h"

#include <array>
#include <cstddef>
#include <string>

namespace jiheng::reading::pdf {

void CMapSink::code_space(int, std::uint32_t, std::uint32_t) {}
void CMapSink::cid_range(int, std::uint32_t, std::uint32_t, std::uint32_t) {}
void CMapSink::unicode_range(int, std::uint32_t, std::uint32_t, std::string_view) {}
void CMapSink::use(std::string_view) {}
void CMapSink::writing_mode(int) {}

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

bool is_delimiter(char c) {
  return c == '<' || c == '>' || c == '[' || c == ']' || c == '/' || c == '%' || c == '(' || c == ')' || c == '{' || c == '}';
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Kind { end, code, number, name, word, open, close, other };

/// A token; `bytes` of a code are its decoded bytes, good until the slot is used again.
struct Token {
  Kind kind = Kind::end;
  std::string_view text;
  std::string bytes;
  std::int64_t number = 0;

  std::uint32_t value() const {
    std::uint32_t result = 0;
    for (const char c : bytes) result = result << 8 | static_cast<unsigned char>(c);
    return result;
  }
  bool is_code() const { return kind == Kind::code && !bytes.empty() && bytes.size() <= 4; }
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  void next(Token& token) {
    skip_blank();
    token.bytes.clear();
    if (at_ >= text_.size()) {
      token.kind = Kind::end;
      return;
    }
    const char c = text_[at_];
    if (c == '<') return code(token);
    if (c == '[' || c == ']') {
      ++at_;
      token.kind = c == '[' ? Kind::open : Kind::close;
      return;
    }
    if (c == '(') return literal(token);
    const std::size_t from = c == '/' ? ++at_ : at_;
    while (at_ < text_.size() && !is_space(text_[at_]) && !is_delimiter(text_[at_])) ++at_;
    token.text = text_.substr(from, at_ - from);
    token.kind = c == '/' ? Kind::name : Kind::word;
    if (at_ == from && c != '/') {
      ++at_;
      token.kind = Kind::other;
    }
    if (token.kind == Kind::word) number(token);
  }

 private:
  void skip_blank() {
    while (at_ < text_.size()) {
      if (text_[at_] == '%') {
        while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
      } else if (is_space(text_[at_])) {
        ++at_;
      } else {
        return;
      }
    }
  }

  void code(Token& token) {
    ++at_;
    token.kind = Kind::other;
    if (at_ < text_.size() && text_[at_] == '<') {
      ++at_;
      return;
    }
    token.kind = Kind::code;
    int high = -1;
    for (; at_ < text_.size() && text_[at_] != '>'; ++at_) {
      const int digit = hex_digit(text_[at_]);
      if (digit < 0) continue;
      if (high < 0) {
        high = digit;
      } else {
        token.bytes.push_back(static_cast<char>(high << 4 | digit));
        high = -1;
      }
    }
    if (high >= 0) token.bytes.push_back(static_cast<char>(high << 4));
    if (at_ < text_.size()) ++at_;
  }

  void literal(Token& token) {
    token.kind = Kind::other;
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '(') {
        ++depth;
      } else if (text_[at_] == ')' && --depth == 0) {
        break;
      }
    }
    if (at_ < text_.size()) ++at_;
  }

  static void number(Token& token) {
    std::size_t at = 0;
    const bool negative = token.text[0] == '-';
    if (negative) ++at;
    if (at == token.text.size() || token.text.size() > 12) return;
    std::int64_t value = 0;
    for (; at < token.text.size(); ++at) {
      if (token.text[at] < '0' || token.text[at] > '9') return;
      value = value * 10 + (token.text[at] - '0');
    }
    token.kind = Kind::number;
    token.number = negative ? -value : value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

class Parser {
 public:
  Parser(std::string_view text, CMapSink& sink) : scanner_(text), sink_(sink) {}

  void run() {
    for (;;) {
      scanner_.next(token_);
      if (token_.kind == Kind::end) return;
      if (token_.kind == Kind::name) {
        name_ = token_.text;
      } else if (token_.kind == Kind::number) {
        number_ = token_.number;
      } else if (token_.kind == Kind::word) {
        word(token_.text);
      }
    }
  }

 private:
  void word(std::string_view text) {
    if (text == "begincodespacerange") return code_spaces();
    if (text == "begincidrange") return cids(true);
    if (text == "begincidchar") return cids(false);
    if (text == "beginbfrange") return unicode_ranges();
    if (text == "beginbfchar") return unicode_chars();
    if (text == "usecmap") sink_.use(name_);
    if (text == "def" && name_ == "WMode") sink_.writing_mode(number_ == 1 ? 1 : 0);
  }

  bool next_code(Token& token) {
    scanner_.next(token);
    return token.is_code();
  }

  void code_spaces() {
    while (next_code(first_) && next_code(last_)) sink_.code_space(static_cast<int>(first_.bytes.size()), first_.value(), last_.value());
  }

  void cids(bool ranges) {
    while (next_code(first_)) {
      if (ranges && !next_code(last_)) return;
      scanner_.next(token_);
      if (token_.kind != Kind::number || token_.number < 0 || token_.number > 0xFFFF) return;
      const std::uint32_t from = first_.value();
      const std::uint32_t to = ranges ? last_.value() : from;
      if (to >= from) sink_.cid_range(static_cast<int>(first_.bytes.size()), from, to, static_cast<std::uint32_t>(token_.number));
    }
  }

  void unicode_chars() {
    while (next_code(first_)) {
      scanner_.next(token_);
      if (token_.kind == Kind::code)
        sink_.unicode_range(static_cast<int>(first_.bytes.size()), first_.value(), first_.value(), token_.bytes);
      else if (token_.kind != Kind::name)
        return;
    }
  }

  void unicode_ranges() {
    while (next_code(first_) && next_code(last_)) {
      const std::uint32_t from = first_.value();
      const std::uint32_t to = last_.value();
      const int bytes = static_cast<int>(first_.bytes.size());
      scanner_.next(token_);
      if (token_.kind == Kind::code) {
        if (to >= from) sink_.unicode_range(bytes, from, to, token_.bytes);
        continue;
      }
      if (token_.kind != Kind::open) return;
      std::uint32_t code = from;
      for (scanner_.next(token_); token_.kind == Kind::code; scanner_.next(token_), ++code) {
        if (code >= from && code <= to) sink_.unicode_range(bytes, code, code, token_.bytes);
      }
      if (token_.kind == Kind::end) return;
    }
  }

  Scanner scanner_;
  CMapSink& sink_;
  Token token_;
  Token first_;
  Token last_;
  std::string_view name_;
  std::int64_t number_ = 0;
};

}  // namespace

void parse_cmap(std::string_view text, CMapSink& sink) {
  Parser(text, sink).run();
}

}  // namespace jiheng::reading::pdf
