// Holds an answer to the OpenAPI document: required fields, types, enumerations, and no field that the document does not name.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "service/http_client.h"

namespace jiheng::service::tests {

/// The document as the program serves it.
const boost::json::object& openapi();

/// Empty where the value is what the schema says, else the first place where it is not ("$.items[0].grade: …").
std::string schema_fault(const boost::json::value& schema, const boost::json::value& value);

/// Expects the answer's status to be documented for the operation, and its body to be of that schema. Yields the body.
boost::json::value expect_documented(const Answer& answer, std::string_view operation);

}  // namespace jiheng::service::tests
