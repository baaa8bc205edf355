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

#include "access/principal.h"
#include "base/result.h"
#include "goals/goal_table.h"
#include "reading/archive.h"
#include "registry/registry.h"

namespace jiheng::desks {

using IncomingFile = reading::PackedFile;

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

/// Imports one file. Never throws for what is in the file, nor for a database or disk in trouble: that is `failed`, too, with its code.
/// `read` is where the bytes become a Document: in-process, or a worker.
using Reader = std::function<Document(std::string_view bytes, std::string name)>;
/// For a person of a unit the file must be his unit's (not-your-unit).
ImportedFile import_file(registry::Registry& registry, const IncomingFile& file, const Reader& read, const access::Principal& who,
                         Text why = {});

/// Loads the sample bureau (株洲市渌口区财政局, 2026) as a submission of its own; does nothing where it is already there.
ImportedFile load_sample(registry::Registry& registry, const Reader& read);

}  // namespace jiheng::desks
