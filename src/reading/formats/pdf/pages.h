// A PDF's bytes → its pages' glyphs and ruling lines.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/limits.h"
#include "reading/page.h"

namespace jiheng::reading::pdf {

/// What of the pages could not be read.
struct PageTroubles {
  std::vector<int> damaged;      ///< the numbers of pages that could not be read, or not to their end
  std::optional<Error> picture;  ///< why the picture of a scan could not be shown
};

/// Errors: damaged, encrypted, expands-too-much, too-large.
Result<std::vector<Page>> read_pages(std::string_view bytes, const Limits& limits, PageTroubles* troubles = nullptr);

}  // namespace jiheng::reading::pdf
