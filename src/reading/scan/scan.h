// A scanned page → glyphs and rules, as if it had been printed by a program.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "base/result.h"
#include "reading/grid.h"
#include "reading/limits.h"
#include "reading/page.h"
#include "reading/scan/gray_picture.h"
#include "reading/scan/ocr.h"

namespace jiheng::reading {

/// Straightens the canvas (scan_dots_per_inch, as large as the page), finds the ruling lines, and has each cell and each strip between
/// tables recognised by itself, so that no text is read across a line. Glyphs carry the confidence of their word.
/// Errors: scanned (recognition failed), too-many-cells.
std::optional<Error> read_scan(GrayPicture canvas, const OcrDoor& ocr, const Limits& limits, Page& page);

/// Fewer characters than this on a page with a picture over it: a stamp or a page number on a scan.
inline constexpr std::size_t scan_text = 20;
bool is_scan(const Page& page);
inline constexpr float scan_shown_dots = 110;  ///< enough to read a scan on the screen

/// A document of scans, where recognition is not installed or failed.
Error scanned_error(bool installed);
/// "第2、3页是扫描件 …": one note each for the pages that were recognised and for those that were not.
void add_scan_notes(std::span<const Page> pages, Layout& layout);

}  // namespace jiheng::reading
