// Bytes of a file → UTF-8 text, whatever it was written in: UTF-8, UTF-16 of both orders, GB18030 (and so GBK, GB 2312), Big5.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jiheng::reading {

enum class Charset { unknown, utf8, utf16_little, utf16_big, gb18030, big5 };

/// By byte order mark, by zero bytes (UTF-16), by being valid UTF-8, else GB18030. `mark` gets the length of the mark to skip.
Charset detect_charset(std::string_view bytes, std::size_t& mark);
/// The same as far as marks and zero bytes tell; unknown where only the characters would.
Charset detect_wide_charset(std::string_view bytes, std::size_t& mark);
/// "GBK", "gb2312", "UTF-8" … → the charset; unknown for others.
Charset charset_from_name(std::string_view name);

struct DecodedText {
  std::string text;         ///< UTF-8
  std::size_t damaged = 0;  ///< sequences that belong to no character; each became U+FFFD
  std::size_t first_damaged_line = 0;
};

/// Decodes with the charset given; never fails.
DecodedText decode(std::string_view bytes, Charset charset);
/// Decodes by detect_charset; a text that fits none is the error wrong-encoding, with the line.
Result<std::string> decode_strict(std::string_view bytes);

/// Offset of the first byte that is not UTF-8, npos where all is.
std::size_t first_invalid_utf8(std::string_view text);

/// At most `bytes` of it, whole characters.
std::string_view clipped(std::string_view text, std::size_t bytes);

}  // namespace jiheng::reading
