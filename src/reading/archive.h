// Zips of documents → the documents in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace jiheng::reading {

struct PackedFile {
  std::string name;  ///< as given, folders with forward slashes
  std::string bytes;
  std::optional<Error> trouble = {};  ///< why it could not be taken out of its archive
};

/// Zips are replaced by the documents in them, which carry "archive.zip/inner/path.docx" as names, also those in zips within; file names
/// in GB18030 are understood. A zip that is itself damaged, too large or empty stays, with its `trouble`.
std::vector<PackedFile> unpack(std::vector<PackedFile> files);

/// A file's name as UTF-8 on one line, whatever the machine it comes from wrote, with forward slashes.
std::string readable_name(std::string_view raw);

}  // namespace jiheng::reading
