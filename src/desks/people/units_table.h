// The ledger 预算单位 is the bureau's register of units: its table is taken in here.
#pragma once

#include <string>

#include "desks/people/people.h"
#include "ledgers/import.h"

namespace jiheng::desks {

/// As ledgers::import_table(): all rows or none, or the good ones. A department that is no unit is passed over with a note. Errors:
/// forbidden, those of ledgers::read_sheets(), no-header.
Result<ledgers::Imported> import_units(People& people, const ledgers::RecordType& type, std::string bytes,
                                       const ledgers::ImportOptions& options, const access::Principal& who, Text why = {});

/// For ledgers::ImportOptions::make_unit: a unit by its name alone, with a code of the program's.
std::function<std::optional<Error>(registry::Change&, const std::string&, const std::string&)> unit_maker(const std::string& tenant);

}  // namespace jiheng::desks
