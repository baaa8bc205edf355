#include "service/fuzz_requests.h"

#include <algorithm>
#include <array>

#include "service/http/url.h"
#include "service/schema_check.h"

namespace jiheng::service::tests {
namespace {

namespace json = boost::json;

constexpr std::size_t huge_text = 70'000;
constexpr int deepest = 6;

/// Texts that programs have stumbled over. None of them is broken UTF-8: those are made of bytes, in spoil_bytes.
const std::vector<std::string>& awkward_texts() {
  static const std::vector<std::string> texts{
      "",
      " ",
      "0",
      "-1",
      "1e400",
      "NaN",
      "null",
      "true",
      "99999999999999999999",
      "-9223372036854775809",
      "0.1",
      "１２３",
      "≥95%",
      "2026-02-30",
      "0000-00-00",
      "9999-12-31",
      "10000-01-01",
      "2026-2-3",
      "' OR '1'='1",
      "'; DROP TABLE sessions; --",
      "\" OR \"\"=\"",
      "%' OR 1=1 --",
      "_%_",
      "$1",
      "?",
      "\\",
      "../../../../etc/passwd",
      "..\\..\\windows",
      "C:\\con",
      "<script>alert(1)</script>",
      "{{7*7}}",
      "${jndi:ldap://localhost/a}",
      "=cmd|' /C calc'!A0",
      "\r\nSet-Cookie: a=b",
      "a\tb\nc",
      std::string("a\0b", 3),
      "\x7f",
      "\xEF\xBB\xBF",
      "\xE2\x80\xAE"
      "abc",                               // written from right to left
      "\xF0\xA0\xAE\xB7\xF0\x9F\x98\x80",  // outside the first plane
      "e\xCC\x81",                         // combining
      "\xE2\x80\x8B",                      // of no width
      "0x1F",
      "００１",
      "甲局",
      "unit_clerk",
      "01930000-0000-7000-8000-000000000000",
      std::string(64, 'a'),
      std::string(300, 'x'),
  };
  return texts;
}

const json::value& resolved(const json::value& schema) {
  const json::value* reference = schema.as_object().if_contains("$ref");
  if (reference == nullptr) return schema;
  const std::string_view prefix = "#/components/";
  const std::string_view rest = std::string_view(reference->as_string()).substr(prefix.size());
  const std::size_t slash = rest.find('/');
  return openapi().at("components").at(rest.substr(0, slash)).at(rest.substr(slash + 1));
}

std::string text_named(std::string_view name, const Known& known, Dice& dice) {
  const auto found = known.find(name);
  if (found != known.end() && !found->second.empty() && !dice.once_in(6)) return dice.pick(found->second);
  return dice.once_in(2) ? dice.pick(awkward_texts()) : "文字" + std::to_string(dice.below(1000));
}

std::int64_t integer_of(const json::object& rules, std::string_view name, const Known& known, Dice& dice) {
  if (const auto found = known.find(name); found != known.end() && !found->second.empty() && !dice.once_in(4)) {
    const std::string& text = dice.pick(found->second);
    return std::strtoll(text.c_str(), nullptr, 10);
  }
  const std::int64_t least = rules.contains("minimum") ? rules.at("minimum").to_number<std::int64_t>() : 0;
  const std::int64_t most = rules.contains("maximum") ? rules.at("maximum").to_number<std::int64_t>() : least + 5;
  switch (dice.below(4)) {
    case 0:
      return least;
    case 1:
      return most;
    default:
      return least + static_cast<std::int64_t>(dice.below(static_cast<std::size_t>(most - least) + 1));
  }
}

void add_properties(const json::value& schema, json::object& object, const Known& known, Dice& dice, int depth) {
  const json::object& rules = resolved(schema).as_object();
  if (const json::value* parts = rules.if_contains("allOf")) {
    for (const json::value& part : parts->as_array()) add_properties(part, object, known, dice, depth);
  }
  if (const json::value* others = rules.if_contains("additionalProperties"); others != nullptr && others->is_object()) {
    for (std::size_t more = dice.below(5); more > 0; --more)
      object[text_named("field", known, dice)] = value_of(*others, "typed", known, dice, depth + 1);
  }
  const json::value* properties = rules.if_contains("properties");
  if (properties == nullptr) return;
  const json::value* required = rules.if_contains("required");
  for (const auto& [name, each] : properties->as_object()) {
    const bool needed = required != nullptr && std::ranges::any_of(required->as_array(), [&](const json::value& one) {
                          return std::string_view(one.as_string()) == std::string_view(name);
                        });
    if (needed || (depth < deepest && !dice.once_in(3))) object[name] = value_of(each, name, known, dice, depth + 1);
  }
}

std::string type_of(const json::object& rules, Dice& dice) {
  const json::value* types = rules.if_contains("type");
  if (types == nullptr) return rules.contains("properties") || rules.contains("allOf") ? "object" : "string";
  if (types->is_string()) return std::string(types->as_string());
  return std::string(dice.pick(types->as_array()).as_string());
}

json::value awkward_value(Dice& dice) {
  switch (dice.below(14)) {
    case 0:
      return nullptr;
    case 1:
      return true;
    case 2:
      return std::int64_t{-1};
    case 3:
      return std::int64_t{INT64_MAX};
    case 4:
      return std::uint64_t{UINT64_MAX};
    case 5:
      return 0.5;
    case 6:
      return 1e300;
    case 7:
      return json::array{};
    case 8:
      return json::object{};
    case 9:
      return json::array(2000, json::value(json::object{}));
    case 10:
      return json::string(huge_text, 'x');
    case 11:
      return json::object{{"a", json::array{nullptr}}};
    default:
      return json::value(dice.pick(awkward_texts()));
  }
}

/// Every value in it, the whole one first.
void collect(json::value& value, std::vector<json::value*>& found) {
  found.push_back(&value);
  if (value.is_object()) {
    for (auto& [name, each] : value.as_object()) collect(each, found);
  } else if (value.is_array()) {
    for (auto& each : value.as_array()) collect(each, found);
  }
}

void spoil(json::value& body, Dice& dice) {
  std::vector<json::value*> places;
  collect(body, places);
  json::value& place = *dice.pick(places);
  if (place.is_object() && !place.as_object().empty() && dice.once_in(2)) {
    json::object& object = place.as_object();
    const std::string name(std::next(object.begin(), static_cast<std::ptrdiff_t>(dice.below(object.size())))->key());
    if (dice.once_in(2))
      object.erase(name);
    else
      object["nobody_knows_" + std::to_string(dice.below(9))] = awkward_value(dice);
    return;
  }
  place = awkward_value(dice);
}

/// What no JSON writer would write.
void spoil_bytes(std::string& body, Dice& dice) {
  switch (dice.below(9)) {
    case 0:
      body.resize(dice.below(body.size() + 1));
      break;
    case 1:
      body.insert(dice.below(body.size() + 1), "\xFF\xFE");
      break;
    case 2:
      body.insert(dice.below(body.size() + 1), "\xC0\xAF");
      break;
    case 3:
      body = "\xEF\xBB\xBF" + body;
      break;
    case 4:
      body = std::string(3000, '[') + std::string(3000, ']');
      break;
    case 5:
      body += body;
      break;
    case 6:
      body = R"({"a":"\ud800","a":1,"a":1e9999})";
      break;
    case 7:
      body.clear();
      break;
    default:
      if (!body.empty()) body[dice.below(body.size())] = static_cast<char>(dice.below(256));
  }
}

/// A part of an address; now and then one that is not encoded as it should be.
std::string address_part(const std::string& text, Dice& dice) {
  if (!dice.once_in(40)) return text.empty() ? "%20" : percent_encode(text);
  constexpr std::array<std::string_view, 7> broken{"%", "%zz", "%ff%fe", "%00", "%2e%2e", "%c0%af", "a%2Fb"};
  return std::string(dice.pick(broken));
}

std::string target_of(const Operation& operation, const Known& known, Dice& dice) {
  // "/api/v1/submissions/{id}/…" → ids of submissions
  const std::size_t begin = std::string_view("/api/v1/").size();
  const std::string kind = operation.path.substr(begin, operation.path.find('/', begin) - begin);
  std::string target = operation.path;
  for (std::size_t at = target.find('{'); at != std::string::npos; at = target.find('{', at)) {
    const std::size_t end = target.find('}', at);
    const std::string name = target.substr(at + 1, end - at - 1);
    const std::string value = address_part(text_named(name == "id" ? kind : name, known, dice), dice);
    target.replace(at, end - at + 1, value);
    at += value.size();
  }
  std::string query;
  for (const json::value& each : operation.description->at("parameters").as_array()) {
    const json::object& parameter = resolved(each).as_object();
    if (parameter.at("in").as_string() != "query") continue;
    const bool needed = parameter.contains("required") && parameter.at("required").as_bool();
    if (dice.once_in(needed ? 12 : 2)) continue;
    const std::string name(parameter.at("name").as_string());
    const json::value value = dice.once_in(4) ? awkward_value(dice) : value_of(parameter.at("schema"), name, known, dice);
    const std::string text = value.is_string() ? std::string(value.as_string()) : json::serialize(value);
    query += (query.empty() ? "?" : "&") + name + "=" + address_part(text.substr(0, 200), dice);
  }
  if (dice.once_in(20)) query += (query.empty() ? "?" : "&") + percent_encode(dice.pick(awkward_texts()).substr(0, 200)) + "=1";
  return target + query;
}

void add_headers(const Operation& operation, const Known& known, Dice& dice, Headers& headers) {
  for (const json::value& each : operation.description->at("parameters").as_array()) {
    const json::object& parameter = resolved(each).as_object();
    if (parameter.at("in").as_string() != "header" || dice.once_in(10)) continue;
    constexpr std::array<std::string_view, 12> wrong{
        "", "*", "W/\"1\"", "1", "\"\"", "\"0\"", "\"-1\"", "\"1", "\"9999\"", "\"1\", \"2\"", "\"18446744073709551617\"", "\"1\xFF\""};
    const std::string name(parameter.at("name").as_string());
    const std::string value =
        dice.once_in(3) ? std::string(dice.pick(wrong)) : "\"" + text_named("revision", known, dice).substr(0, 20) + "\"";
    if (value.find_first_of(std::string_view("\r\n\0\x7f", 4)) == std::string::npos) headers.emplace_back(name, value);
  }
  if (dice.once_in(3)) headers.emplace_back("Accept-Language", dice.once_in(2) ? "en" : "zh-CN,zh;q=0.9,*;q=x");
}

std::string upload_body(const Known& known, Dice& dice) {
  std::vector<std::pair<std::string, std::string>> files;
  const std::size_t count = dice.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    std::string name = text_named("file_name", known, dice);
    std::erase_if(name, [](char c) { return c == '"' || c == '\r' || c == '\n' || c == '\0'; });
    std::string bytes = text_named("document", known, dice);
    if (dice.once_in(3) && !bytes.empty()) bytes[dice.below(bytes.size())] = static_cast<char>(dice.below(256));
    files.emplace_back(std::move(name), std::move(bytes));
  }
  std::string body = multipart_body(files);
  if (dice.once_in(4)) spoil_bytes(body, dice);
  return body;
}

}  // namespace

std::uint64_t Dice::next() {
  state_ += 0x9E3779B97F4A7C15;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
  return mixed ^ (mixed >> 31);
}

std::vector<Operation> operations() {
  std::vector<Operation> found;
  for (const auto& [path, methods] : openapi().at("paths").as_object()) {
    for (const auto& [method, description] : methods.as_object()) {
      std::string upper(method);
      std::ranges::transform(upper, upper.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
      found.push_back(
          {std::string(description.at("operationId").as_string()), std::move(upper), std::string(path), &description.as_object()});
    }
  }
  return found;
}

json::value value_of(const json::value& schema, std::string_view name, const Known& known, Dice& dice, int depth) {
  const json::object& rules = resolved(schema).as_object();
  if (const json::value* allowed = rules.if_contains("enum")) return dice.pick(allowed->as_array());
  for (const char* choice : {"anyOf", "oneOf"}) {
    if (const json::value* choices = rules.if_contains(choice)) return value_of(dice.pick(choices->as_array()), name, known, dice, depth);
  }
  const std::string type = type_of(rules, dice);
  if (type == "null") return nullptr;
  if (type == "boolean") return dice.once_in(2);
  if (type == "integer") return integer_of(rules, name, known, dice);
  if (type == "array") {
    json::array list;
    const std::size_t count = depth >= deepest ? 0 : dice.below(4);
    for (std::size_t i = 0; i < count && rules.contains("items"); ++i)
      list.push_back(value_of(rules.at("items"), name, known, dice, depth + 1));
    return list;
  }
  if (type == "object") {
    json::object object;
    add_properties(schema, object, known, dice, depth);
    return object;
  }
  return json::value(text_named(name, known, dice));
}

FuzzRequest request_of(const Operation& operation, const Known& known, Dice& dice) {
  FuzzRequest request{operation.method, target_of(operation, known, dice), {}, {}};
  add_headers(operation, known, dice, request.headers);
  const json::value* body = operation.description->if_contains("requestBody");
  if (body == nullptr) {
    if (dice.once_in(20)) request.body = "nobody asked";
    return request;
  }
  const json::object& content = body->at("content").as_object();
  const std::string media(content.begin()->key());
  if (media == "multipart/form-data") {
    request.body = upload_body(known, dice);
    request.headers.emplace_back("Content-Type", dice.once_in(15) ? "multipart/form-data" : multipart_type);
    return request;
  }
  json::value made = value_of(content.begin()->value().at("schema"), "", known, dice);
  const std::size_t how = dice.below(3);
  for (std::size_t i = 0; i < how; ++i) spoil(made, dice);
  request.body = json::serialize(made);
  if (dice.once_in(12)) spoil_bytes(request.body, dice);
  request.headers.emplace_back("Content-Type", dice.once_in(25) ? "text/plain" : "application/json; charset=utf-8");
  return request;
}

}  // namespace jiheng::service::tests
