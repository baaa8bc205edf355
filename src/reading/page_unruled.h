// Goal tables on a page without upright rules: the header of the indicators tells the columns, the white space between them where they
// part, and the places of the texts the rows. What cannot be told for certain is no table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "reading/page.h"
#include "reading/page_table.h"
#include "reading/page_words.h"

namespace jiheng::reading {

/// A stretch of the page from its left to its right that holds one table, or what is none.
struct UnruledPart {
  float top = 0;
  float bottom = 0;
  PageTable table;
  bool unreadable = false;  ///< there is a table, and nobody can tell its rows and columns
};

/// The goal tables among the glyphs of `page` with these indices: for each its head, where it has one, and its indicators. Empty where no
/// header of indicators stands among them. `next`: the next page, which may begin with the rest of this one's last table, whose last row is
/// then cut; nullptr where there is none.
std::vector<UnruledPart> unruled_tables(const Page& page, std::span<const std::uint32_t> glyphs, const Page* next);

/// The head of a form above its indicators, in the lines between `top` and `bottom`: labels on the left, what belongs to them beside them.
std::optional<UnruledPart> unruled_head(const Page& page, std::span<const std::uint32_t> glyphs, float top, float bottom);

/// Lines whose words are parted by gaps of a third of a character, as cells are that are filled to their edges.
std::vector<PageLine> close_lines(const Page& page, std::span<const std::uint32_t> glyphs);

}  // namespace jiheng::reading
