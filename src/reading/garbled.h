// Text that a file gives for other characters than it shows: false or damaged tables of what its glyphs mean.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "reading/grid.h"
#include "reading/page.h"

namespace jiheng::reading {

/// Whether the page's text is none that anybody wrote: Chinese without the characters that every form is full of, characters for private
/// use, of far scripts, or none at all.
bool is_garbled(const Page& page);

/// Takes the text of garbled pages away, with a note text-garbled. `carrier`: PDF, OFD.
/// Errors: text-garbled, where it is all the text there is.
std::optional<Error> drop_garbled(std::span<Page> pages, std::string_view carrier, Layout& layout);

/// How many characters nobody knows (U+FFFD).
std::size_t unknown_characters(std::span<const Page> pages);
/// Says so, where there are any.
void note_unknown(std::size_t unknown, std::string_view carrier, Layout& layout);

}  // namespace jiheng::reading
