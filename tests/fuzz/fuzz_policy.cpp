#include <vector>

#include "check.h"
#include "policy/pack.h"

// A rule pack of its own, beside those of the program that it may inherit from.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto built_in = embedded::rule_packs();
  std::vector<embedded::File> files(built_in.begin(), built_in.end());
  files.push_back({"place.yaml", fuzz::view(data, size)});
  const auto pack = policy::read_pack("place", files);
  if (!pack) fuzz::check(pack.error());
  return 0;
}
