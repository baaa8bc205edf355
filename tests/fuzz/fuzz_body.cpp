#include "check.h"
#include "registry/canonical_json.h"
#include "service/api/bodies.h"

// The JSON of a request, as the service and then the registry take it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto bytes = fuzz::view(data, size);
  if (const auto body = service::tables_body(bytes); !body) fuzz::check(body.error());
  if (const auto body = service::action_body(bytes); !body) fuzz::check(body.error());
  const auto canonical = registry::canonical_json(bytes);
  if (!canonical) return fuzz::check(canonical.error()), 0;
  const auto again = registry::canonical_json(*canonical);
  fuzz::require(again && *again == *canonical, "canonical JSON that has another form");
  return 0;
}
