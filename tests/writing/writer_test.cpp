#include "writing/writer.h"

#include <gtest/gtest.h>
namespace jiheng::writing {
namespace {
TEST(Writer, NothingToWriteIsAnError) {
  EXPECT_EQ(write_forms({}, Carrier::docx).error().code, "nothing-to-write");
}
}  // namespace
}  // namespace jiheng::writing
