#include "service/schema_check.h"

#include <gtest/gtest.h>

#include <set>

#include "service/api/api.h"

namespace jiheng::service::tests {
namespace {

namespace json = boost::json;

const json::value& resolved(const json::value& schema) {
  const json::value* reference = schema.as_object().if_contains("$ref");
  if (reference == nullptr) return schema;
  // "#/components/schemas/NAME"
  const std::string_view name = std::string_view(reference->as_string()).substr(std::string_view("#/components/schemas/").size());
  return openapi().at("components").at("schemas").at(name);
}

bool is_of_type(std::string_view type, const json::value& value) {
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "boolean") return value.is_bool();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  return type == "null" && value.is_null();
}

bool is_of_types(const json::value& types, const json::value& value) {
  if (types.is_string()) return is_of_type(types.as_string(), value);
  for (const json::value& type : types.as_array()) {
    if (is_of_type(type.as_string(), value)) return true;
  }
  return false;
}

std::string fault_at(const json::value& schema, const json::value& value, const std::string& place, bool closed);

/// The properties of an object schema and of all it is composed of.
void collect_properties(const json::value& schema, std::set<std::string>& names, bool& open) {
  const json::object& object = resolved(schema).as_object();
  if (const json::value* parts = object.if_contains("allOf")) {
    for (const json::value& part : parts->as_array()) collect_properties(part, names, open);
  }
  if (object.contains("additionalProperties") || (!object.contains("properties") && !object.contains("allOf"))) open = true;
  if (const json::value* properties = object.if_contains("properties")) {
    for (const auto& [name, each] : properties->as_object()) names.emplace(name);
  }
}

std::string object_fault(const json::object& schema, const json::value& whole, const json::object& value, const std::string& place,
                         bool closed) {
  if (const json::value* required = schema.if_contains("required")) {
    for (const json::value& name : required->as_array()) {
      if (!value.contains(name.as_string())) return place + ": lacks " + std::string(name.as_string());
    }
  }
  if (const json::value* properties = schema.if_contains("properties")) {
    for (const auto& [name, each] : properties->as_object()) {
      const json::value* field = value.if_contains(name);
      if (field == nullptr) continue;
      if (auto fault = fault_at(each, *field, place + "." + std::string(name), true); !fault.empty()) return fault;
    }
  }
  std::set<std::string> known;
  bool open = false;
  collect_properties(whole, known, open);
  if (open || !closed) return {};
  for (const auto& [name, each] : value) {
    if (!known.contains(std::string(name))) return place + ": undocumented field " + std::string(name);
  }
  return {};
}

std::string any_fault(const json::array& choices, const json::value& value, const std::string& place) {
  std::string last = place + ": none of the choices";
  for (const json::value& choice : choices) {
    last = fault_at(choice, value, place, true);
    if (last.empty()) return {};
  }
  return last;
}

std::string fault_at(const json::value& schema, const json::value& value, const std::string& place, bool closed) {
  const json::object& rules = resolved(schema).as_object();
  if (const json::value* types = rules.if_contains("type"); types != nullptr && !is_of_types(*types, value))
    return place + ": wrong type: " + json::serialize(value);
  if (const json::value* allowed = rules.if_contains("enum")) {
    bool found = false;
    for (const json::value& each : allowed->as_array()) found = found || each == value;
    if (!found) return place + ": not of the enumeration: " + json::serialize(value);
  }
  for (const char* name : {"anyOf", "oneOf"}) {
    if (const json::value* choices = rules.if_contains(name)) return any_fault(choices->as_array(), value, place);
  }
  if (const json::value* parts = rules.if_contains("allOf")) {
    for (const json::value& part : parts->as_array()) {
      if (auto fault = fault_at(part, value, place, false); !fault.empty()) return fault;
    }
  }
  if (value.is_object()) return object_fault(rules, schema, value.as_object(), place, closed);
  if (const json::value* items = rules.if_contains("items"); items != nullptr && value.is_array()) {
    for (std::size_t i = 0; i < value.as_array().size(); ++i) {
      if (auto fault = fault_at(*items, value.as_array()[i], place + "[" + std::to_string(i) + "]", true); !fault.empty()) return fault;
    }
  }
  return {};
}

const json::object* operation_of(std::string_view wanted) {
  for (const auto& [path, methods] : openapi().at("paths").as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      if (operation.at("operationId").as_string() == wanted) return &operation.as_object();
    }
  }
  return nullptr;
}

}  // namespace

const json::object& openapi() {
  static const json::value document = json::parse(openapi_document());
  return document.as_object();
}

std::string schema_fault(const json::value& schema, const json::value& value) {
  return fault_at(schema, value, "$", true);
}

json::value expect_documented(const Answer& answer, std::string_view operation) {
  const json::object* documented = operation_of(operation);
  EXPECT_NE(documented, nullptr) << operation;
  if (documented == nullptr) return {};
  const json::value* response = documented->at("responses").as_object().if_contains(std::to_string(answer.status));
  EXPECT_NE(response, nullptr) << operation << " answers an undocumented " << answer.status << ": " << answer.body;
  if (response == nullptr || answer.body.empty()) return {};
  const std::string type = answer.header("Content-Type");
  const std::string media = type.substr(0, type.find(';'));
  const json::value* content = response->at("content").as_object().if_contains(media);
  EXPECT_NE(content, nullptr) << operation << " answers an undocumented " << media;
  if (content == nullptr || media.find("json") == std::string::npos) return {};
  const json::value body = json::parse(answer.body);
  EXPECT_EQ(schema_fault(content->at("schema"), body), "") << operation;
  return body;
}

}  // namespace jiheng::service::tests
