#include "reading/formats/mime.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr int deepest = 4;

struct Head {
  std::string type;
  std::string boundary;
  std::string encoding;
  std::string location;
  std::string id;
};

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  return out;
}

/// A line without its end; `rest` moves behind it.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (ends_with(line, "\r")) line.remove_suffix(1);
  return line;
}

/// `name="value"` or name=value in a field.
std::string parameter(std::string_view field, std::string_view name) {
  const std::string folded = lower(field);
  for (std::size_t at = folded.find(name); at != npos; at = folded.find(name, at + 1)) {
    std::string_view value = trim(field.substr(at + name.size()));
    if (!starts_with(value, "=")) continue;
    value = trim(value.substr(1));
    if (starts_with(value, "\"")) return std::string(value.substr(1, value.find('"', 1) - 1));
    return std::string(trim(value.substr(0, value.find_first_of("; \t"))));
  }
  return {};
}

void take_field(std::string_view field, Head& head) {
  const std::size_t colon = field.find(':');
  if (colon == npos) return;
  const std::string name = lower(trim(field.substr(0, colon)));
  const std::string_view value = trim(field.substr(colon + 1));
  if (name == "content-type") {
    head.type = lower(trim(value.substr(0, value.find(';'))));
    head.boundary = parameter(value, "boundary");
  } else if (name == "content-transfer-encoding") {
    head.encoding = lower(value);
  } else if (name == "content-location") {
    head.location = lower(value);
  } else if (name == "content-id") {
    head.id = lower(trim(value));
    if (starts_with(head.id, "<") && ends_with(head.id, ">")) head.id = head.id.substr(1, head.id.size() - 2);
  }
}

/// The fields up to the first empty line; a field goes on in lines that begin with a blank. `rest` moves behind them.
Head take_head(std::string_view& rest) {
  Head head;
  std::string field;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (line.empty()) break;
    if (line[0] == ' ' || line[0] == '\t') {
      if (field.size() < 8192) field += line;
      continue;
    }
    take_field(field, head);
    field = line.substr(0, 8192);
  }
  take_field(field, head);
  return head;
}

void take_part(std::string_view part, std::string_view wanted, std::size_t most, int depth, std::vector<MimePart>& out) {
  while (starts_with(part, "\r\n") || starts_with(part, "\n")) part.remove_prefix(part[0] == '\r' ? 2 : 1);
  const Head head = take_head(part);
  if (starts_with(head.type, "multipart/") && !head.boundary.empty() && depth < deepest) {
    const std::string boundary = "--" + head.boundary;
    std::size_t at = part.find(boundary);
    while (at != npos && out.size() < most) {
      std::string_view inner = part.substr(at + boundary.size());
      if (starts_with(inner, "--")) return;
      take_line(inner);
      const std::size_t next = part.find(boundary, at + boundary.size());
      const std::size_t begin = part.size() - inner.size();
      take_part(part.substr(begin, next == npos ? npos : std::max(next, begin) - begin), wanted, most, depth + 1, out);
      at = next;
    }
    return;
  }
  if (head.type != wanted || out.size() >= most) return;
  MimePart& found = out.emplace_back();
  found.type = head.type;
  found.location = head.location;
  found.id = head.id;
  if (head.encoding == "base64")
    found.content = decode_base64(part);
  else if (head.encoding == "quoted-printable")
    found.content = decode_quoted_printable(part);
  else
    found.content = part;
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

int hexadecimal(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

}  // namespace

std::vector<MimePart> mime_parts(std::string_view message, std::string_view wanted_type, std::size_t most) {
  std::vector<MimePart> out;
  take_part(message, wanted_type, most, 0, out);
  return out;
}

std::string decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    const int digit = base64_digit(c);
    if (digit < 0) continue;  // line ends
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.push_back(static_cast<char>(bits >> count & 0xFF));
  }
  return out;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      out.push_back(text[at]);
      continue;
    }
    const int high = at + 2 < text.size() ? hexadecimal(text[at + 1]) : -1;
    const int low = at + 2 < text.size() ? hexadecimal(text[at + 2]) : -1;
    if (high >= 0 && low >= 0) {
      out.push_back(static_cast<char>(high * 16 + low));
      at += 2;
      continue;
    }
    // A soft line end: '=' with blanks behind it.
    std::size_t end = at + 1;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r')) ++end;
    if (end < text.size() && text[end] == '\n')
      at = end;
    else
      out.push_back('=');
  }
  return out;
}

}  // namespace jiheng::reading
