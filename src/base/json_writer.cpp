#include "base/json_writer.h"

#include <algorithm>
#include <cstring>

#include "base/byte_search.h"

namespace jiheng {
namespace {

constexpr ByteSet plain([](unsigned char byte) { return byte >= 0x20 && byte != '"' && byte != '\\'; });

/// How many bytes from the front need no escape: most texts need none at all.
std::size_t plain_bytes(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
#if defined(__SSE2__)
  const auto special = [](__m128i block) {
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1F)), block);
    const __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
    return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(control, quote), _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'))));
  };
  const auto load = [](const char* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); };
  for (; end - at >= 16; at += 16) {
    if (special(load(at)) != 0) break;
  }
  if (end - at < 16 && text.size() >= 16 && special(load(end - 16)) == 0) return text.size();
#endif
  return static_cast<std::size_t>(plain.skip(at, end) - text.data());
}

}  // namespace

void JsonWriter::append_field(std::string_view name, std::string_view value) {
  constexpr std::size_t longest = 128;
  if (name.size() + value.size() > longest || plain_bytes(value) != value.size()) {
    separate();
    out_.append("\"").append(name).append("\":");
    quote(value);
    return;
  }
  char field[longest + 6];  // in one append
  char* to = field;
  *to = ',';
  to += !after_key_ && !first_;
  *to++ = '"';
  to = std::copy(name.begin(), name.end(), to);
  std::memcpy(to, "\":\"", 3);
  to = std::copy(value.begin(), value.end(), to + 3);
  *to++ = '"';
  out_.append(field, static_cast<std::size_t>(to - field));
  first_ = after_key_ = false;
}

void JsonWriter::quote(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  const std::size_t front = plain_bytes(text);
  constexpr std::size_t shortest = 64;
  if (front == text.size() && front <= shortest) {  // in one append
    char quoted[shortest + 2];
    quoted[0] = '"';
    std::memcpy(quoted + 1, text.data(), front);
    quoted[front + 1] = '"';
    out_.append(quoted, front + 2);
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
