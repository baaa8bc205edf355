#include "reading/formats/shared_strings.h"

#include "base/text.h"

namespace jiheng::reading {
namespace {

using Event = XmlScanner::Event;

constexpr std::size_t most_strings = 1'000'000;

int hexadecimal(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The code of "_x000D_" at the front of `text`, or -1.
int escaped_code(std::string_view text) {
  if (text.size() < 7 || text[1] != 'x' || text[6] != '_') return -1;
  int code = 0;
  for (std::size_t i = 2; i < 6; ++i) {
    const int digit = hexadecimal(text[i]);
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code >= 0xD800 && code <= 0xDFFF ? -1 : code;
}

}  // namespace

void unescape_control(std::string& text) {
  if (text.find("_x") == std::string::npos && text.find('\r') == std::string::npos) return;
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const int code = text[at] == '_' ? escaped_code(std::string_view(text).substr(at)) : -1;
    if (code >= 0) {
      at += 7;
      if (code != '\r')
        append_utf8(out, static_cast<char32_t>(code));
      else if (at >= text.size() || text[at] != '\n')
        out.push_back('\n');
    } else if (text[at] == '\r') {
      ++at;
      if (at >= text.size() || text[at] != '\n') out.push_back('\n');
    } else {
      out.push_back(text[at++]);
    }
  }
  text = std::move(out);
}

bool read_rich_text(XmlScanner& scanner, TextPool& pool, std::string& buffer, std::string_view& text) {
  const std::size_t depth = scanner.depth();
  buffer.clear();
  bool in_text = false;
  for (;;) {
    switch (scanner.next()) {
      case Event::start:
        if (scanner.name() == "rPh" || scanner.name() == "rPr") {
          if (!scanner.skip_element()) return false;
        } else {
          in_text = scanner.name() == "t";
        }
        break;
      case Event::end:
        in_text = false;
        if (scanner.depth() != depth) break;
        unescape_control(buffer);
        text = pool.keep(buffer);
        return true;
      case Event::text:
        if (in_text) scanner.append_text(buffer);
        break;
      case Event::finish:
      case Event::failed:
        return false;
    }
  }
}

Result<std::vector<std::string_view>> read_shared_strings(std::string_view xml, std::string_view part, std::size_t depth_limit,
                                                          TextPool& pool) {
  std::vector<std::string_view> strings;
  XmlScanner scanner(xml, part, depth_limit);
  std::string buffer;
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed) return scanner.error();
    if (event == Event::finish) return strings;
    if (event != Event::start || scanner.name() != "si") continue;
    if (strings.size() >= most_strings)
      return Error{"too-large", "工作簿里的文字太多，不像绩效目标表。请只保留要报送的工作表后再上传。", {std::string(part)}};
    if (!read_rich_text(scanner, pool, buffer, strings.emplace_back())) return scanner.error();
  }
}

}  // namespace jiheng::reading
