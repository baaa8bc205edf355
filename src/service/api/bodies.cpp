#include "service/api/bodies.h"

#include <boost/json.hpp>
#include <charconv>
#include <limits>

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

struct TextFields::Object {
  json::object fields;
};

TextFields::TextFields(std::unique_ptr<Object> object) : object_(std::move(object)) {}
TextFields::TextFields(TextFields&&) noexcept = default;
TextFields::~TextFields() = default;

Result<TextFields> TextFields::of(std::string_view text) {
  auto object = object_of(text);
  if (!object) return std::move(object).error();
  return TextFields(std::make_unique<Object>(Object{std::move(*object)}));
}

Text TextFields::optional(std::string_view name) const {
  auto text = optional_text(object_->fields, name);
  return text ? std::move(*text) : std::nullopt;
}

Result<Text> TextFields::given(std::string_view name) const {
  const json::value* value = object_->fields.if_contains({name.data(), name.size()});
  if (value == nullptr || value->is_null()) return Text();
  if (!value->is_string()) return problem("json-shape").in(std::string(name));
  return Text(std::string(value->get_string()));
}

Result<std::string> TextFields::needed(std::string_view name) const {
  // Passwords are taken as they are, blanks at their ends included.
  const json::value* value = object_->fields.if_contains({name.data(), name.size()});
  if (value == nullptr || !value->is_string() || value->get_string().empty()) return problem("json-shape").in(std::string(name));
  return std::string(value->get_string());
}

Result<int> TextFields::number(std::string_view name) const {
  const json::value* value = object_->fields.if_contains({name.data(), name.size()});
  constexpr std::int64_t most = 1'000'000'000;
  if (value == nullptr || !value->is_int64() || value->get_int64() < -most || value->get_int64() > most)
    return problem("json-shape").in(std::string(name));
  return static_cast<int>(value->get_int64());
}

Result<bool> TextFields::flag(std::string_view name, bool fallback) const {
  const json::value* value = object_->fields.if_contains({name.data(), name.size()});
  if (value == nullptr || value->is_null()) return fallback;
  if (!value->is_bool()) return problem("json-shape").in(std::string(name));
  return value->get_bool();
}

Result<std::vector<std::string>> TextFields::texts(std::string_view name) const {
  std::vector<std::string> found;
  const json::value* value = object_->fields.if_contains({name.data(), name.size()});
  if (value == nullptr || value->is_null()) return found;
  if (!value->is_array()) return problem("json-shape").in(std::string(name));
  for (const json::value& each : value->get_array()) {
    if (!each.is_string()) return problem("json-shape").in(std::string(name));
    found.emplace_back(each.get_string());
  }
  return found;
}

Result<PostsBody> posts_body(std::string_view text) {
  auto object = object_of(text);
  if (!object) return std::move(object).error();
  const json::value* list = object->if_contains("posts");
  if (list == nullptr || !list->is_array()) return problem("json-shape").in("posts");
  PostsBody body;
  auto why = optional_text(*object, "why");
  if (!why) return std::move(why).error();
  body.why = std::move(*why);
  for (const json::value& each : list->get_array()) {
    if (!each.is_object()) return problem("json-shape").in("posts");
    const json::object& post = each.get_object();
    Result<Text> fields[] = {optional_text(post, "role"), optional_text(post, "unit"), optional_text(post, "from"),
                             optional_text(post, "to")};
    for (const auto& field : fields) {
      if (!field) return field.error();
    }
    const auto role = access::role_from_code(fields[0]->value_or(""));
    if (!role) return problem("json-shape").in("role");
    body.posts.push_back({*role, *fields[1], *fields[2], *fields[3]});
  }
  return body;
}

namespace {

/// Empty is said, absent and null are not.
Result<Text> said_text(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains({name.data(), name.size()});
  if (value == nullptr || value->is_null()) return Text();
  if (!value->is_string()) return problem("json-shape").in(std::string(name));
  return Text(std::string(trim(std::string_view(value->get_string()))));
}

}  // namespace

Result<std::vector<desks::UnitLine>> unit_lines(std::string_view text, std::size_t most) {
  auto object = object_of(text);
  if (!object) return std::move(object).error();
  const json::value* list = object->if_contains("lines");
  if (list == nullptr || !list->is_array() || list->get_array().size() > most) return problem("json-shape").in("lines");
  std::vector<desks::UnitLine> lines;
  for (const json::value& each : list->get_array()) {
    if (!each.is_object()) return problem("json-shape").in("lines");
    const json::object& line = each.get_object();
    Result<Text> fields[] = {optional_text(line, "code"), optional_text(line, "name"), optional_text(line, "aliases"),
                             said_text(line, "parent"), said_text(line, "section")};
    for (const auto& field : fields) {
      if (!field) return field.error();
    }
    const json::value* classified = line.if_contains("classified");
    const bool says = classified != nullptr && !classified->is_null();
    if (says && !classified->is_bool()) return problem("json-shape").in("classified");
    lines.push_back({fields[0]->value_or(""), fields[1]->value_or(""), fields[2]->value_or(""), *fields[3], *fields[4],
                     says ? std::optional(classified->get_bool()) : std::nullopt});
  }
  return lines;
}

Result<std::vector<std::vector<Text>>> text_lines(std::string_view text, std::size_t most, std::initializer_list<std::string_view> fields) {
  auto object = object_of(text);
  if (!object) return std::move(object).error();
  const json::value* list = object->if_contains("lines");
  if (list == nullptr || !list->is_array() || list->get_array().size() > most) return problem("json-shape").in("lines");
  std::vector<std::vector<Text>> lines;
  for (const json::value& each : list->get_array()) {
    if (!each.is_object()) return problem("json-shape").in("lines");
    std::vector<Text> line;
    for (const std::string_view field : fields) {
      const json::value* value = each.get_object().if_contains(json::string_view(field.data(), field.size()));
      if (value != nullptr && value->is_int64()) {
        line.emplace_back(std::to_string(value->get_int64()));
        continue;
      }
      auto said = said_text(each.get_object(), field);
      if (!said) return said.error();
      line.push_back(std::move(*said));
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<ManyActions> many_actions(std::string_view text, std::size_t most) {
  auto action = action_body(text);
  if (!action) return std::move(action).error();
  auto object = object_of(text);
  if (!object) return std::move(object).error();
  const json::value* list = object->if_contains("items");
  if (list == nullptr || !list->is_array() || list->get_array().size() > most) return problem("json-shape").in("items");
  ManyActions many{std::move(action->action), std::move(action->opinion), {}};
  for (const json::value& each : list->get_array()) {
    const json::object* item = each.if_object();
    const json::value* id = item == nullptr ? nullptr : item->if_contains("id");
    const json::value* revision = item == nullptr ? nullptr : item->if_contains("revision");
    if (id == nullptr || !id->is_string() || revision == nullptr || !revision->is_int64() || revision->get_int64() < 1 ||
        revision->get_int64() > std::numeric_limits<int>::max())
      return problem("json-shape").in("items");
    many.items.emplace_back(std::string(id->get_string()), static_cast<int>(revision->get_int64()));
  }
  return many;
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

Result<int> number_param(const Request& request, std::string_view name) {
  const auto number = number_of(request.param(name));
  if (!number || *number < 1) return problem("not-found");
  return *number;
}

Result<Upload::File> one_file(const Request& request) {
  if (request.upload == nullptr || request.upload->files().empty()) return problem("no-files");
  if (request.upload->files().size() > 1) return problem("too-many-files");
  Upload::File file = request.upload->files().front();
  file.name = file.name.substr(file.name.rfind('/') + 1);
  return file;
}

}  // namespace jiheng::service
