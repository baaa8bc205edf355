// The bureaus that one database holds (docs/adr/0010): each is a tenant of its own, with its units, people, records and journal. This list
// and the shape of the ledgers' tables are without a tenant; no record is shared.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/connection.h"

namespace jiheng::access {

struct Bureau {
  std::string code;  ///< names the tenant: letters, digits and -, as 430212
  std::string name;
  std::string made_at;  ///< UTC
};

// Within the connection's transaction.
/// Errors: invalid-bureau (context: the field), bureau-exists.
Result<Done> add_bureau(store::Connection& connection, const Bureau& bureau);
/// In the order of codes; without the first one, which is there from the start.
std::vector<Bureau> list_bureaus(store::Connection& connection);
std::optional<Bureau> find_bureau(store::Connection& connection, std::string_view code);

}  // namespace jiheng::access
