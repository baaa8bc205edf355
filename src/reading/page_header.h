// A table's header that the next page prints again.
#pragma once

#include "reading/page_table.h"

namespace jiheng::reading {

/// Drops the first rows of `next` where they print again what `table` begins with, or the names of its indicators' columns alone. Whether
/// any were dropped.
bool drop_repeated_header(const PageTable& table, PageTable& next);

/// Whether the names of the indicators' columns, that of a level among them, stand in the first row.
bool begins_with_header(const PageTable& table);

}  // namespace jiheng::reading
