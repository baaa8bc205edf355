// What a submission's record holds, and its JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desks/performance/submissions.h"

namespace jiheng::desks {

struct Body {
  struct File {
    std::string name;
    std::string attachment;  ///< SHA-256
  };
  /// `table` counts within `tables`.
  struct FiledNote {
    Note note;
    std::string file;
  };

  std::vector<FiledTable> tables;
  std::vector<FiledNote> notes;
  std::vector<File> files;  ///< in the order they came in
  std::string file;         ///< imported last
  Text opinion;
  Text unit;  ///< id, where a person said so; else the name tells
  Filing filing;
  Text pack;  ///< pack and version (cn-2020@1) that a return or an approval was decided under, as long as that stands

  std::vector<std::string> attachments() const;
};

/// Arrays as pages want them, and as the body stores them.
std::string filed_tables_json(const Body& body);
std::string filed_notes_json(const Body& body);
std::string filing_json(const Filing& filing);
/// Throws store::Failure (db-damaged) for what filing_json() cannot have written.
Filing filing_from_json(std::string_view json);
/// SHA-256 of what a signature stands for: the tables' canonical JSON, without the places they were read from.
std::string content_hash(const Body& body);
std::string body_json(const Body& body);
std::string review_json(const Review& review);
/// Throws store::Failure (db-damaged) for what body_json() cannot have written.
Body body_from_json(std::string_view json);

/// The body's tables by the file they came from, as the audit wants them, and the way back to the places within the body.
struct ByFile {
  std::vector<Document> documents;
  std::vector<std::vector<int>> indices;  ///< of each document's tables within the body
};
ByFile by_file(const Body& body);

/// Takes in what was read from a file: it replaces what came from a file of the same name.
void replace_file(Body& body, const Body::File& file, std::vector<GoalTable> tables, std::vector<Note> notes);
/// Puts edited tables in place of the old ones; files and notes follow the tables they belong to.
void replace_tables(Body& body, std::vector<GoalTable> tables);

}  // namespace jiheng::desks
