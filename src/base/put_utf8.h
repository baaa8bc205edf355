// Characters as UTF-8 into room that the caller has, for loops over whole texts.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace jiheng {

/// Where the character ends. `to`: room for four bytes, all of which may be written.
inline char* put_utf8(char* to, char32_t c) {
  const auto put = [&](char32_t byte) { *to++ = static_cast<char>(byte); };
  if (c - 0x800 < 0xF800) {  // nearly all Chinese ones
    if constexpr (std::endian::native == std::endian::little) {
      const std::uint32_t bytes = 0x8080E0 | c >> 12 | (c & 0xFC0) << 2 | (c & 0x3F) << 16;
      std::memcpy(to, &bytes, sizeof bytes);
      return to + 3;
    }
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
  } else if (c < 0x80) {
    put(c);
    return to;
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
  }
  put(0x80 | (c & 0x3F));
  return to;
}

}  // namespace jiheng
