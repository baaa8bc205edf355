// The columns of a table that goes on over a page break: one division again.
#pragma once

#include "reading/page_table.h"

namespace jiheng::reading {

/// Puts `next`, which may be the continuation of `table`, and `table` on columns that both share; false, and nothing is done, where they
/// are not those of one table.
bool share_columns(PageTable& table, PageTable& next);

}  // namespace jiheng::reading
