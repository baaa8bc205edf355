#include "base/json_writer.h"

#include <cstring>

#include "base/byte_search.h"

namespace jiheng {
namespace {

constexpr ByteSet plain([](unsigned char byte) { return byte >= 0x20 && byte != '"' && byte != '\\'; });

/// How many bytes from the front need no escape, eight at a time: most texts need none at all.
std::size_t plain_bytes(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t tops = 0x8080808080808080;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    const std::uint64_t quotes = word ^ ones * '"';
    const std::uint64_t slashes = word ^ ones * '\\';
    // A top bit for each byte that is below 0x20, a quote or a backslash; bytes of 0x80 and more are none of these.
    const std::uint64_t special = ((word - ones * 0x20) | (quotes - ones) | (slashes - ones)) & ~word & tops;
    if (special != 0) break;
  }
  const char* const end = text.data() + text.size();
  return static_cast<std::size_t>(plain.skip(text.data() + at, end) - text.data());
}

}  // namespace

void JsonWriter::quote(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  const std::size_t front = plain_bytes(text);
  if (front == text.size()) {
    const std::size_t at = out_.size();
    out_.resize(at + front + 2);
    char* to = out_.data() + at;
    to[0] = '"';
    text.copy(to + 1, front);  // memcpy must not be given the nowhere of an empty text
    to[front + 1] = '"';
    return;
  }
  out_.push_back('"');
  std::size_t kept = 0;
  for (std::size_t i = front; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (plain.has(text[i])) continue;
    out_.append(text, kept, i - kept);
    kept = i + 1;
    switch (c) {
      case '"':
        out_ += "\\\"";
        break;
      case '\\':
        out_ += "\\\\";
        break;
      case '\n':
        out_ += "\\n";
        break;
      case '\r':
        out_ += "\\r";
        break;
      case '\t':
        out_ += "\\t";
        break;
      default:
        out_ += "\\u00";
        out_.push_back(hex[c >> 4]);
        out_.push_back(hex[c & 15]);
    }
  }
  out_.append(text, kept);
  out_.push_back('"');
}

}  // namespace jiheng
