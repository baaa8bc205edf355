// What is derived from submissions' records for lists, pages and finding again, kept in the transaction that changes the record.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "access/units.h"
#include "desks/performance/body.h"

namespace jiheng::desks {

inline constexpr std::string_view submission_kind = "submission";

/// A record taken apart and audited.
struct Opened {
  registry::Record record;
  Body body;
  const policy::Pack* pack = nullptr;
  auditing::Report report;
  std::vector<auditing::TableGrade> grades;  ///< as judged
  Summary summary;
};
/// `year_pack`: of its year (year_pack() of years.h), for what is not decided yet.
Opened opened(registry::Record record, Body body, const Text& year_pack);
/// Where one asks for the pack oneself, with the year that the body names.
Opened opened(registry::Record record, registry::Registry& registry);
Opened opened(registry::Record record, registry::Change& change);
std::optional<int> year_of(const Body& body);

/// What identifies a unit's submission among others: the folded name of the unit, "file:…" where the tables name none.
std::string unit_key_of(const Text& unit_name, std::string_view file);

/// Makes the submission's rows anew, and the library's where it is approved. Where nobody said whose it is, the name tells; `submission`
/// learns it.
void store_lists(store::Connection& connection, const std::string& tenant, Opened& submission);
/// The same without the library.
void store_rows(store::Connection& connection, const std::string& tenant, Opened& submission);
void remove_lists(store::Connection& connection, const std::string& tenant, std::string_view id);

/// What of it he may see.
Page list_page(store::Connection& connection, const std::string& tenant, const Filter& filter, const access::Principal& who);
/// The unit it belongs to, as listed.
Text listed_unit(store::Connection& connection, const std::string& tenant, std::string_view id);
std::optional<int> listed_year(store::Connection& connection, const std::string& tenant, std::string_view id);
/// A unit's names changed: submissions under one of them that were nobody's become its own.
void adopt_submissions(store::Connection& connection, const std::string& tenant, const access::Unit& unit);
/// Makes the rows of the year's submissions anew: it has got another pack.
void relist_year(registry::Change& change, const std::string& tenant, int year);
/// Without `actions` and what else depends on who asks.
Result<OpenedJson> list_page_of(store::Connection& connection, const std::string& tenant, std::string_view id);

/// Ids of the submissions that hold a file with this content.
std::vector<std::string> holders_of(store::Connection& connection, const std::string& tenant, std::string_view sha256);
/// The submission of the year that the unit has, or one under the name. Where one side names no year, the latest one; "" where there is
/// none.
std::string find_submission(store::Connection& connection, const std::string& tenant, const Text& unit, std::string_view unit_key,
                            std::optional<int> year);

}  // namespace jiheng::desks
