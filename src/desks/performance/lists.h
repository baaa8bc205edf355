// What is derived from submissions' records for lists, pages and finding again, kept in the transaction that changes the record.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desks/performance/body.h"

namespace jiheng::desks {

inline constexpr std::string_view submission_kind = "submission";

/// A record taken apart and audited.
struct Opened {
  registry::Record record;
  Body body;
  auditing::Report report;
  Summary summary;
};
Opened opened(registry::Record record);
Opened opened(registry::Record record, Body body);

/// What identifies a unit's submission among others: the folded name of the unit, "file:…" where the tables name none.
std::string unit_key_of(const Text& unit_name, std::string_view file);

/// Makes the submission's rows anew.
void store_lists(store::Connection& connection, const std::string& tenant, const Opened& submission);
void remove_lists(store::Connection& connection, const std::string& tenant, std::string_view id);

Page list_page(store::Connection& connection, const std::string& tenant, const Filter& filter);
Result<OpenedJson> list_page_of(store::Connection& connection, const std::string& tenant, std::string_view id);

/// Ids of the submissions that hold a file with this content.
std::vector<std::string> holders_of(store::Connection& connection, const std::string& tenant, std::string_view sha256);
/// The unit's submission of the year. Where one side names no year, the unit's latest one; "" where there is none.
std::string find_submission(store::Connection& connection, const std::string& tenant, std::string_view unit_key, std::optional<int> year);

}  // namespace jiheng::desks
