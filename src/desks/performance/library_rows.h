// A row of library_entries as an entry.
#pragma once

#include <string_view>

#include "desks/performance/library.h"
#include "store/connection.h"

namespace jiheng::desks {

/// Of the table by the name `e`.
inline constexpr std::string_view library_columns =
    "e.id, e.revision, e.level1, e.level2, e.name, e.direction, e.comparator, e.measure_unit, e.explanation, e.scoring_rule, e.evidence, "
    "e.function_class, e.retired, e.tables, e.units, e.years, e.last_year, e.overall_tables, e.project_tables, e.numbers, e.least, e.q1, "
    "e.median, e.q3, e.most";
inline constexpr int library_column_count = 25;

LibraryEntry library_entry_of(const store::Row& row);

}  // namespace jiheng::desks
