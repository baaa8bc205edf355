// What clients send as JSON, and the small parameters of addresses and headers, as values.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/accounts.h"
#include "base/result.h"
#include "desks/people/people.h"
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

/// A JSON object of plain fields.
class TextFields {
 public:
  /// Errors: json-syntax, json-shape.
  static Result<TextFields> of(std::string_view json);
  TextFields(TextFields&&) noexcept;
  ~TextFields();

  /// Error: json-shape where it is absent, blank or no text.
  Result<std::string> needed(std::string_view name) const;
  /// Nothing where it is absent, null, blank or no text.
  Text optional(std::string_view name) const;
  /// As it is, blank or not; nothing where it is absent or null. Error: json-shape where it is no text.
  Result<Text> given(std::string_view name) const;
  /// Errors: json-shape.
  Result<int> number(std::string_view name) const;
  Result<bool> flag(std::string_view name, bool fallback) const;
  Result<std::vector<std::string>> texts(std::string_view name) const;

 private:
  struct Object;
  explicit TextFields(std::unique_ptr<Object> object);
  std::unique_ptr<Object> object_;
};

struct PostsBody {
  std::vector<access::Appointment> posts;
  Text why;
};
/// Errors: json-syntax, json-shape.
Result<PostsBody> posts_body(std::string_view json);
Result<std::vector<desks::UnitLine>> unit_lines(std::string_view json, std::size_t most);
/// {"lines": [{field: text}]}: of each line those fields in that order, trimmed; nothing where a line does not say it. Whole numbers as
/// their digits. Errors: json-syntax, json-shape.
Result<std::vector<std::vector<Text>>> text_lines(std::string_view json, std::size_t most, std::initializer_list<std::string_view> fields);

struct ManyActions {
  std::string action;
  Text opinion;
  std::vector<std::pair<std::string, int>> items;  ///< id, revision
};
/// Errors: json-syntax, json-shape.
Result<ManyActions> many_actions(std::string_view json, std::size_t most);

/// The revision named by If-Match. Error: if-match-missing.
Result<int> if_match(const Request& request);
/// Whether If-None-Match names that tag.
bool names_etag(std::string_view if_none_match, std::string_view etag);

/// A whole number between the bounds; `fallback` where the parameter is absent or empty. Error: bad-parameter (context: its name).
Result<int> whole_number(const Request& request, std::string_view name, int fallback, int least, int most);

/// The number that the address names, of something counted from 1. Error: not-found.
Result<int> number_param(const Request& request, std::string_view name);
/// The one file that was sent, its name without folders. Errors: no-files, too-many-files.
Result<Upload::File> one_file(const Request& request);

}  // namespace jiheng::service
