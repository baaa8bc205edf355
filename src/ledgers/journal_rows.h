// The rows of a ledger's change out of the journal.
#pragma once

#include <functional>
#include <string_view>

#include "ledgers/catalogue.h"
#include "registry/registry.h"

namespace jiheng::ledgers {

struct ChangeBody {
  std::string type;
  std::string root;
  std::int64_t count = 0;
};

/// Hands over each line as it was written (rows.h), in order. Errors: bad-line (the body is none of a ledger's), attachment-missing,
/// attachment-altered.
Result<ChangeBody> read_change(registry::Registry& registry, std::string_view body, const std::function<void(std::string_view line)>& take);

/// The journal's changes of ledgers in order: position and body.
void each_change(store::Connection& connection, const std::string& tenant, std::string_view kind,
                 const std::function<void(std::int64_t seq, const std::string& body)>& take);

}  // namespace jiheng::ledgers
