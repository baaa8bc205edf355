// What Word documents of every dress (docx, doc, rtf) have in common once they are a layout.
#pragma once

#include "reading/grid.h"

namespace jiheng::reading {

/// A document that begins with its table may have the title in the page header.
bool lacks_title(const Layout& layout);
/// The first paragraph of `header` becomes the layout's first. False where it has none.
bool take_title(const Layout& header, Layout& layout);
/// Deleted text is not there, inserted text is: people are told to look.
void note_tracked_changes(Layout& layout);

}  // namespace jiheng::reading
