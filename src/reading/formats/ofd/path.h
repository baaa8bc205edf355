// AbbreviatedData ("M 0 0 L 10 0 …", GB/T 33190—2016 表36) → a path on the page.
#pragma once

#include <string_view>

#include "reading/formats/ofd/numbers.h"
#include "reading/path.h"

namespace jiheng::reading::ofd {

/// Appends what `data` draws, seen through `matrix`. Where it is only an outline, not `filled`, a curve parts its straight pieces.
void add_path(std::string_view data, const Matrix& matrix, bool filled, Path& path);

}  // namespace jiheng::reading::ofd
