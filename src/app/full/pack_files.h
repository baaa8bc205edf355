// The packs of the program, and over them those of a folder that a place keeps itself.
#pragma once

#include <string>
#include <vector>

#include "base/embedded.h"
#include "base/result.h"

namespace jiheng::app {

class PackFiles {
 public:
  /// "" for the program's alone. Error: no-folder.
  static Result<PackFiles> in(const std::string& folder);

  /// Of the program and of the folder, which wins where both have a name. Valid as long as this is.
  std::vector<embedded::File> all() const;
  /// How many there are of the folder's own.
  std::size_t own() const { return own_.size(); }

 private:
  struct Own {
    std::string name;
    std::string bytes;
  };
  std::vector<Own> own_;
};

}  // namespace jiheng::app
