#include "registry/canonical_json.h"

#include <algorithm>
#include <boost/json.hpp>
#include <vector>

#include "base/text.h"

namespace jiheng::registry {
namespace {

namespace json = boost::json;

constexpr std::int64_t largest_whole = std::int64_t{1} << 53;

/// Order by UTF-16 code units. It differs from that of UTF-8 bytes only where one side is beyond the first plane (surrogates D800–DFFF
/// sort before U+E000–U+FFFF).
bool before_in_utf16(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const char32_t x = next_code_point(a, i);
    const char32_t y = next_code_point(b, j);
    if (x == y) continue;
    const bool far_x = x >= 0x10000;
    const bool far_y = y >= 0x10000;
    if (far_x != far_y) return far_x ? y >= 0xE000 : x < 0xE000;
    return x < y;
  }
  return i >= a.size() && j < b.size();
}

void write_text(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out.push_back(hex[c >> 4]);
          out.push_back(hex[c & 15]);
        } else {
          out.push_back(c);
        }
    }
  }
  out.push_back('"');
}

/// False at the first number that is not whole.
bool write(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      out += "null";
      return true;
    case json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      return true;
    case json::kind::int64:
      out += std::to_string(value.get_int64());
      return value.get_int64() <= largest_whole && value.get_int64() >= -largest_whole;
    case json::kind::uint64:
    case json::kind::double_:
      return false;
    case json::kind::string:
      write_text(out, value.get_string());
      return true;
    case json::kind::array: {
      out.push_back('[');
      bool first = true;
      for (const json::value& each : value.get_array()) {
        if (!std::exchange(first, false)) out.push_back(',');
        if (!write(out, each)) return false;
      }
      out.push_back(']');
      return true;
    }
    case json::kind::object:
      break;
  }
  std::vector<const json::key_value_pair*> members;
  members.reserve(value.get_object().size());
  for (const auto& member : value.get_object()) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return before_in_utf16(a->key(), b->key()); });
  out.push_back('{');
  bool first = true;
  for (const auto* member : members) {
    if (!std::exchange(first, false)) out.push_back(',');
    write_text(out, member->key());
    out.push_back(':');
    if (!write(out, member->value())) return false;
  }
  out.push_back('}');
  return true;
}

}  // namespace

Result<std::string> canonical_json(std::string_view text) {
  boost::system::error_code failed;
  json::parse_options options;
  options.max_depth = 32;
  json::monotonic_resource memory;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), failed, &memory, options);
  if (failed) return Error{"invalid-body", "记录内容不是合格的JSON，没有保存。", {failed.message()}};
  std::string out;
  out.reserve(text.size());
  if (!write(out, value)) return Error{"invalid-body", "记录内容里有带小数或过大的数字（应写成文字），没有保存。", {}};
  return out;
}

}  // namespace jiheng::registry
