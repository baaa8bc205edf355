// The OpenAPI document and the table of routes say the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "service/api_fixture.h"
#include "service/schema_check.h"

namespace jiheng::service {
namespace {

using tests::openapi;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

/// "GET /path" → operation id.
std::map<std::string, std::string> documented() {
  std::map<std::string, std::string> found;
  for (const auto& [path, methods] : openapi().at("paths").as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      found[std::string(method) + " " + std::string(path)] = std::string(operation.at("operationId").as_string());
    }
  }
  return found;
}

struct OpenApi : tests::ApiTest {};

TEST_F(OpenApi, EveryRouteIsDocumentedAndEveryDocumentedOperationIsRouted) {
  std::map<std::string, std::string> routed;
  for (const Route& route : server().router().routes())
    routed[lower(route.method) + " " + std::string(route.pattern)] = std::string(route.operation);
  EXPECT_EQ(routed, documented());
}

TEST_F(OpenApi, IsServedAsItIsWritten) {
  const auto answer = get("/api/v1/openapi.json");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, openapi_document());
  EXPECT_EQ(openapi().at("openapi").as_string(), "3.1.0");
}

TEST_F(OpenApi, PathParametersAreDeclared) {
  for (const auto& [path, methods] : openapi().at("paths").as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      std::string declared = std::string(path);
      for (const auto& parameter : operation.at("parameters").as_array()) {
        if (!parameter.as_object().contains("in") || parameter.at("in").as_string() != "path") continue;
        const std::string name = "{" + std::string(parameter.at("name").as_string()) + "}";
        ASSERT_NE(declared.find(name), std::string::npos) << path << " " << name;
        declared.erase(declared.find(name), name.size());
      }
      EXPECT_EQ(declared.find('{'), std::string::npos) << method << " " << path;
    }
  }
}

/// Every "$ref" in the document leads somewhere.
void check_references(const boost::json::value& value) {
  if (value.is_array()) {
    for (const auto& each : value.as_array()) check_references(each);
  }
  if (!value.is_object()) return;
  for (const auto& [name, each] : value.as_object()) {
    if (name == "$ref") {
      boost::system::error_code failed;
      const boost::json::value whole = openapi();
      EXPECT_NE(whole.find_pointer(each.as_string().subview(1), failed), nullptr) << each.as_string();
    } else {
      check_references(each);
    }
  }
}

TEST_F(OpenApi, EveryReferenceLeadsSomewhere) {
  check_references(openapi());
}

TEST(SchemaCheck, FindsWhatIsMissingWrongAndUndocumented) {
  const auto schema = boost::json::parse(R"({"type":"object","required":["a"],"properties":{"a":{"type":"integer"},"b":{"enum":["x"]}}})");
  EXPECT_EQ(tests::schema_fault(schema, boost::json::parse(R"({"a":1,"b":"x"})")), "");
  EXPECT_NE(tests::schema_fault(schema, boost::json::parse(R"({"b":"x"})")), "");
  EXPECT_NE(tests::schema_fault(schema, boost::json::parse(R"({"a":"1"})")), "");
  EXPECT_NE(tests::schema_fault(schema, boost::json::parse(R"({"a":1,"b":"y"})")), "");
  EXPECT_NE(tests::schema_fault(schema, boost::json::parse(R"({"a":1,"c":2})")), "");
}

}  // namespace
}  // namespace jiheng::service
