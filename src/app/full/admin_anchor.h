// Anchors of the journal on the command line.
#pragma once

#include <string>
#include <vector>

#include "registry/anchors.h"

namespace jiheng::app {

/// Those of a file (empty: none) and one typed in (empty: none). Error: bad-anchor.
Result<std::vector<registry::Anchor>> named_anchors(const std::string& file, const std::string& code, const std::string& tenant);

}  // namespace jiheng::app
