#include "check.h"
#include "goals/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto tables = tables_from_json(fuzz::view(data, size));
  if (!tables) {
    fuzz::check(tables.error());
    return 0;
  }
  // What the kind of a table does not have is not written, so that the first writing settles it.
  const std::string json = tables_json(*tables);
  const auto again = tables_from_json(json);
  fuzz::require(again && tables_json(*again) == json, "tables read back as others");
  return 0;
}
