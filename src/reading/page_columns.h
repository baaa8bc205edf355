// Tables without rules: columns told by the white space between words that stand below one another.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "reading/page_table.h"
#include "reading/page_words.h"

namespace jiheng::reading {

/// A table that lines make, and which of them.
struct ColumnTable {
  PageTable table;
  std::size_t first = 0;
  std::size_t end = 0;
};

/// The first table among lines that follow one another, top to bottom; nullopt where there is none. Three columns in three lines at least:
/// less may be chance.
std::optional<ColumnTable> table_by_columns(std::span<const PageLine> lines, int page);

}  // namespace jiheng::reading
