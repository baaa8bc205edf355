// A scanned page → glyphs and rules, as if it had been printed by a program.
#pragma once

#include <optional>

#include "base/result.h"
#include "reading/limits.h"
#include "reading/page.h"
#include "reading/scan/gray_picture.h"
#include "reading/scan/ocr.h"

namespace jiheng::reading {

/// Straightens the canvas (scan_dots_per_inch, as large as the page), finds the ruling lines, and has each cell and each strip between
/// tables recognised by itself, so that no text is read across a line. Glyphs carry the confidence of their word.
/// Errors: ocr-unavailable (no recognition here, or it failed), too-many-cells.
std::optional<Error> read_scan(GrayPicture canvas, const Ocr& ocr, const Limits& limits, Page& page);

/// What to say of a scan where recognition is not installed.
Error ocr_unavailable();

}  // namespace jiheng::reading
