// Inside desks/rectification only: what a ledger's record says of the unit and the year that it belongs to.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledgers/ledgers.h"

namespace jiheng::desks {

const ledgers::Value& ledger_value(const ledgers::RecordType& type, std::span<const ledgers::Value> values, std::string_view field);
/// As written; "" too where the ledger has no such field.
std::string ledger_text(const ledgers::RecordType& type, std::span<const ledgers::Value> values, std::string_view field);
/// The units that it names, itself or through what it refers to (its project); their ids.
std::vector<std::string> units_named_in(const ledgers::Ledgers& ledgers, const ledgers::RecordType& type,
                                        std::span<const ledgers::Value> values);
/// The budget years that it names in a field of that name, in the same way; as written.
std::vector<std::string> years_named_in(const ledgers::Ledgers& ledgers, const ledgers::RecordType& type,
                                        std::span<const ledgers::Value> values);

}  // namespace jiheng::desks
