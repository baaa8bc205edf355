// Documents → submissions. Each file is one transaction: wholly in, with its original kept, or wholly out.
//
// A file whose unit and year are already there becomes a new revision of that submission (its tables replace those read from a file
// of the same name, others are added); the same bytes again change nothing. Tables without a year join the unit's latest submission;
// a file with the tables of plainly different units goes to the submission of each. A zip is opened and each document in it is a file.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "goals/goal_table.h"
#include "registry/registry.h"

namespace jiheng::desks {

struct IncomingFile {
  std::string name;  ///< as given, folders with forward slashes
  std::string bytes;
  std::optional<Error> trouble = {};  ///< why it could not be taken out of its archive; it fails on import with that
};

struct ImportedFile {
  enum class State { waiting, imported, unchanged, failed, empty } state = State::waiting;
  std::string file;
  std::string submission;  ///< id; empty where none was touched
  Text unit_name;
  int tables = 0;
  int errors = 0;
  int warnings = 0;
  int hints = 0;
  Text code;  ///< why it failed, or holds no table
  Text message;
};

std::string_view import_state_code(ImportedFile::State state);  ///< "imported"

/// Zips are replaced by the documents in them, which carry "archive.zip/inner/path.docx" as names; file names in GB18030 are
/// understood. A zip that is itself damaged or too large stays as it is and fails on import.
/// What cannot be taken out of it comes with its `trouble`.
std::vector<IncomingFile> unpack(std::vector<IncomingFile> files);

/// A file's name as UTF-8 on one line, whatever the machine it comes from wrote, with forward slashes.
std::string readable_name(std::string_view raw);

/// Imports one file. Never throws for what is in the file, nor for a database or disk in trouble: that is `failed`, too, with its code.
/// `read` is where the bytes become a Document: in-process, or a worker.
using Reader = std::function<Document(std::string_view bytes, std::string name)>;
ImportedFile import_file(registry::Registry& registry, const IncomingFile& file, const Reader& read, const registry::Author& author);

/// Loads the sample bureau (株洲市渌口区财政局, 2026) as a submission of its own; does nothing where it is already there.
ImportedFile load_sample(registry::Registry& registry, const Reader& read);

}  // namespace jiheng::desks
