// Goal tables as JSON, by the contract of `jiheng read --json`. Writing keeps a fixed order of fields, so the same tables give the same
// bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/result.h"
#include "goals/goal_table.h"
#include "goals/views.h"

namespace jiheng {

void write_json(JsonWriter& out, const Source& source);
void write_json(JsonWriter& out, const Indicator& indicator);
void write_json(JsonWriter& out, const GoalTable& table);
void write_json(JsonWriter& out, const Note& note);
void write_json(JsonWriter& out, const Document& document);
/// One line, without the line end.
std::string json_line(const Document& document);
std::string json_line(const views::Document& document);
/// One more note behind those of a line that json_line() wrote. Any other line stays as it is: a worker that a document took over may
/// answer anything.
void append_note(std::string& line, const Note& note);
/// Of such a line, as a view of it; empty where the document has none.
std::string_view sha256_of(std::string_view line);
std::string tables_json(const std::vector<GoalTable>& tables);

/// `json`: one table object. Errors: json-syntax, json-shape (context: the field).
Result<GoalTable> table_from_json(std::string_view json);
/// One document object, as json_line() writes it.
Result<Document> document_from_json(std::string_view json);
/// `json`: {"tables": […]} (a whole document object does), or an array of tables.
Result<std::vector<GoalTable>> tables_from_json(std::string_view json);

}  // namespace jiheng
