#include "reading/formats/office_text.h"

#include <algorithm>

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

/// `to`: room for three bytes a unit. Where it ends.
char* write_utf16(std::string_view bytes, char* to) {
  const std::size_t units = bytes.size() / 2;
  const auto unit_at = [&](std::size_t i) {
    return static_cast<char16_t>(static_cast<std::uint8_t>(bytes[i * 2]) | static_cast<std::uint8_t>(bytes[i * 2 + 1]) << 8);
  };
  for (std::size_t i = 0; i < units; ++i) {
    const char16_t unit = unit_at(i);
    if (unit < 0x80) {
      *to++ = static_cast<char>(unit);
      continue;
    }
    if (unit < 0x800) {
      *to++ = static_cast<char>(0xC0 | unit >> 6);
      *to++ = static_cast<char>(0x80 | (unit & 0x3F));
      continue;
    }
    char32_t code = unit;
    if ((unit & 0xF800) == 0xD800) {
      const char16_t low = i + 1 < units ? unit_at(i + 1) : char16_t{0};
      if (is_high_half(unit) && is_low_half(low)) {
        code = 0x10000 + (static_cast<char32_t>(unit & 0x3FF) << 10) + (low & 0x3FF);
        ++i;
        *to++ = static_cast<char>(0xF0 | code >> 18);
        *to++ = static_cast<char>(0x80 | (code >> 12 & 0x3F));
        *to++ = static_cast<char>(0x80 | (code >> 6 & 0x3F));
        *to++ = static_cast<char>(0x80 | (code & 0x3F));
        continue;
      }
      code = 0xFFFD;
    }
    *to++ = static_cast<char>(0xE0 | code >> 12);
    *to++ = static_cast<char>(0x80 | (code >> 6 & 0x3F));
    *to++ = static_cast<char>(0x80 | (code & 0x3F));
  }
  return to;
}

}  // namespace

std::string_view utf8_of_utf16(std::string_view bytes, std::vector<char>& room) {
  const std::size_t units = bytes.size() / 2;
  if (room.size() < units * 3) room.resize(units * 3);
  return {room.data(), static_cast<std::size_t>(write_utf16(bytes, room.data()) - room.data())};
}

void append_utf16(std::string& out, std::string_view bytes) {
  const std::size_t before = out.size();
  out.resize(before + bytes.size() / 2 * 3);
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
