#include "reading/formats/pdf/content_scanner.h"

#include <cstring>

#include "reading/formats/pdf/lexical.h"

namespace jiheng::reading::pdf {
namespace {

constexpr std::size_t most_operands = 100000;
constexpr std::uint32_t inline_image = operator_code("ID");
constexpr std::uint64_t most_digits = 100000000000;
constexpr std::uint64_t huge = 1000000000000;
constexpr int most_places = 13;
constexpr int longest_short = 12;  // characters
constexpr float decimals[] = {1.F, 1e-1F, 1e-2F, 1e-3F, 1e-4F, 1e-5F, 1e-6F, 1e-7F, 1e-8F, 1e-9F, 1e-10F, 1e-11F, 1e-12F, 1e-13F};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

ContentScanner::ContentScanner(std::string_view content)
    : at_(content.data()),
      end_(content.data() + content.size()),
      scratch_(std::make_unique_for_overwrite<char[]>(content.size() + 1)),
      free_(scratch_.get()) {
  operands_.resize(16);
  room_ = operands_.size();
}

bool ContentScanner::grow() {
  if (operands_.size() >= most_operands) return false;
  operands_.resize(operands_.size() * 4);
  room_ = operands_.size();
  return true;
}

/// Most numbers: a few digits with a point among them. False for any other.
bool ContentScanner::short_number() {
  const char* p = at_;
  if (end_ - p <= longest_short) return false;
  const bool negative = *p == '-';
  p += negative;
  const char* const limit = p + longest_short - 1;
  std::uint64_t digits = 0;
  for (; is_digit(*p) && p < limit; ++p) digits = digits * 10 + static_cast<unsigned>(*p - '0');
  const char* const point = p;
  if (*p == '.') {
    for (++p; is_digit(*p) && p < limit; ++p) digits = digits * 10 + static_cast<unsigned>(*p - '0');
  }
  if (class_of(*p) == regular) return false;
  float value = static_cast<float>(digits);
  if (p - point > 1) value *= decimals[p - point - 1];
  at_ = p;
  add({Operand::Kind::number, negative ? -value : value, {}});
  return true;
}

void ContentScanner::number_operand() {
  const char* p = at_;
  bool negative = false;
  while (p < end_ && (*p == '-' || *p == '+')) negative = *p++ == '-';
  // Digits before and behind the point are one whole number; as many as it holds tell all that a float does.
  std::uint64_t digits = 0;
  int places = -1;
  for (; p < end_; ++p) {
    const auto digit = static_cast<unsigned>(*p - '0');
    if (digit <= 9) {
      if (digits < most_digits && places < most_places) {
        digits = digits * 10 + digit;
        places += places >= 0;
      } else if (places < 0) {
        digits = huge;
      }
    } else if (*p == '.' && places < 0) {
      places = 0;
    } else {
      break;
    }
  }
  float value = static_cast<float>(digits);
  if (places > 0) value *= decimals[places];
  // What else clings to it ("1.2.3", "5-3", "1e5") is passed over, as other readers do.
  while (p < end_ && class_of(*p) == regular) ++p;
  at_ = p;
  add({Operand::Kind::number, negative ? -value : value, {}});
}

void ContentScanner::name_operand() {
  const char* from = ++at_;
  bool escaped = false;
  while (at_ < end_ && class_of(*at_) == regular) escaped |= *at_++ == '#';
  const std::string_view name(from, static_cast<std::size_t>(at_ - from));
  if (!escaped) return add({Operand::Kind::name, 0, name});
  char* to = free_;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '#' && i + 2 < name.size() && hex_digit(name[i + 1]) >= 0 && hex_digit(name[i + 2]) >= 0) {
      *to++ = static_cast<char>(hex_digit(name[i + 1]) << 4 | hex_digit(name[i + 2]));
      i += 2;
    } else {
      *to++ = name[i];
    }
  }
  add({Operand::Kind::name, 0, {free_, static_cast<std::size_t>(to - free_)}});
  free_ = to;
}

void ContentScanner::literal_string() {
  const char* from = ++at_;
  // Most strings have neither escapes nor brackets: they are taken where they stand.
  while (at_ < end_ && *at_ != ')' && *at_ != '(' && *at_ != '\\' && *at_ != '\r') ++at_;
  if (at_ < end_ && *at_ == ')') {
    add({Operand::Kind::string, 0, {from, static_cast<std::size_t>(at_ - from)}});
    ++at_;
    return;
  }
  char* to = free_;
  std::memcpy(to, from, static_cast<std::size_t>(at_ - from));
  to += at_ - from;
  int depth = 1;
  while (at_ < end_) {
    char c = *at_++;
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) break;
    if (c == '\r') {
      if (at_ < end_ && *at_ == '\n') ++at_;
      c = '\n';
    } else if (c == '\\') {
      if (at_ == end_) break;
      c = *at_++;
      if (c >= '0' && c <= '7') {
        int value = c - '0';
        for (int i = 0; i < 2 && at_ < end_ && *at_ >= '0' && *at_ <= '7'; ++i) value = value * 8 + (*at_++ - '0');
        c = static_cast<char>(value);
      } else if (c == '\r' || c == '\n') {
        if (c == '\r' && at_ < end_ && *at_ == '\n') ++at_;
        continue;
      } else {
        c = unescaped(c);
      }
    }
    *to++ = c;
  }
  add({Operand::Kind::string, 0, {free_, static_cast<std::size_t>(to - free_)}});
  free_ = to;
}

void ContentScanner::hex_string() {
  char* to = free_;
  int high = -1;
  for (; at_ < end_ && *at_ != '>'; ++at_) {
    const int digit = hex_digit(*at_);
    if (digit < 0) continue;
    if (high < 0) {
      high = digit;
    } else {
      *to++ = static_cast<char>(high << 4 | digit);
      high = -1;
    }
  }
  if (high >= 0) *to++ = static_cast<char>(high << 4);
  if (at_ < end_) ++at_;
  add({Operand::Kind::string, 0, {free_, static_cast<std::size_t>(to - free_)}});
  free_ = to;
}

void ContentScanner::skip_inline_image() {
  // The data end with EI between white space, behind which text goes on: pictures may hold these letters too.
  if (at_ < end_) ++at_;
  for (const char* p = at_; p + 1 < end_; ++p) {
    p = static_cast<const char*>(std::memchr(p, 'E', static_cast<std::size_t>(end_ - p - 1)));
    if (p == nullptr) break;
    if (p[1] != 'I' || p == at_ || class_of(p[-1]) != blank) continue;
    if (p + 2 < end_ && class_of(p[2]) == regular) continue;
    bool text = true;
    for (const char* q = p + 2; q < end_ && q < p + 12; ++q) {
      const auto byte = static_cast<unsigned char>(*q);
      text &= (byte >= ' ' && byte < 0x7F) || byte == '\n' || byte == '\r' || byte == '\t';
    }
    if (!text) continue;
    at_ = p + 2;
    return;
  }
  at_ = end_;
}

std::uint32_t ContentScanner::next() {
  count_ = 0;
  free_ = scratch_.get();
  while (at_ < end_) {
    const char c = *at_;
    switch (class_of(c)) {
      case blank:
        ++at_;
        break;
      case regular:
        if ((c >= '0' && c <= '9') || c == '-' || c == '.' || c == '+') {
          if (!short_number()) number_operand();
        } else {
          const char* from = at_;
          while (at_ < end_ && class_of(*at_) == regular) ++at_;
          const std::string_view letters(from, static_cast<std::size_t>(at_ - from));
          if (letters.size() > 3) {
            // true, false, null are operands; anything else is no operator that there is.
            if (letters == "true" || letters == "null" || letters == "false")
              add({});
            else
              count_ = 0;
            break;
          }
          const std::uint32_t code = operator_code(letters);
          if (code == operator_code("BI")) break;
          if (code == inline_image) skip_inline_image();
          return code;
        }
        break;
      default:
        if (c == '(') {
          literal_string();
        } else if (c == '/') {
          name_operand();
        } else if (c == '<') {
          ++at_;
          if (at_ < end_ && *at_ == '<') {
            ++at_;
            add({});
          } else {
            hex_string();
          }
        } else if (c == '[' || c == ']') {
          ++at_;
          add({c == '[' ? Operand::Kind::open : Operand::Kind::close, 0, {}});
        } else if (c == '%') {
          while (at_ < end_ && *at_ != '\n' && *at_ != '\r') ++at_;
        } else {
          ++at_;
          if (c == '>' && at_ < end_ && *at_ == '>') ++at_;
        }
    }
  }
  return 0;
}

}  // namespace jiheng::reading::pdf
