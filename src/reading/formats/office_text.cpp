#include "reading/formats/office_text.h"

#include <algorithm>
#include <cstring>

#include "base/byte_search.h"
#include "base/put_utf8.h"
#include "base/text.h"
#include "reading/encoding.h"
#include "reading/formats/little_endian.h"

namespace jiheng::reading {
namespace {

// 0x80 to 0x9F; those without a character keep their code.
constexpr char16_t western[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                  0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                  0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

bool is_high_half(char16_t unit) {
  return (unit & 0xFC00) == 0xD800;
}

bool is_low_half(char16_t unit) {
  return (unit & 0xFC00) == 0xDC00;
}

constexpr std::size_t room_for(std::size_t units) {
  return units * 3 + 1;  // put_utf8() may write a byte more
}

#if defined(__SSE2__)
/// Four units at once, where each of them takes three bytes, as Chinese characters do; false, and nothing written, where one does not.
bool put_four(const char* at, char* to) {
  const __m128i units = _mm_unpacklo_epi16(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(at)), _mm_setzero_si128());
  const __m128i above = _mm_sub_epi32(units, _mm_set1_epi32(0x800));
  const __m128i fit = _mm_andnot_si128(_mm_srai_epi32(above, 31), _mm_cmpgt_epi32(_mm_set1_epi32(0xD000), above));
  if (bits_of(fit) != 0xFFFF) return false;
  const __m128i middle = _mm_and_si128(_mm_slli_epi32(units, 2), _mm_set1_epi32(0x3F00));
  const __m128i last = _mm_and_si128(_mm_slli_epi32(units, 16), _mm_set1_epi32(0x3F0000));
  const __m128i first = _mm_or_si128(_mm_srli_epi32(units, 12), _mm_set1_epi32(0x8080E0));
  __m128i bytes = _mm_or_si128(_mm_or_si128(first, middle), last);
  for (int i = 0; i < 4; ++i, to += 3) {
    const int character = _mm_cvtsi128_si32(bytes);
    std::memcpy(to, &character, sizeof character);  // its fourth byte gives way to the next one
    bytes = _mm_srli_si128(bytes, 4);
  }
  return true;
}
#endif

/// `to`: as much room as room_for() says. Where it ends.
char* write_utf16(std::string_view bytes, char* to) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size() / 2 * 2;
  while (at != end) {
#if defined(__SSE2__)
    if (end - at >= 8 && put_four(at, to)) {
      at += 8;
      to += 12;
      continue;
    }
#endif
    char32_t code = load_number<std::uint16_t>(at);
    at += 2;
    if ((code & 0xF800) == 0xD800) {
      const char32_t low = at != end ? load_number<std::uint16_t>(at) : 0U;
      if (is_high_half(static_cast<char16_t>(code)) && is_low_half(static_cast<char16_t>(low))) {
        code = 0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF);
        at += 2;
      } else {
        code = 0xFFFD;
      }
    }
    to = put_utf8(to, code);
  }
  return to;
}

}  // namespace

const char* first_special_unit(const char* begin, const char* at, const char* end) {
#if defined(__SSE2__)
  const auto special = [](const char* from) {
    const __m128i block = block_at(from);
    const __m128i control = _mm_cmpeq_epi16(_mm_subs_epu16(block, _mm_set1_epi16(' ' - 1)), _mm_setzero_si128());
    const __m128i symbol = _mm_cmpeq_epi16(_mm_srli_epi16(block, 8), _mm_set1_epi16(0xF0));
    return bits_of(_mm_or_si128(control, symbol));
  };
  for (; end - at >= 16; at += 16) {
    if (const unsigned bits = special(at); bits != 0) return at + __builtin_ctz(bits);
  }
  if (end - begin >= 16) {  // the rest as part of the last block
    const unsigned bits = special(end - 16) >> (16 - (end - at));
    return bits == 0 ? end : at + __builtin_ctz(bits);
  }
#endif
  for (; at != end; at += 2) {
    const auto low = static_cast<std::uint8_t>(at[0]);
    const auto high = static_cast<std::uint8_t>(at[1]);
    if (high == 0xF0 || (high == 0 && low < ' ')) return at;
  }
  return end;
}

std::string_view utf8_of_utf16(std::string_view bytes, TextPool& pool) {
  return pool.write(room_for(bytes.size() / 2), [bytes](char* to) { return write_utf16(bytes, to); });
}

void append_utf16(std::string& out, std::string_view bytes) {
  const std::size_t before = out.size();
  out.resize(before + room_for(bytes.size() / 2));
  out.resize(static_cast<std::size_t>(write_utf16(bytes, out.data() + before) - out.data()));
}

void append_latin1(std::string& out, std::string_view bytes) {
  for (const char c : bytes) append_utf8(out, static_cast<std::uint8_t>(c));
}

char32_t windows_1252(std::uint8_t byte) {
  return byte >= 0x80 && byte < 0xA0 ? western[byte - 0x80] : byte;
}

void append_windows_1252(std::string& out, std::string_view bytes) {
  for (const char c : bytes) append_utf8(out, windows_1252(static_cast<std::uint8_t>(c)));
}

void append_code_page(std::string& out, std::string_view bytes, std::uint32_t code_page) {
  const bool plain = std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<std::uint8_t>(c) < 0x80; });
  if (plain) {
    out.append(bytes);
    return;
  }
  switch (code_page) {
    case 936:
    case 54936:
      out += decode(bytes, Charset::gb18030).text;
      return;
    case 950:
      out += decode(bytes, Charset::big5).text;
      return;
    case 65001:
      out += decode(bytes, Charset::utf8).text;
      return;
    default:
      append_windows_1252(out, bytes);
  }
}

}  // namespace jiheng::reading
