// A PDF's bytes → its pages' glyphs and ruling lines.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/limits.h"
#include "reading/page.h"

namespace jiheng::reading::pdf {

/// `damaged` gets the numbers of pages that could not be read, or not to their end.
/// Errors: damaged, encrypted, expands-too-much, too-large.
Result<std::vector<Page>> read_pages(std::string_view bytes, const Limits& limits, std::vector<int>* damaged = nullptr);

}  // namespace jiheng::reading::pdf
