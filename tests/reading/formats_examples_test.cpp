// The synthetic forms and the sample bureau's files, where they lie beside the project: every carrier that is read gives grids, every
// other is refused by name. What the grids mean is judged elsewhere.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "reading/reader.h"

namespace jiheng::reading {
namespace {

const std::filesystem::path examples = "../shared/examples";

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What the file is by its name, in the contract's words.
std::string expected_format(const std::filesystem::path& file) {
  return file.extension().string().substr(1);
}

TEST(Examples, AreToldByContentAndReadOrRefusedByName) {
  if (!std::filesystem::exists(examples)) GTEST_SKIP() << "no examples beside the project";
  std::size_t read = 0;
  for (const char* folder : {"forms", "seed"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(examples / folder)) {
      if (!entry.is_regular_file() || entry.path().extension() == ".json") continue;
      const std::string name = entry.path().filename().string();
      const std::string bytes = content_of(entry.path());
      const Format format = detect_format(bytes);
      const std::string expected = expected_format(entry.path());
      const bool plain = expected == "txt" || expected == "tsv";
      if (plain)
        EXPECT_TRUE(format == Format::text || format == Format::tsv) << name;
      else
        EXPECT_EQ(format_code(format), expected) << name;
      const auto layout = read_layout(bytes, format);
      if (expected == "doc" || expected == "xls") {
        ASSERT_FALSE(layout) << name;
        EXPECT_EQ(layout.error().code, "unsupported-format") << name;
        continue;
      }
      ASSERT_TRUE(layout) << name;
      ++read;
      const auto grids =
          std::count_if(layout->blocks.begin(), layout->blocks.end(), [](const Block& block) { return block.kind == Block::Kind::grid; });
      EXPECT_GE(grids, 1) << name;
    }
  }
  EXPECT_GE(read, 40U);
}

}  // namespace
}  // namespace jiheng::reading
