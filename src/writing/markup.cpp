#include "writing/markup.h"

#include "base/text.h"

namespace jiheng::writing {
namespace {

bool allowed(char32_t c) {
  return c == '\t' || c == '\n' || (c >= 0x20 && c != 0x7F && c != 0xFFFE && c != 0xFFFF);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const unsigned char lead = static_cast<unsigned char>(text[at]);
    if (lead >= 0x20 && lead < 0x7F) {
      out.push_back(text[at++]);
      continue;
    }
    const char32_t c = next_code_point(text, at);
    if (c == '\r') {
      if (at >= text.size() || text[at] != '\n') out.push_back('\n');
    } else if (allowed(c)) {
      append_utf8(out, c);
    }
  }
  return out;
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out.push_back(c);
    }
  }
}

}  // namespace jiheng::writing
