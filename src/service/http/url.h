// The target of a request: percent decoding, path, query. Plain functions over text that a stranger sent; they never throw.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiheng::service {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Undoes %XX. nullopt where an escape is broken, where the outcome is not UTF-8 or where it holds a control character.
/// `plus_is_space` for queries.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
/// Everything but unreserved characters (RFC 3986) becomes %XX.
std::string percent_encode(std::string_view text);

struct Target {
  std::vector<std::string> segments;  ///< of the path, decoded one by one, so that an escaped slash stays inside its segment
  Pairs query;
};

/// "/api/v1/x?a=b" → its parts. nullopt: no leading slash, a broken escape, an empty or dot segment in the middle ("/a//b", "/a/../b").
std::optional<Target> parse_target(std::string_view target);

}  // namespace jiheng::service
