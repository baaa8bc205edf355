#include "base/text.h"

#include <algorithm>

#include "base/byte_search.h"
#include "base/text_traits.h"

namespace jiheng {

char32_t next_code_point_of_any_kind(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return text[at++];
  int more = 0;
  char32_t value = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    more = 1;
    value = lead & 0x1F;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    more = 2;
    value = lead & 0x0F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    more = 3;
    value = lead & 0x07;
  } else {
    ++at;
    return 0xFFFD;
  }
  if (at + more >= text.size()) {
    ++at;
    return 0xFFFD;
  }
  for (int i = 1; i <= more; ++i) {
    const unsigned char follow = byte(at + i);
    if ((follow & 0xC0) != 0x80) {
      ++at;
      return 0xFFFD;
    }
    value = value << 6 | (follow & 0x3F);
  }
  const bool overlong = (more == 2 && value < 0x800) || (more == 3 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    ++at;
    return 0xFFFD;
  }
  at += more + 1;
  return value;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | c >> 6));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | c >> 12));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | c >> 18));
    out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t before = at;
    if (next_code_point(text, at) == 0xFFFD && text.substr(before, 3) != "\xEF\xBF\xBD") return false;
  }
  return true;
}

std::size_t length_utf8(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

bool holds_digit(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if ((c >= '0' && c <= '9') || (c >= U'０' && c <= U'９') || (c >= U'①' && c <= U'⑳')) return true;
  }
  return false;
}

bool is_cjk(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x2014 || c == 0x2018 || c == 0x2019 || c == 0x201C ||
         c == 0x201D || c == 0x2026 || c == 0x00B7;
}

namespace {

bool is_space(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x1680;
}

/// Characters that print nothing and mean nothing here: zero-width marks, soft hyphen, byte order mark, and the control characters that
/// office programs leave behind, as a content control's U+0001 on a web page.
bool is_invisible(char32_t c) {
  return c < 9 || (c > 13 && c < ' ') || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || c == 0xAD ||
         (c >= 0x202A && c <= 0x202E);
}

char32_t half_width(char32_t c) {
  const bool letter_or_digit = (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
  const bool sign = c == 0xFF05 || c == 0xFF1E || c == 0xFF1C || c == 0xFF1D || c == 0xFF0B || c == 0xFF0D || c == 0xFF0E || c == 0xFF0F;
  return letter_or_digit || sign ? c - 0xFEE0 : c;
}

/// Appends `c`; where it is still the character `raw` that stood there, its bytes as they are, which is most of the time.
void append(std::string& out, char32_t c, char32_t raw, std::string_view bytes) {
  if (c == raw && raw != 0xFFFD) {
    out.append(bytes);
  } else {
    append_utf8(out, c);
  }
}

/// Whether the character of three bytes at `at`, 0xEF first, is one that half_width() changes or is_invisible() names, or is damaged.
bool full_width_changes(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return true;
  // By the last byte, a bit each: U+FF05, 0B, 0D to 0F, digits, <=>, letters; then the rest of the letters. ，；：（）！ and the like stay.
  constexpr std::uint64_t in_bc = 0x07FFFFFE73FFE820;
  constexpr std::uint64_t in_bd = 0x0000000007FFFFFE;
  const auto third = static_cast<unsigned char>(text[at + 2]);
  if ((third & 0xC0) != 0x80) return true;
  if (text[at + 1] == '\xBC') return (in_bc >> (third & 0x3F) & 1) != 0;
  if (text[at + 1] == '\xBD') return (in_bd >> (third & 0x3F) & 1) != 0;
  std::size_t next = at;
  const char32_t c = next_code_point(text, next);
  return half_width(c) != c || is_invisible(c) || c == 0xFFFD;
}

/// Letters, digits, signs, the bytes behind a lead byte, and the lead bytes of most Chinese characters.
using SurelyNormal = ByteRanges<' ' + 1, 0xC1, 0xE4, 0xE9>;

/// Most cells are printed as normalise() would print them: no white space, nothing full-width.
bool is_normal_slowly(std::string_view text) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  for (const char* next = SurelyNormal::skip(begin, begin, end); next != end; next = SurelyNormal::skip(begin, next + 1, end)) {
    const auto at = static_cast<std::size_t>(next - text.data());
    const auto byte = static_cast<unsigned char>(*next);
    if (byte == 0xE3) {
      if (at + 2 >= text.size() || (text[at + 1] == '\x80' && text[at + 2] == '\x80')) return false;
    } else if (byte == 0xE2) {
      if (at + 1 >= text.size() || text[at + 1] == '\x80' || text[at + 1] == '\x81') return false;
    } else if (byte != 0xEF || full_width_changes(text, at)) {
      return false;
    }
  }
  return true;
}

#if defined(__SSE2__)
/// The same of sixteen bytes, each with the two behind it; false where one look does not tell.
bool surely_normal(const char* from) {
  const __m128i first = block_at(from);
  const __m128i second = block_at(from + 1);
  const __m128i third = block_at(from + 2);
  const __m128i plain = _mm_or_si128(bytes_in(first, ' ' + 1, 0xC1), bytes_in(first, 0xE4, 0xE9));
  // 、。《》 and their kin, but for the wide space.
  const __m128i cjk_sign =
      _mm_andnot_si128(_mm_and_si128(bytes_that_are(second, 0x80), bytes_that_are(third, 0x80)), bytes_that_are(first, 0xE3));
  // ≥ and the like, but for dashes, quotes and the many spaces.
  const __m128i sign = _mm_andnot_si128(bytes_in(second, 0x80, 0x81), bytes_that_are(first, 0xE2));
  // ，；：（）！, which lie between the letters, digits and signs that change.
  const __m128i changes =
      _mm_or_si128(_mm_or_si128(bytes_that_are(third, 0x85), bytes_that_are(third, 0x8B)),
                   _mm_or_si128(bytes_in(third, 0x8D, 0x99), _mm_or_si128(bytes_in(third, 0x9C, 0x9E), bytes_in(third, 0xA1, 0xBA))));
  const __m128i wide = _mm_andnot_si128(changes, _mm_and_si128(bytes_that_are(first, 0xEF), bytes_that_are(second, 0xBC)));
  return bits_of(_mm_or_si128(_mm_or_si128(plain, cjk_sign), _mm_or_si128(sign, wide))) == 0xFFFF;
}
#endif

bool is_normal(std::string_view text) {
#if defined(__SSE2__)
  if (SurelyNormal::has_all(text)) return true;
  if (text.size() < 18) return is_normal_slowly(text);
  const char* at = text.data();
  const char* const last = at + text.size() - 18;
  // The last two bytes have nothing behind them: letters, digits, or the end of a character.
  const bool whole = SurelyNormal::has(last[16]) && SurelyNormal::has(last[17]) && static_cast<unsigned char>(last[16]) < 0xC2 &&
                     static_cast<unsigned char>(last[17]) < 0xC2;
  while (at < last && surely_normal(at)) at += 16;
  if (whole && at >= last && surely_normal(last)) return true;
#endif
  return is_normal_slowly(text);
}

/// Chinese characters, small letters, digits, %.
using Folded = ByteRanges<0x80, 0xBF, 0xE4, 0xE9, 'a', 'z', '0', '9', '%', '%'>;

/// Its last character.
char32_t last_code_point(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return next_code_point(text, at);
}

/// White space between Chinese characters goes, beside Chinese punctuation, too; between a Chinese character and a Latin one it stays.
bool keeps_space(char32_t before, char32_t behind) {
  if (is_cjk(before) && is_cjk(behind)) return false;
  const auto punctuation = [](char32_t x) {
    return is_cjk(x) && !(x >= 0x3400 && x <= 0x9FFF) && !(x >= 0xF900 && x <= 0xFAFF) && x < 0x20000;
  };
  return !punctuation(before) && !punctuation(behind);
}

}  // namespace

std::string_view normalise(std::string_view text, std::string& room) {
  if (is_normal(text)) return text;
  room.clear();
  std::string& out = room;
  out.reserve(text.size());
  char32_t last = 0;  // the last visible character written
  bool pending_space = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char* const begin = text.data() + at;
    const char* const run_end = SurelyNormal::skip(text.data(), begin, text.data() + text.size());
    // A run of characters that stay as they are.
    const std::string_view run(begin, static_cast<std::size_t>(run_end - begin));
    if (run.size() > 4 && (static_cast<unsigned char>(run[0]) & 0xC0) != 0x80) {
      std::size_t next = 0;
      const char32_t first = next_code_point(run, next);
      if (pending_space && keeps_space(last, first)) out.push_back(' ');
      pending_space = false;
      out.append(run);
      last = last_code_point(run);
      at += run.size();
      continue;
    }
    const char32_t raw = next_code_point(text, at);
    if (is_invisible(raw)) continue;
    if (is_space(raw)) {
      pending_space = last != 0;
      continue;
    }
    const char32_t c = half_width(raw);
    if (pending_space && keeps_space(last, c)) out.push_back(' ');
    pending_space = false;
    append(out, c, raw, text.substr(from, at - from));
    last = c;
  }
  return out;
}

std::string normalise(std::string_view text) {
  std::string room;
  const std::string_view normal = normalise(text, room);
  return normal.data() == room.data() ? std::move(room) : std::string(normal);
}

bool is_folded(std::string_view text) {
  return Folded::has_all(text);
}

namespace {

#if defined(__SSE2__)
/// A bit for each of the sixteen bytes.
struct BlockTraits {
  unsigned normal;
  unsigned folded;
  unsigned beyond_ascii;
  unsigned colon;

  explicit BlockTraits(__m128i block) {
    const __m128i following = bytes_in(block, 0x80, 0xBF);  // the bytes behind a lead byte
    const __m128i chinese = _mm_or_si128(following, bytes_in(block, 0xE4, 0xE9));
    const __m128i letters = _mm_or_si128(_mm_or_si128(bytes_in(block, 'a', 'z'), bytes_in(block, '0', '9')), bytes_that_are(block, '%'));
    normal = bits_of(_mm_or_si128(chinese, bytes_in(block, ' ' + 1, 0xC1)));
    folded = bits_of(_mm_or_si128(chinese, letters));
    beyond_ascii = bits_of(block);
    colon = bits_of(_mm_or_si128(bytes_that_are(block, ':'), bytes_that_are(block, 0xEF)));  // all full-width signs begin with 0xEF
  }
};
#endif

}  // namespace

TextTraits traits_of(std::string_view text) {
  if (text.empty()) return {};
#if defined(__SSE2__)
  const auto told = [](unsigned normal, unsigned folded, unsigned beyond_ascii, unsigned colon) {
    return TextTraits{normal == 0xFFFF, folded == 0xFFFF, beyond_ascii == 0, colon != 0};
  };
  if (text.size() < 16) {
    const BlockTraits all(short_block(text.data(), text.size()));
    return told(all.normal, all.folded, all.beyond_ascii, all.colon);
  }
  const char* const last = text.data() + text.size() - 16;
  BlockTraits all(block_at(last));
  for (const char* at = text.data(); at < last; at += 16) {
    const BlockTraits block(block_at(at));
    all.normal &= block.normal;
    all.folded &= block.folded;
    all.beyond_ascii |= block.beyond_ascii;
    all.colon |= block.colon;
  }
  return told(all.normal, all.folded, all.beyond_ascii, all.colon);
#else
  using Ascii = ByteRanges<0, 0x7F>;
  using Colonless = ByteRanges<0, ':' - 1, ':' + 1, 0xEE, 0xF0, 0xFF>;
  return {SurelyNormal::has_all(text), Folded::has_all(text), Ascii::has_all(text), !Colonless::has_all(text)};
#endif
}

std::string_view fold_label(std::string_view text, std::span<char> room, bool drop_brackets) {
  if (is_folded(text)) return text;
  char* to = room.data();
  int depth = 0;
  const char* const end = text.data() + text.size();
  for (std::size_t at = 0; at < text.size();) {
    const char* const run = text.data() + at;
    const auto length = static_cast<std::size_t>(Folded::skip(text.data(), run, end) - run);
    if (length > 0) {
      if (depth == 0) to = std::copy_n(run, length, to);
      at += length;
      continue;
    }
    const std::size_t from = at;
    const char32_t raw = next_code_point(text, at);
    const char32_t c = half_width(raw);
    if (is_space(c) || is_invisible(c)) continue;
    if (c == '(' || c == 0xFF08 || c == '[' || c == 0x3010) {
      depth += drop_brackets;
      continue;
    }
    if (c == ')' || c == 0xFF09 || c == ']' || c == 0x3011) {
      if (depth > 0) --depth;
      continue;
    }
    if (depth > 0) continue;
    if (c == ':' || c == 0xFF1A || c == ',' || c == 0xFF0C || c == 0x3002 || c == 0x3001 || c == ';' || c == 0xFF1B || c == '*' || c == '_')
      continue;
    if (c < 0x80)
      *to++ = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    else if (raw == 0xFFFD)
      *to++ = '?';  // a damaged byte, which is no part of a word
    else
      to = std::copy_n(text.data() + from, at - from, to);
  }
  return {room.data(), static_cast<std::size_t>(to - room.data())};
}

std::string fold_label(std::string_view text, bool drop_brackets) {
  std::string room(text.size(), '\0');
  const std::string_view folded = fold_label(text, room, drop_brackets);
  if (folded.data() != room.data()) return std::string(folded);
  room.resize(folded.size());
  return room;
}

std::string_view trim(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || (c >= 9 && c <= 13); };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

}  // namespace jiheng
