#include <vector>

#include "check.h"
#include "policy/pack.h"
#include "policy/settings.h"
#include "scoring/worked_examples.h"

// A rule pack of its own, beside those of the program that it may inherit from: read, shown, checked, its examples run.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto built_in = embedded::rule_packs();
  std::vector<embedded::File> files(built_in.begin(), built_in.end());
  files.push_back({"place.yaml", fuzz::view(data, size)});
  const auto pack = policy::read_pack("place", files);
  if (!pack) fuzz::check(pack.error());
  const auto settings = policy::settings_of("place", files);
  if (!settings) fuzz::check(settings.error());
  const auto examples = policy::examples_of("place", files);
  if (!examples) fuzz::check(examples.error());
  if (pack && examples) scoring::run_examples(*pack, *examples);
  // By itself: checking those of the program too would take all the time.
  const embedded::File alone[] = {{"place.yaml", fuzz::view(data, size)}};
  for (const policy::PackFault& fault : policy::check_packs(alone))
    fuzz::require(fault.line >= 1 && !fault.message.empty(), "a fault without a place");
  return 0;
}
