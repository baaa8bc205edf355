// The ledgers of the program, and over them those that a county declares itself.
#pragma once

#include <string>

#include "base/result.h"
#include "ledgers/catalogue.h"

namespace jiheng::app {

/// The program's declarations with those of DATA/desks/**.yaml, where a file of the same path (desk/file.yaml) replaces the program's.
/// Errors: no-folder, those of Catalogue::of_files().
Result<ledgers::Catalogue> load_catalogue(const std::string& data_folder);

}  // namespace jiheng::app
