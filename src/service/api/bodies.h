// What clients send as JSON, and the small parameters of addresses and headers, as values.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "goals/goal_table.h"
#include "service/http/message.h"

namespace jiheng::service {

struct TablesBody {
  std::vector<GoalTable> tables;
  Text why;
};
/// Errors: json-syntax, json-shape (no "tables", "why" not a text), invalid-table (context: the field).
Result<TablesBody> tables_body(std::string_view json);

struct ActionBody {
  std::string action;
  Text opinion;
};
/// Errors: json-syntax, json-shape.
Result<ActionBody> action_body(std::string_view json);

/// The revision named by If-Match. Error: if-match-missing.
Result<int> if_match(const Request& request);
/// Whether If-None-Match names that tag.
bool names_etag(std::string_view if_none_match, std::string_view etag);

/// A whole number between the bounds; `fallback` where the parameter is absent or empty. Error: bad-parameter (context: its name).
Result<int> whole_number(const Request& request, std::string_view name, int fallback, int least, int most);

}  // namespace jiheng::service
