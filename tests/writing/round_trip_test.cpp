// Reading back what was written gives the same tables, field by field (contracts/goal-tables.md; `source` aside).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "goals/json.h"
#include "reading/reader.h"
#include "writing/writer.h"

namespace jiheng::writing {
namespace {

/// What a document states, without where it stood.
std::vector<GoalTable> without_sources(std::vector<GoalTable> tables) {
  for (GoalTable& table : tables) {
    for (Indicator& indicator : table.indicators) indicator.source = {};
  }
  return tables;
}

std::string as_json(const GoalTable& table) {
  return tables_json({table});
}

void expect_round_trip(const std::vector<GoalTable>& tables, Carrier carrier, const std::string& what) {
  const auto bytes = write_forms(tables, carrier);
  ASSERT_TRUE(bytes.ok()) << what << ": " << bytes.error().message;
  const Document back = reading::read_document(*bytes, "back");
  ASSERT_FALSE(back.error) << what << ": " << back.error->message;
  const auto expected = without_sources(tables);
  const auto found = without_sources(back.tables);
  ASSERT_EQ(found.size(), expected.size()) << what << " as " << carrier_name(carrier);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_TRUE(found[i] == expected[i]) << what << " as " << carrier_name(carrier) << ", table " << i << "\nwrote " << as_json(expected[i])
                                         << "\nread  " << as_json(found[i]);
  }
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The exact readings beside the sample bureau's and the synthetic forms; empty where the folder is absent.
std::vector<std::filesystem::path> exact_readings() {
  std::vector<std::filesystem::path> found;
  const std::filesystem::path root = "../shared/examples";
  if (!std::filesystem::exists(root)) return found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().string().ends_with(".tables.json")) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

class Carriers : public testing::TestWithParam<Carrier> {};
INSTANTIATE_TEST_SUITE_P(ReadBack, Carriers, testing::Values(Carrier::docx, Carrier::xlsx, Carrier::html),
                         [](const auto& tested) { return std::string(carrier_name(tested.param)); });

TEST_P(Carriers, GiveTheExamplesBack) {
  const auto readings = exact_readings();
  if (readings.empty()) GTEST_SKIP() << "no examples beside the project";
  for (const auto& path : readings) {
    const auto tables = tables_from_json(content_of(path));
    ASSERT_TRUE(tables.ok()) << path;
    expect_round_trip(*tables, GetParam(), path.filename().string());
  }
}

}  // namespace
}  // namespace jiheng::writing
