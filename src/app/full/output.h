// Results that go into files: whole or not at all.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "base/result.h"

namespace jiheng::app {

/// Writes beside the target first and renames, so that nobody ever sees half a file. Error: write-failed.
Result<Done> write_file(const std::string& path, std::string_view bytes);

/// Names for files in one folder: what was given out already gets a number: 甲局.docx, 甲局 (2).docx.
class OutputNames {
 public:
  /// Creates the folder. Error: write-failed.
  static Result<OutputNames> in(const std::string& folder);
  std::string next(std::string_view stem, std::string_view ending);

 private:
  explicit OutputNames(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
  std::unordered_set<std::string> given_;
};

/// A file's name without folders and ending, with what no file name may hold replaced.
std::string stem_of(std::string_view path);
std::string safe_name(std::string_view text);

}  // namespace jiheng::app
