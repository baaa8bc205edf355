// What is derived for the indicator library, kept in the transaction that changes the records: uses of approved tables, entries over them,
// what a search finds them by.
//
// Tables of a classified unit (涉密) count nowhere in the library and show nowhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desks/performance/body.h"
#include "store/connection.h"

namespace jiheng::desks {

/// What people wrote to an entry (a record of its own), with what makes it this entry.
struct LibraryNote {
  std::string id;
  int revision = 0;
  std::string level1;
  Text level2;
  std::string original;   ///< the name as tables have it
  std::string direction;  ///< code
  Text unit;              ///< of measure
  Text name;              ///< preferred
  Text explanation;
  Text evidence;
  Text function_class;  ///< code
  bool retired = false;
};

/// An approved submission's tables take the place of what it said before. While it is being adjusted what was approved stands.
void take_into_library(store::Connection& connection, const std::string& tenant, std::string_view submission, const Body& body);
void leave_library(store::Connection& connection, const std::string& tenant, std::string_view submission);
/// Everything that the unit's tables count in, worked out anew: the unit became classified, or a submission became its own.
void refresh_library_of(store::Connection& connection, const std::string& tenant, std::string_view unit);

void store_library_note(store::Connection& connection, const std::string& tenant, const LibraryNote& note);
std::optional<LibraryNote> find_library_note(store::Connection& connection, const std::string& tenant, std::string_view id);

/// For making all of it anew: empties it; then every submission is put in, then all entries are worked out at once.
void clear_library(store::Connection& connection, const std::string& tenant);
void put_library_uses(store::Connection& connection, const std::string& tenant, std::string_view submission, const Body& body);
void refresh_library(store::Connection& connection, const std::string& tenant);

}  // namespace jiheng::desks
