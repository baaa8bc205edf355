#include "writing/official/marks.h"

namespace jiheng::writing {
namespace {

// U+FDD0, U+FDD1, U+FDD2.
constexpr std::string_view opens = "\xEF\xB7\x90";
constexpr std::string_view parts = "\xEF\xB7\x91";
constexpr std::string_view closes = "\xEF\xB7\x92";

}  // namespace

std::string marked(std::string_view tag, std::string_view text) {
  std::string out(opens);
  return out.append(tag).append(parts).append(unmarked(text)).append(closes);
}

std::string marked_lines(std::string_view tag, std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t end = text.find('\n');
    if (const std::string_view line = text.substr(0, end); !line.empty()) out += marked(tag, line);
    if (end == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

std::vector<MarkedPart> marked_parts(std::string_view text) {
  std::vector<MarkedPart> found;
  while (!text.empty()) {
    const std::size_t at = text.find(opens);
    if (at > 0) found.push_back({text.substr(0, at), {}});
    if (at == std::string_view::npos) return found;
    text.remove_prefix(at + opens.size());
    const std::size_t middle = text.find(parts);
    const std::size_t end = text.find(closes);
    if (middle == std::string_view::npos || end == std::string_view::npos || end < middle) {
      found.push_back({text, {}});
      return found;
    }
    const std::size_t begin = middle + parts.size();
    found.push_back({text.substr(begin, end - begin), text.substr(0, middle)});
    text.remove_prefix(end + closes.size());
  }
  return found;
}

std::string unmarked(std::string_view text) {
  std::string out;
  for (const MarkedPart& each : marked_parts(text)) out += each.text;
  // What is left of marks that are none.
  for (const std::string_view mark : {opens, parts, closes}) {
    for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at)) out.erase(at, mark.size());
  }
  return out;
}

}  // namespace jiheng::writing
