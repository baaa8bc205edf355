#include "reading/formats/rtf_tokens.h"

#include <algorithm>

namespace jiheng::reading {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int hexadecimal(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

RtfTokens::Kind RtfTokens::next() {
  while (!rest_.empty() && (rest_[0] == '\r' || rest_[0] == '\n' || rest_[0] == '\0')) rest_.remove_prefix(1);
  if (rest_.empty()) return Kind::finish;
  switch (rest_[0]) {
    case '{':
      rest_.remove_prefix(1);
      return Kind::open;
    case '}':
      rest_.remove_prefix(1);
      return Kind::close;
    case '\\':
      rest_.remove_prefix(1);
      return control();
    default:
      break;
  }
  const std::size_t end = std::min(rest_.find_first_of(std::string_view("{}\\\r\n\0", 6)), rest_.size());
  text_ = rest_.substr(0, end);
  rest_.remove_prefix(end);
  return Kind::text;
}

RtfTokens::Kind RtfTokens::control() {
  has_number_ = false;
  number_ = 0;
  if (rest_.empty()) return Kind::finish;
  if (!is_letter(rest_[0])) {
    symbol_ = rest_[0];
    rest_.remove_prefix(1);
    if (symbol_ != '\'') return Kind::symbol;
    const int high = rest_.empty() ? -1 : hexadecimal(rest_[0]);
    const int low = rest_.size() < 2 ? -1 : hexadecimal(rest_[1]);
    if (high < 0 || low < 0) return Kind::symbol;
    rest_.remove_prefix(2);
    byte_ = static_cast<char>(high * 16 + low);
    text_ = {&byte_, 1};
    return Kind::text;
  }
  std::size_t end = 0;
  while (end < rest_.size() && is_letter(rest_[end]) && end < 40) ++end;
  text_ = rest_.substr(0, end);
  const bool negative = end < rest_.size() && rest_[end] == '-';
  if (negative) ++end;
  std::int64_t number = 0;
  for (; end < rest_.size() && is_digit(rest_[end]); ++end) {
    has_number_ = true;
    number = std::min<std::int64_t>(number * 10 + (rest_[end] - '0'), INT32_MAX);
  }
  number_ = static_cast<std::int32_t>(negative ? -number : number);
  if (end < rest_.size() && rest_[end] == ' ') ++end;
  rest_.remove_prefix(end);
  return Kind::word;
}

}  // namespace jiheng::reading
