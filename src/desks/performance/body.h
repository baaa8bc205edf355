// What one revision of a submission holds, and its JSON in the registry: {"file", "notes", "opinion", "tables": [GoalTable + {"file",
// "attachment"} …]}.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditing/finding.h"
#include "base/result.h"
#include "desks/performance/submissions.h"

namespace jiheng::desks {

struct Body {
  std::string file;  ///< imported last
  std::vector<FiledTable> tables;
  std::vector<Note> notes;
  Text opinion;

  bool operator==(const Body&) const;
};

std::string body_json(const Body& body);
std::string tables_json(const Body& body);
std::string notes_json(const Body& body);
/// Error: json-syntax, json-shape.
Result<Body> body_from_json(std::string_view json);

/// The unit that most tables name, the first of them where several are named as often; nullopt where none does.
Text unit_of(const Body& body);
std::optional<int> year_of(const Body& body);
/// The audit of all tables as one submission; places and grades name each table by its index in the body and its own file.
auditing::Report audit_of(const Body& body);
std::vector<std::string> attachments_of(const Body& body);

}  // namespace jiheng::desks
