// Inside desks/ only: parts that several records and papers write alike.
#pragma once

#include <boost/json/value.hpp>

#include "base/json_writer.h"
#include "desks/rectification/problem.h"

namespace jiheng::desks {

void write_texts(JsonWriter& out, const std::vector<std::string>& texts);
void write_person(JsonWriter& out, const Person& person);
void write_evidence(JsonWriter& out, const BroughtFile& file);
// Throw boost::system::system_error where a field is missing or of another type.
std::string text_at(const boost::json::value& from, std::string_view name);
Text maybe_text(const boost::json::value& value);
Person person_from(const boost::json::value& from);
BroughtFile evidence_from(const boost::json::value& from);

std::string joined(const std::vector<std::string>& texts, std::string_view between);

}  // namespace jiheng::desks
