#include "reading/formats/pdf/value_parser.h"

#include <algorithm>

#include "reading/formats/pdf/lexical.h"

namespace jiheng::reading::pdf {
namespace {

constexpr int deepest = 64;
constexpr int most_digits = 15;  // as many a double holds exactly
constexpr double tenths[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

Value text_value(Value::Kind kind, const char* text, std::size_t size) {
  Value value;
  value.kind = kind;
  value.count = static_cast<std::uint32_t>(size);
  value.text = text;
  return value;
}

}  // namespace

ValueParser::ValueParser(std::string_view bytes, std::size_t at, ValueRoom& room)
    : start_(bytes.data()), at_(bytes.data() + std::min(at, bytes.size())), end_(bytes.data() + bytes.size()), room_(room) {}

void ValueParser::skip_blanks() {
  for (; at_ < end_; ++at_) {
    if (*at_ == '%') {
      while (at_ < end_ && *at_ != '\n' && *at_ != '\r') ++at_;
      if (at_ == end_) return;
    } else if (class_of(*at_) != blank) {
      return;
    }
  }
}

bool ValueParser::word(std::string_view word) {
  skip_blanks();
  const std::string_view left(at_, static_cast<std::size_t>(end_ - at_));
  if (!left.starts_with(word) || (left.size() > word.size() && class_of(left[word.size()]) == regular)) return false;
  at_ += word.size();
  return true;
}

bool ValueParser::whole(std::int64_t& number) {
  skip_blanks();
  const char* from = at_;
  std::int64_t value = 0;
  for (; at_ < end_ && is_digit(*at_); ++at_) {
    if (at_ - from >= most_digits) return false;
    value = value * 10 + (*at_ - '0');
  }
  number = value;
  return at_ > from && (at_ == end_ || class_of(*at_) != regular);
}

bool ValueParser::value(Value& out, int depth, bool in_array) {
  skip_blanks();
  if (at_ == end_ || depth > deepest) return false;
  switch (*at_) {
    case '/':
      return name(out);
    case '(':
      return literal_string(out);
    case '[':
      return array(out, depth);
    case '<':
      return at_ + 1 < end_ && at_[1] == '<' ? dictionary(out, depth) : hex_string(out);
    case 't':
    case 'f':
      out.kind = Value::Kind::boolean;
      out.whole = *at_ == 't';
      return word(*at_ == 't' ? "true" : "false");
    case 'n':
      out.kind = Value::Kind::null;
      return word("null");
    default:
      return (!in_array && reference(out)) || number(out);
  }
}

/// "12 0 R": looked for where a whole number stands; arrays, which hold many, look back from the R.
bool ValueParser::reference(Value& out) {
  const char* const from = at_;
  if (!is_digit(*at_)) return false;
  std::int64_t number = 0;
  std::int64_t generation = 0;
  const bool found = whole(number) && number < INT32_MAX && whole(generation) && generation <= 65535 && word("R");
  if (!found) {
    at_ = from;
    return false;
  }
  out.kind = Value::Kind::reference;
  out.reference = {static_cast<std::int32_t>(number), static_cast<std::int32_t>(generation)};
  return true;
}

bool ValueParser::number(Value& out) {
  const bool negative = *at_ == '-';
  if (negative || *at_ == '+') ++at_;
  std::int64_t digits = 0;
  int count = 0;
  int places = -1;
  for (; at_ < end_ && class_of(*at_) == regular; ++at_) {
    if (*at_ == '.' && places < 0) {
      places = 0;
    } else if (is_digit(*at_)) {
      // Digits behind those that a double holds are of no weight behind a point; before it no file has them.
      if (++count > most_digits) {
        if (places < 0) return false;
        continue;
      }
      digits = digits * 10 + (*at_ - '0');
      places += places >= 0;
    } else {
      return false;
    }
  }
  if (count == 0) return false;
  if (negative) digits = -digits;
  out.kind = places < 0 ? Value::Kind::integer : Value::Kind::real;
  if (places < 0)
    out.whole = digits;
  else
    out.real = static_cast<double>(digits) / tenths[places];
  return true;
}

bool ValueParser::name(Value& out) {
  const char* const from = ++at_;
  bool escaped = false;
  for (; at_ < end_ && class_of(*at_) == regular; ++at_) {
    if (static_cast<unsigned char>(*at_) < 0x21) return false;
    escaped |= *at_ == '#';
  }
  const auto size = static_cast<std::size_t>(at_ - from);
  if (!escaped) {
    out = text_value(Value::Kind::name, from, size);
    return true;
  }
  char* const text = room_.characters(size);
  if (text == nullptr) return false;
  char* to = text;
  for (const char* p = from; p < at_; ++p) {
    if (*p != '#') {
      *to++ = *p;
      continue;
    }
    if (at_ - p < 3 || hex_digit(p[1]) < 0 || hex_digit(p[2]) < 0) return false;
    *to++ = static_cast<char>(hex_digit(p[1]) << 4 | hex_digit(p[2]));
    p += 2;
  }
  out = text_value(Value::Kind::name, text, static_cast<std::size_t>(to - text));
  return true;
}

bool ValueParser::literal_string(Value& out) {
  const char* const from = ++at_;
  bool plain = true;
  int depth = 1;
  for (; at_ < end_; ++at_) {
    if (*at_ == '\\') {
      plain = false;
      if (++at_ == end_) return false;
    } else if (*at_ == '(') {
      ++depth;
    } else if (*at_ == ')' && --depth == 0) {
      break;
    }
    plain &= *at_ != '\r';
  }
  if (at_ == end_) return false;
  const char* const end = at_++;
  if (plain) {
    out = text_value(Value::Kind::string, from, static_cast<std::size_t>(end - from));
    return true;
  }
  char* const text = room_.characters(static_cast<std::size_t>(end - from));
  if (text == nullptr) return false;
  char* to = text;
  for (const char* p = from; p < end;) {
    char c = *p++;
    const bool escape = c == '\\';
    if (escape) c = *p++;
    if (c == '\r' || (escape && c == '\n')) {
      if (c == '\r' && p < end && *p == '\n') ++p;
      if (escape) continue;
      c = '\n';
    } else if (escape && c >= '0' && c <= '7') {
      int value = c - '0';
      for (int i = 0; i < 2 && p < end && *p >= '0' && *p <= '7'; ++i) value = value * 8 + (*p++ - '0');
      c = static_cast<char>(value);
    } else if (escape) {
      c = unescaped(c);
    }
    *to++ = c;
  }
  out = text_value(Value::Kind::string, text, static_cast<std::size_t>(to - text));
  return true;
}

bool ValueParser::hex_string(Value& out) {
  const char* const from = ++at_;
  while (at_ < end_ && *at_ != '>') ++at_;
  if (at_ == end_) return false;
  char* const text = room_.characters(static_cast<std::size_t>(at_ - from) / 2 + 1);
  if (text == nullptr) return false;
  char* to = text;
  int high = -1;
  for (const char* p = from; p < at_; ++p) {
    const int digit = hex_digit(*p);
    if (digit < 0 && class_of(*p) != blank) return false;
    if (digit < 0) continue;
    if (high >= 0) *to++ = static_cast<char>(high << 4 | digit);
    high = high >= 0 ? -1 : digit;
  }
  if (high >= 0) *to++ = static_cast<char>(high << 4);
  ++at_;
  out = text_value(Value::Kind::string, text, static_cast<std::size_t>(to - text));
  return true;
}

bool ValueParser::array(Value& out, int depth) {
  const std::size_t first = open_.size();
  ++at_;
  for (;;) {
    skip_blanks();
    if (at_ == end_) return false;
    if (*at_ == ']') break;
    if (*at_ == 'R') {
      if (open_.size() < first + 2 || !word("R") || !refer(open_[open_.size() - 2], open_.back())) return false;
      open_.pop_back();
      continue;
    }
    Value item;
    if (!room_.fits(open_.size()) || !value(item, depth + 1, true)) return false;
    open_.push_back(item);
  }
  ++at_;
  return keep(out, Value::Kind::array, first);
}

/// Makes the number and generation a reference.
bool ValueParser::refer(Value& number, const Value& generation) {
  if (number.kind != Value::Kind::integer || generation.kind != Value::Kind::integer || number.whole < 0 || number.whole >= INT32_MAX ||
      generation.whole < 0 || generation.whole > 65535)
    return false;
  const Reference reference{static_cast<std::int32_t>(number.whole), static_cast<std::int32_t>(generation.whole)};
  number.kind = Value::Kind::reference;
  number.reference = reference;
  return true;
}

bool ValueParser::dictionary(Value& out, int depth) {
  const std::size_t first = open_.size();
  at_ += 2;
  for (;;) {
    skip_blanks();
    if (end_ - at_ < 2) return false;
    if (at_[0] == '>' && at_[1] == '>') break;
    Value key;
    Value item;
    if (!room_.fits(open_.size()) || *at_ != '/' || !name(key) || !value(item, depth + 1)) return false;
    open_.push_back(key);
    open_.push_back(item);
  }
  at_ += 2;
  if (!keep(out, Value::Kind::dictionary, first)) return false;
  out.count /= 2;
  return true;
}

bool ValueParser::keep(Value& out, Value::Kind kind, std::size_t first) {
  const std::size_t count = open_.size() - first;
  Value* const parts = room_.values(count);
  if (parts == nullptr) return false;
  std::copy(open_.begin() + static_cast<std::ptrdiff_t>(first), open_.end(), parts);
  open_.resize(first);
  out.kind = kind;
  out.count = static_cast<std::uint32_t>(count);
  out.parts = parts;
  return true;
}

}  // namespace jiheng::reading::pdf
