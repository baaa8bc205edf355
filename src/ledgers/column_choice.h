// What the columns of a desk's own table mean where their headings do not say so: chosen once by a person, known for the next table with
// the same heading.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "registry/registry.h"

namespace jiheng::ledgers {

struct RecordType;

struct ColumnChoice {
  std::vector<std::string> header;                         ///< the headings in their order; empty: of whatever table is at hand
  std::map<std::string, std::string, std::less<>> fields;  ///< heading → name of the field; "": not to be read
};

/// {"审定价":"concluded_amount","备注":""}. Error: bad-columns (context: the heading that names no field).
Result<ColumnChoice> column_choice_of(const RecordType& type, std::string_view json);

/// Those that are known of the type.
std::vector<ColumnChoice> known_columns(registry::Registry& registry, const RecordType& type);
/// Within the change that takes the table in.
std::optional<Error> remember_columns(registry::Change& change, const RecordType& type, const ColumnChoice& choice);

}  // namespace jiheng::ledgers
