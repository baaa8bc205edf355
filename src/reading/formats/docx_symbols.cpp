#include "reading/formats/docx_symbols.h"

#include <cstdint>

#include "base/text.h"

namespace jiheng::reading {
namespace {

struct Symbol {
  std::string_view font;
  std::uint8_t code;
  std::string_view text;
};

constexpr Symbol symbols[] = {
    {"Wingdings", 0x6C, "●"},   {"Wingdings", 0x6E, "■"},   {"Wingdings", 0x6F, "☐"},   {"Wingdings", 0x71, "❑"},
    {"Wingdings", 0x75, "◆"},   {"Wingdings", 0xA1, "○"},   {"Wingdings", 0xA8, "☐"},   {"Wingdings", 0xD8, "➢"},
    {"Wingdings", 0xE0, "→"},   {"Wingdings", 0xFB, "✗"},   {"Wingdings", 0xFC, "√"},   {"Wingdings", 0xFD, "☒"},
    {"Wingdings", 0xFE, "☑"},   {"Wingdings 2", 0x50, "√"}, {"Wingdings 2", 0x51, "☒"}, {"Wingdings 2", 0x52, "☑"},
    {"Wingdings 2", 0x53, "☒"}, {"Wingdings 2", 0x2A, "☐"}, {"Wingdings 2", 0xA3, "☐"}, {"Symbol", 0xA3, "≤"},
    {"Symbol", 0xB3, "≥"},      {"Symbol", 0xB1, "±"},      {"Symbol", 0xB4, "×"},      {"Symbol", 0xB0, "°"},
    {"Symbol", 0xB9, "≠"},      {"Symbol", 0xBB, "≈"},      {"Symbol", 0xA5, "∞"},      {"Symbol", 0xB8, "÷"},
    {"Symbol", 0xB7, "·"},      {"Symbol", 0x3C, "<"},      {"Symbol", 0x3D, "="},      {"Symbol", 0x3E, ">"},
    {"Symbol", 0x25, "%"},      {"Symbol", 0x2B, "+"},      {"Symbol", 0x2D, "-"},
};

}  // namespace

std::string_view symbol_text(std::string_view font, std::string_view code, std::string& buffer) {
  char32_t value = 0;
  if (code.empty() || code.size() > 6) return {};
  for (const char c : code) {
    const char lower = static_cast<char>(c | 0x20);
    const bool decimal = c >= '0' && c <= '9';
    if (!decimal && (lower < 'a' || lower > 'f')) return {};
    value = value * 16 + static_cast<char32_t>(decimal ? c - '0' : lower - 'a' + 10);
  }
  return symbol_text(font, value, buffer);
}

std::string_view symbol_text(std::string_view font, char32_t value, std::string& buffer) {
  // Symbol fonts put their characters at F000 on; the code alone means the same.
  const char32_t in_font = value >= 0xF000 && value <= 0xF0FF ? value - 0xF000 : value;
  for (const Symbol& symbol : symbols) {
    if (symbol.font == font && symbol.code == in_font) return symbol.text;
  }
  const bool private_use = value >= 0xE000 && value <= 0xF8FF;
  if (private_use || value < 0x20 || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return {};
  buffer.clear();
  append_utf8(buffer, value);
  return buffer;
}

}  // namespace jiheng::reading
