// What is derived for the indicator library: uses of approved tables, kept in the transaction that changes the records; entries over them
// and what a search finds them by, worked out when somebody next looks. An entry that all units use has thousands of uses, and a bureau
// approves a hundred forms in a row: to read all uses again for each would make every approval dearer than the one before.
//
// Tables of a classified unit (涉密) count nowhere in the library and show nowhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desks/performance/body.h"
#include "registry/registry.h"
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

/// An approved submission's tables take the place of what it said before. While it is being adjusted what was approved stands. Entries
/// are worked out by settle_library().
void take_into_library(store::Connection& connection, const std::string& tenant, std::string_view submission, const Body& body);
/// Everything that the unit's tables count in, worked out anew at once: the unit became classified, or a submission became its own.
void refresh_library_of(store::Connection& connection, const std::string& tenant, std::string_view unit);

/// Works out the entries whose uses changed, a few in a transaction; one question where there are none. Waits while somebody stores.
void settle_library(registry::Registry& registry);

/// Its entry is to be worked out behind it.
void store_library_note(store::Connection& connection, const std::string& tenant, const LibraryNote& note);
void refresh_library_entry(store::Connection& connection, const std::string& tenant, const std::string& id);
std::optional<LibraryNote> find_library_note(store::Connection& connection, const std::string& tenant, std::string_view id);

/// For making all of it anew: empties it; then every submission is put in, then all entries are worked out at once.
void clear_library(store::Connection& connection, const std::string& tenant);
void put_library_uses(store::Connection& connection, const std::string& tenant, std::string_view submission, const Body& body);
void refresh_library(store::Connection& connection, const std::string& tenant);

}  // namespace jiheng::desks
