// What lists and pages show, derived from the records in the same transaction that stores them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "desks/performance/body.h"
#include "desks/performance/submissions.h"
#include "registry/registry.h"

namespace jiheng::desks {

inline constexpr std::string_view submission_kind = "submission";

/// By which program and rules the lists are made; prepare() makes them anew where this changed.
std::string list_maker();

/// What a submission is found by: the unit's folded name and the year. A file that names no unit is found by its own name.
std::string unit_key(const Body& body);

Summary summary_of(const registry::Record& record, const Body& body, const auditing::Report& report);
/// Puts the submission's row, page and files in the place of the old ones.
void store_lists(store::Connection& connection, const std::string& tenant, const registry::Record& record, const Body& body,
                 const auditing::Report& report);
void drop_lists(store::Connection& connection, const std::string& tenant, std::string_view id);

/// The submission of the unit and year, if there is one.
std::optional<std::string> find_submission(store::Connection& connection, const std::string& tenant, const Body& body);
/// The submission that holds tables read from these very bytes.
std::optional<std::string> find_file(store::Connection& connection, const std::string& tenant, std::string_view sha256);

Page list_page(store::Connection& connection, const std::string& tenant, const Filter& filter);
std::optional<OpenedJson> opened_json(store::Connection& connection, const std::string& tenant, std::string_view id);

}  // namespace jiheng::desks
