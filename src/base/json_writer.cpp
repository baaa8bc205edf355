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
  const std::size_t size = name.size() + value.size() + 6;
  if (size > room || plain_bytes(value) != value.size()) {
    separate();
    append("\"");
    append(name);
    append("\":");
    quote(value);
    return;
  }
  char* to = reserve(size);
  if (!after_key_ && !first_) *to++ = ',';
  *to++ = '"';
  to = std::copy(name.begin(), name.end(), to);
  std::memcpy(to, "\":\"", 3);
  to = std::copy(value.begin(), value.end(), to + 3);
  *to++ = '"';
  used_ = static_cast<std::size_t>(to - buffer_);
  first_ = after_key_ = false;
}

void JsonWriter::quote(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  append("\"");
  while (!text.empty()) {
    const std::size_t plain_front = plain_bytes(text);
    append(text.substr(0, plain_front));
    if (plain_front == text.size()) break;
    const auto c = static_cast<unsigned char>(text[plain_front]);
    text.remove_prefix(plain_front + 1);
    switch (c) {
      case '"':
        append("\\\"");
        break;
      case '\\':
        append("\\\\");
        break;
      case '\n':
        append("\\n");
        break;
      case '\r':
        append("\\r");
        break;
      case '\t':
        append("\\t");
        break;
      default: {
        const char escape[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        append({escape, sizeof escape});
      }
    }
  }
  append("\"");
}

}  // namespace jiheng
