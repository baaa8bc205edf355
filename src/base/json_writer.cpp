#include "base/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/byte_search.h"

namespace jiheng {
namespace {

/// What needs no escape.
using Plain = ByteRanges<0x20, '"' - 1, '"' + 1, '\\' - 1, '\\' + 1, 0xFF>;

}  // namespace

JsonWriter& JsonWriter::write_null(const Name& name) {
  char* to = reserve(Name::width + 4);
  std::memcpy(to, name.text + first_, Name::width - 1);
  to += name.length - first_;
  std::memcpy(to, "null", 4);
  used_ = static_cast<std::size_t>(to + 4 - buffer_);
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::write_integer(const Name& name, std::int64_t value) {
  constexpr std::size_t longest = 20;  // digits and sign
  char* to = reserve(Name::width + longest);
  std::memcpy(to, name.text + first_, Name::width - 1);
  to += name.length - first_;
  used_ = static_cast<std::size_t>(std::to_chars(to, to + longest, value).ptr - buffer_);
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::write_member(const Name& name, std::string_view value) {
  const std::size_t most = Name::width + value.size() + 2;
  if (most <= room) {
    char* to = reserve(most);
    std::memcpy(to, name.text + first_, Name::width - 1);
    to += name.length - first_;
    if (Plain::copy_all(value, to + 1)) {
      to[0] = to[value.size() + 1] = '"';
      used_ = static_cast<std::size_t>(to + value.size() + 2 - buffer_);
      first_ = false;
      return *this;
    }
  }
  append({name.text + first_, name.length - first_});
  first_ = false;
  quote(value);
  return *this;
}

void JsonWriter::quote(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  if (text.size() + 2 <= room) {
    char* to = reserve(text.size() + 2);
    if (Plain::copy_all(text, to + 1)) {
      to[0] = to[text.size() + 1] = '"';
      used_ += text.size() + 2;
      return;
    }
  }
  append("\"");
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  for (const char* at = begin; at != end;) {
    const char* const run = at;
    at = Plain::skip(begin, at, end);
    append({run, static_cast<std::size_t>(at - run)});
    if (at == end) break;
    const auto c = static_cast<unsigned char>(*at++);
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
