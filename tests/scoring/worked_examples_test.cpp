#include "scoring/worked_examples.h"

#include <gtest/gtest.h>

namespace jiheng::scoring {
namespace {

TEST(WorkedExamples, EveryPackBringsSomeAndTheyComeOutAsItSays) {
  for (const std::string& name : policy::pack_names()) {
    const auto pack = policy::find_pack(name);
    ASSERT_TRUE(pack.ok()) << pack.error().message;
    const auto examples = policy::examples_of(name, embedded::rule_packs());
    ASSERT_TRUE(examples.ok()) << examples.error().message;
    EXPECT_FALSE(examples->scoring.empty() && examples->overall.empty()) << name;
    for (const ExampleFault& fault : run_examples(**pack, *examples))
      ADD_FAILURE() << name << ".yaml:" << fault.line << ": " << fault.message;
  }
}

}  // namespace
}  // namespace jiheng::scoring
