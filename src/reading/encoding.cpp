#include "reading/encoding.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "base/byte_search.h"
#include "base/put_utf8.h"
#include "base/text.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr char32_t replacement = 0xFFFD;

/// Length of the run of ASCII bytes from `at` on.
std::size_t ascii_run(std::string_view bytes, std::size_t at) {
  const std::size_t from = at;
  const auto has_high = [&](std::size_t i) {
    std::uint64_t words[4];
    std::memcpy(words, bytes.data() + i, sizeof words);
    return ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080ULL) != 0;
  };
  while (at + 32 <= bytes.size() && !has_high(at)) at += 32;
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at - from;
}

std::size_t line_of(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n'));
}

// ---- double-byte charsets through ICU ------------------------------------------------------------------------------------------

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &status));
  if (U_FAILURE(status)) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  return converter;
}

/// One character of 2 or 4 bytes; 0 where the bytes are none.
char32_t decode_one(UConverter* converter, std::string_view bytes) {
  if (converter == nullptr) return 0;
  ucnv_resetToUnicode(converter);
  UChar units[4];
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t count = ucnv_toUChars(converter, units, 4, bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  if (U_FAILURE(status) || count < 1) return 0;
  if (count == 1) return units[0];
  if (count == 2 && (units[0] & 0xFC00) == 0xD800) return 0x10000 + ((units[0] & 0x3FFU) << 10) + (units[1] & 0x3FFU);
  return 0;
}

/// All two-byte characters of a charset, asked of ICU once and in one call: a page of 180 KB is then decoded in the time it takes to copy
/// it.
class DoubleByteTable {
 public:
  explicit DoubleByteTable(const char* name) : codes_(std::size_t{126} * 256, 0) {
    std::string pairs;  // a line each, so that a pair that is no character cannot shift those behind it
    for (unsigned lead = 0x81; lead <= 0xFE; ++lead) {
      for (unsigned trail = 0x40; trail <= 0xFE; ++trail) pairs += {static_cast<char>(lead), static_cast<char>(trail), '\n'};
    }
    UErrorCode status = U_ZERO_ERROR;
    const Converter converter(ucnv_open(name, &status));
    std::vector<UChar> units(pairs.size() * 2);
    const std::int32_t count = U_FAILURE(status) ? 0
                                                 : ucnv_toUChars(converter.get(), units.data(), static_cast<std::int32_t>(units.size()),
                                                                 pairs.data(), static_cast<std::int32_t>(pairs.size()), &status);
    std::size_t pair = 0;
    std::size_t from = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      if (units[i] != '\n') continue;
      if (i - from == 1 && units[from] != replacement) codes_[pair / 191 * 256 + 0x40 + pair % 191] = units[from];
      ++pair;
      from = i + 1;
    }
  }
  char16_t at(unsigned char lead, unsigned char trail) const {
    return lead < 0x81 || lead > 0xFE ? u'\0' : codes_[(lead - 0x81U) * 256 + trail];
  }

 private:
  std::vector<char16_t> codes_;
};

const DoubleByteTable& double_byte_table(Charset charset) {
  if (charset == Charset::big5) {
    static const DoubleByteTable big5("Big5");
    return big5;
  }
  static const DoubleByteTable gb18030("gb18030");
  return gb18030;
}

void note_damage(DecodedText& out, std::string_view bytes, std::size_t at) {
  if (out.damaged++ == 0) out.first_damaged_line = line_of(bytes, at);
  append_utf8(out.text, replacement);
}

void decode_double_byte(std::string_view bytes, Charset charset, DecodedText& out) {
  const DoubleByteTable& table = double_byte_table(charset);
  Converter four_byte;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t plain = ascii_run(bytes, at);
    out.text.append(bytes, at, plain);
    at += plain;
    if (at >= bytes.size()) break;
    const auto byte = [&](std::size_t i) { return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U; };
    // Whole runs of double bytes at a time.
    constexpr std::size_t run = 64;
    char buffer[3 * run + 1];
    char* to = buffer;
    for (const char* const end = buffer + 3 * run - 3; to <= end && at + 2 <= bytes.size(); at += 2) {
      const char16_t code = table.at(static_cast<unsigned char>(bytes[at]), static_cast<unsigned char>(bytes[at + 1]));
      if (code == 0) break;
      to = put_utf8(to, code);
    }
    if (to != buffer) {
      out.text.append(buffer, static_cast<std::size_t>(to - buffer));
      continue;
    }
    if (charset == Charset::gb18030 && byte(1) >= '0' && byte(1) <= '9' && at + 4 <= bytes.size()) {
      if (!four_byte) four_byte = open_converter("gb18030");
      if (const char32_t code = decode_one(four_byte.get(), bytes.substr(at, 4))) {
        append_utf8(out.text, code);
        at += 4;
        continue;
      }
    }
    if (byte(0) == 0x80) {  // the euro sign of code page 936
      append_utf8(out.text, 0x20AC);
      ++at;
      continue;
    }
    note_damage(out, bytes, at++);
  }
}

// ---- Unicode -------------------------------------------------------------------------------------------------------------------

void decode_utf8(std::string_view bytes, DecodedText& out) {
  while (!bytes.empty()) {
    const std::size_t good = std::min(first_invalid_utf8(bytes), bytes.size());
    out.text.append(bytes.substr(0, good));
    bytes.remove_prefix(good);
    if (bytes.empty()) return;
    if (out.damaged++ == 0) out.first_damaged_line = line_of(out.text, out.text.size());
    append_utf8(out.text, replacement);
    bytes.remove_prefix(1);
    while (!bytes.empty() && (static_cast<unsigned char>(bytes[0]) & 0xC0) == 0x80) bytes.remove_prefix(1);
  }
}

void decode_utf16(std::string_view bytes, bool big, DecodedText& out) {
  const std::size_t count = bytes.size() / 2;
  const auto unit = [&](std::size_t i) {
    const auto first = static_cast<unsigned char>(bytes[2 * i]);
    const auto second = static_cast<unsigned char>(bytes[2 * i + 1]);
    return static_cast<char32_t>(big ? first << 8 | second : second << 8 | first);
  };
  const auto damage = [&] {
    if (out.damaged++ == 0) out.first_damaged_line = line_of(out.text, out.text.size());
    append_utf8(out.text, replacement);
  };
  for (std::size_t i = 0; i < count; ++i) {
    // Whole runs of single units at a time, each at most three bytes.
    constexpr std::size_t run = 256;
    char buffer[3 * run + 1];
    char* to = buffer;
    for (std::size_t end = std::min(count, i + run); i < end; ++i) {
      const char32_t c = unit(i);
      if (c >= 0xD800 && c <= 0xDFFF) break;
      to = put_utf8(to, c);
    }
    out.text.append(buffer, static_cast<std::size_t>(to - buffer));
    if (i == count) break;
    const char32_t c = unit(i);
    if (c < 0xD800 || c > 0xDFFF) {
      append_utf8(out.text, c);
    } else if (c < 0xDC00 && i + 1 < count && (unit(i + 1) & 0xFC00) == 0xDC00) {
      append_utf8(out.text, 0x10000 + ((c & 0x3FF) << 10) + (unit(i + 1) & 0x3FF));
      ++i;
    } else {
      damage();
    }
  }
  if (bytes.size() % 2 != 0) damage();
}

/// Text of one byte a character never holds zero bytes; UTF-16 of a form always does: its digits, tabs and line ends.
Charset utf16_by_zeros(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 65536);
  if (head.find('\0') == npos) return Charset::unknown;
  std::size_t zeros[2] = {0, 0};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == 0;
  if (zeros[0] + zeros[1] == 0) return Charset::unknown;
  if (zeros[1] > zeros[0] * 4) return Charset::utf16_little;
  if (zeros[0] > zeros[1] * 4) return Charset::utf16_big;
  return Charset::unknown;
}

#if defined(__SSE2__)
/// Behind the last block of sixteen bytes that is UTF-8 as a whole, at the begin of a character. All bytes of a block are told by their
/// kind at once, so that nothing depends on what the text is made of.
std::size_t valid_blocks(std::string_view text) {
  std::size_t at = 0;
  unsigned owed = 0;      // of the block before: a bit for each byte that must follow
  unsigned too_low = 0;   // the byte behind E0: not below A0
  unsigned too_high = 0;  // the byte behind ED: not A0 and above
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i block = block_at(text.data() + at);
    const unsigned high = bits_of(block);
    if (high == 0 && owed == 0) {
      // Markup: as many blocks as hold nothing else.
      at += ascii_run(text, at + 16) / 16 * 16;
      continue;
    }
    const auto range = [&](unsigned char from, unsigned char to) { return bits_of(bytes_in(block, from, to)); };
    const unsigned follows = range(0x80, 0xBF);
    const unsigned two = range(0xC2, 0xDF);
    const unsigned three = range(0xE0, 0xEF);
    // Four bytes are rare, and what is above them is none.
    if ((follows | two | three) != high) break;
    const unsigned below_a0 = range(0x80, 0x9F);
    const unsigned must = owed | two << 1 | three << 1 | three << 2;
    const unsigned low = too_low | range(0xE0, 0xE0) << 1;
    const unsigned top = too_high | range(0xED, 0xED) << 1;
    if ((must & 0xFFFF) != follows || (low & below_a0) != 0 || (top & follows & ~below_a0) != 0) break;
    owed = must >> 16;
    too_low = low >> 16;
    too_high = top >> 16;
  }
  // A character that the end of the last block cut is looked at again.
  if (owed != 0) {
    do --at;
    while ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  }
  return at;
}
#endif

/// Far more whole three-byte characters than bytes out of place: UTF-8 that was cut or damaged, not some other charset.
bool is_damaged_utf8(std::string_view bytes) {
  std::size_t whole = 0;
  std::size_t broken = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t plain = ascii_run(bytes, at);
    at += plain;
    if (at >= bytes.size()) break;
    const std::size_t before = at;
    if (next_code_point(bytes, at) == replacement && bytes.substr(before, 3) != "\xEF\xBF\xBD")
      ++broken;
    else if (at - before >= 3)
      ++whole;
  }
  return whole > broken * 4;
}

Error wrong_encoding(std::size_t line) {
  return {"wrong-encoding",
          "文件第" + std::to_string(line) +
              "行的文字编码有损坏，既不是完整的UTF-8，也不是GB18030或UTF-16。请用原来的程序重新另存一份（编码选UTF-8）再上传。",
          {"第" + std::to_string(line) + "行"}};
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t start = 0;
#if defined(__SSE2__)
  start = valid_blocks(text);
#endif
  for (std::size_t at = start; at < text.size();) {
    at += ascii_run(text, at);
    while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
      // Chinese characters, nearly all of them: E4 to E9 and two bytes that follow; two at a time, then one.
      while (at + 8 <= text.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
        // E1 to EF without ED: the low half of the lead is neither 0 nor D.
        const std::uint64_t leads = word & 0x0000'0F00'000FULL;
        const auto is_odd = [&](std::uint64_t half) { return (leads & 0xF) == half || (leads >> 24) == half; };
        if ((word & 0xC0C0'F0C0'C0F0ULL) != 0x8080'E080'80E0ULL || is_odd(0) || is_odd(0xD)) break;
        at += 6;
      }
      while (at + 4 <= text.size()) {
        std::uint32_t word = 0;
        std::memcpy(&word, text.data() + at, 4);
        if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap32(word);
        const std::uint32_t lead = word & 0xFF;
        if (lead - 0xE4U > 0xE9U - 0xE4U || (word & 0x00C0C000U) != 0x00808000U) break;
        at += 3;
      }
      if (at >= text.size() || static_cast<unsigned char>(text[at]) < 0x80) break;
      const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
      const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
      const unsigned lead = byte(0);
      const bool two = lead >= 0xC2 && lead <= 0xDF && follows(1);
      const bool three_ranges = lead == 0xE0 ? byte(1) >= 0xA0 : lead == 0xED ? byte(1) <= 0x9F : lead >= 0xE1 && lead <= 0xEF;
      const bool three = three_ranges && follows(1) && follows(2);
      const bool four_ranges = lead == 0xF0 ? byte(1) >= 0x90 : lead == 0xF4 ? byte(1) <= 0x8F : lead >= 0xF1 && lead <= 0xF3;
      const bool four = four_ranges && follows(1) && follows(2) && follows(3);
      const std::size_t length = three ? 3 : two ? 2 : four ? 4 : 0;
      if (length == 0) return at;
      at += length;
    }
  }
  return npos;
}

std::string_view clipped(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

Charset detect_wide_charset(std::string_view bytes, std::size_t& mark) {
  mark = 0;
  if (starts_with(bytes, "\xEF\xBB\xBF")) {
    mark = 3;
    return Charset::utf8;
  }
  if (starts_with(bytes, "\xFF\xFE")) {
    mark = 2;
    return Charset::utf16_little;
  }
  if (starts_with(bytes, "\xFE\xFF")) {
    mark = 2;
    return Charset::utf16_big;
  }
  return utf16_by_zeros(bytes);
}

Charset detect_charset(std::string_view bytes, std::size_t& mark) {
  if (const Charset charset = detect_wide_charset(bytes, mark); charset != Charset::unknown) return charset;
  return first_invalid_utf8(bytes) == npos ? Charset::utf8 : Charset::gb18030;
}

Charset charset_from_name(std::string_view name) {
  std::string lower;
  for (const char c : name) {
    if (c != '-' && c != '_' && c != ' ') lower.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
  }
  if (lower == "utf8") return Charset::utf8;
  if (lower == "gb2312" || lower == "gbk" || lower == "gb18030" || lower == "xgbk" || lower == "cp936" || lower == "euccn") {
    return Charset::gb18030;
  }
  if (lower == "big5" || lower == "big5hkscs") return Charset::big5;
  if (lower == "utf16" || lower == "utf16le" || lower == "unicode") return Charset::utf16_little;
  if (lower == "utf16be") return Charset::utf16_big;
  return Charset::unknown;
}

DecodedText decode(std::string_view bytes, Charset charset) {
  DecodedText out;
  out.text.reserve(bytes.size() + bytes.size() / 4);
  switch (charset) {
    case Charset::utf16_little:
      decode_utf16(bytes, false, out);
      break;
    case Charset::utf16_big:
      decode_utf16(bytes, true, out);
      break;
    case Charset::gb18030:
    case Charset::big5:
      decode_double_byte(bytes, charset, out);
      break;
    case Charset::utf8:
    case Charset::unknown:
      decode_utf8(bytes, out);
      break;
  }
  return out;
}

Result<std::string> decode_strict(std::string_view bytes) {
  std::size_t mark = 0;
  const Charset charset = detect_charset(bytes, mark);
  const std::string_view body = bytes.substr(mark);
  if (charset == Charset::utf8 && mark == 0) return std::string(body);  // detected by being valid
  DecodedText decoded = decode(body, charset);
  if (decoded.damaged == 0 && !(charset == Charset::gb18030 && is_damaged_utf8(body))) return std::move(decoded.text);
  if (charset == Charset::gb18030) {
    const std::size_t bad = first_invalid_utf8(body);
    if (is_damaged_utf8(body)) return wrong_encoding(line_of(body, bad));
  }
  return wrong_encoding(decoded.first_damaged_line);
}

}  // namespace jiheng::reading
