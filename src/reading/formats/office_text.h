// Texts inside the old office files, as they lie there → UTF-8: UTF-16 of the lower byte first, and code pages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "reading/text_pool.h"

namespace jiheng::reading {

/// The first UTF-16 unit of [at, end) that is no plain text but a control character, or one of those where symbol fonts have their signs
/// (U+F0xx); `end` where there is none. `begin`: where bytes begin that may be read again.
const char* first_special_unit(const char* begin, const char* at, const char* end);

/// A half of a pair without the other, and a last odd byte, become U+FFFD or go.
void append_utf16(std::string& out, std::string_view bytes);
/// The same as a text of the pool.
std::string_view utf8_of_utf16(std::string_view bytes, TextPool& pool);
/// One byte a character, as in Latin-1.
void append_latin1(std::string& out, std::string_view bytes);
/// Windows' page for western languages.
void append_windows_1252(std::string& out, std::string_view bytes);
char32_t windows_1252(std::uint8_t byte);
/// By the number of a Windows code page; 936 and 950 (GBK, Big5), 65001 (UTF-8), 1252 for those unknown.
void append_code_page(std::string& out, std::string_view bytes, std::uint32_t code_page);

}  // namespace jiheng::reading
