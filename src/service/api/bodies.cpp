#include "service/api/bodies.h"

#include <boost/json.hpp>
#include <charconv>

#include "base/text.h"
#include "goals/json.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;

/// Deeper than any table, and shallow enough for the stack of whoever walks the tree.
constexpr std::size_t max_depth = 32;

Result<json::object> object_of(std::string_view text) {
  json::parse_options options;
  options.max_depth = max_depth;
  boost::system::error_code failed;
  json::value value = json::parse({text.data(), text.size()}, failed, {}, options);
  if (failed) return problem("json-syntax").in(failed.message());
  if (!value.is_object()) return problem("json-shape").in("$");
  return std::move(value.as_object());
}

/// A text, or nothing where it is null, absent or blank.
Result<Text> optional_text(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains({name.data(), name.size()});
  if (value == nullptr || value->is_null()) return Text();
  if (!value->is_string()) return problem("json-shape").in(std::string(name));
  const std::string_view text(value->get_string().data(), value->get_string().size());
  return trim(text).empty() ? Text() : Text(std::string(trim(text)));
}

std::optional<int> number_of(std::string_view text) {
  int number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

}  // namespace

Result<TablesBody> tables_body(std::string_view text) {
  auto object = object_of(text);
  if (!object) return std::move(object).error();
  const json::value* list = object->if_contains("tables");
  if (list == nullptr || !list->is_array()) return problem("json-shape").in("tables");
  auto why = optional_text(*object, "why");
  if (!why) return std::move(why).error();
  auto tables = tables_from_json(text);
  if (!tables) {
    Error error = std::move(tables).error();
    if (error.code == "json-shape") error.code = "invalid-table";
    return error;
  }
  return TablesBody{std::move(*tables), std::move(*why)};
}

Result<ActionBody> action_body(std::string_view text) {
  auto object = object_of(text);
  if (!object) return std::move(object).error();
  auto action = optional_text(*object, "action");
  if (!action) return std::move(action).error();
  if (!*action) return problem("json-shape").in("action");
  auto opinion = optional_text(*object, "opinion");
  if (!opinion) return std::move(opinion).error();
  return ActionBody{std::move(**action), std::move(*opinion)};
}

Result<int> if_match(const Request& request) {
  std::string_view tag = trim(request.header("If-Match"));
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') tag = tag.substr(1, tag.size() - 2);
  const auto revision = number_of(tag);
  if (!revision || *revision < 1) return problem("if-match-missing");
  return *revision;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    const std::size_t comma = if_none_match.find(',');
    std::string_view tag = trim(if_none_match.substr(0, comma));
    if_none_match.remove_prefix(comma == std::string_view::npos ? if_none_match.size() : comma + 1);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag || tag == "*") return true;
  }
  return false;
}

Result<int> whole_number(const Request& request, std::string_view name, int fallback, int least, int most) {
  const std::string_view text = request.query_value(name).value_or("");
  if (text.empty()) return fallback;
  const auto number = number_of(text);
  if (!number || *number < least || *number > most) return problem("bad-parameter").in(std::string(name));
  return *number;
}

}  // namespace jiheng::service
