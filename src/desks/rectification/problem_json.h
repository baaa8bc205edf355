// Inside desks/ only: parts that several records write alike.
#pragma once

#include <boost/json/value.hpp>

#include "base/json_writer.h"
#include "desks/rectification/problem.h"

namespace jiheng::desks {

void write_person(JsonWriter& out, const Person& person);
void write_evidence(JsonWriter& out, const BroughtFile& file);
// Throw boost::system::system_error where a field is missing or of another type.
Person person_from(const boost::json::value& from);
BroughtFile evidence_from(const boost::json::value& from);

}  // namespace jiheng::desks
