// Reading back what was written gives the same tables, field by field (contracts/goal-tables.md; `source` aside), and the version code at
// the foot of its pages.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "goals/json.h"
#include "goals/version_code.h"
#include "reading/reader.h"
#include "writing/any_table.h"
#include "writing/fixtures.h"
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

/// Where the two differ first, with a few words round it.
std::string difference(const GoalTable& expected, const GoalTable& found) {
  const std::string wrote = tables_json({expected});
  const std::string read = tables_json({found});
  const std::size_t at =
      static_cast<std::size_t>(std::mismatch(wrote.begin(), wrote.end(), read.begin(), read.end()).first - wrote.begin());
  const std::size_t from = at < 120 ? 0 : at - 120;
  return "wrote …" + wrote.substr(from, 240) + "…\nread  …" + (from < read.size() ? read.substr(from, 240) : "") + "…";
}

void expect_round_trip(const std::vector<GoalTable>& tables, Carrier carrier, const std::string& what) {
  WriteOptions options;
  options.code = version_code("0123456789abcdef", 7);
  const auto bytes = write_forms(tables, carrier, options);
  ASSERT_TRUE(bytes.ok()) << what << ": " << bytes.error().message;
  const Document back = reading::read_document(*bytes, "back");
  EXPECT_EQ(back.version_code, carrier == Carrier::html ? Text() : Text(options.code)) << what;
  ASSERT_FALSE(back.error) << what << ": " << back.error->message;
  const auto expected = without_sources(tables);
  const auto found = without_sources(back.tables);
  ASSERT_EQ(found.size(), expected.size()) << what << " as " << carrier_name(carrier);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_TRUE(found[i] == expected[i]) << what << " as " << carrier_name(carrier) << ", table " << i << "\n"
                                         << difference(expected[i], found[i]);
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

/// `jiheng convert`: whatever the reader makes of a document, right or wrong, stands in the written form and reads the same.
TEST_P(Carriers, GiveBackWhatTheReaderReadFromTheExamples) {
  const std::filesystem::path root = "../shared/examples";
  if (!std::filesystem::exists(root)) GTEST_SKIP() << "no examples beside the project";
  int documents = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".json") continue;
    const Document document = reading::read_document(content_of(entry.path()), entry.path().filename());
    if (document.tables.empty()) continue;
    expect_round_trip(document.tables, GetParam(), document.file);
    ++documents;
  }
  EXPECT_GT(documents, 0);
}

TEST_P(Carriers, GiveEveryFieldBack) {
  expect_round_trip({fixtures::overall()}, GetParam(), "overall");
  expect_round_trip({fixtures::project()}, GetParam(), "project");
  expect_round_trip({fixtures::self_evaluation()}, GetParam(), "self-evaluation");
  expect_round_trip({fixtures::monitoring()}, GetParam(), "monitoring");
}

TEST_P(Carriers, KeepTablesOfOneFileApart) {
  expect_round_trip(fixtures::one_of_each(), GetParam(), "one of each");
  auto tables = fixtures::one_of_each();
  for (GoalTable& table : tables) table.title = std::nullopt;
  tables.push_back(tables.front());
  expect_round_trip(tables, GetParam(), "without titles");
}

TEST_P(Carriers, KeepNullApartFromEmpty) {
  GoalTable bare;
  bare.kind = TableKind::project;
  bare.title = "项目支出绩效目标表";
  bare.project_name = "某项目";
  expect_round_trip({bare}, GetParam(), "a head alone");
  bare.year = 2026;
  bare.annual_goal = "完成任务。";
  expect_round_trip({bare, bare}, GetParam(), "twice");
  GoalTable department = fixtures::overall();
  department.unit_name = std::nullopt;
  department.budget = std::nullopt;
  department.tasks.clear();
  department.indicators.clear();
  expect_round_trip({department}, GetParam(), "an overall table without budget, tasks and indicators");
  GoalTable none = fixtures::self_evaluation();
  none.department = std::nullopt;
  none.project_name = std::nullopt;
  none.money_unit = std::nullopt;
  none.goal_result = std::nullopt;
  none.annual_goal = std::nullopt;
  none.total_score = std::nullopt;
  expect_round_trip({none}, GetParam(), "a unit's own self-evaluation");
}

TEST_P(Carriers, KeepTheOrderOfMidTermTargets) {
  GoalTable table = fixtures::project();
  auto& rows = table.indicators;
  // A mid-term target before its annual one, alone, and under another name.
  std::swap(rows[0], rows[1]);
  rows[3].long_term = true;
  rows.push_back(rows[0]);
  rows.back().level3 = "另一个中期指标";
  rows.back().explanation = "五年累计";
  expect_round_trip({table}, GetParam(), "side by side");
  for (Indicator& row : rows) row.long_term = true;
  expect_round_trip({table}, GetParam(), "only mid-term");
  table = fixtures::project();
  table.indicators.resize(2);
  expect_round_trip({table}, GetParam(), "pairs");
}

TEST_P(Carriers, KeepASecondLevelThatIsNull) {
  GoalTable table = fixtures::project();
  auto& rows = table.indicators;
  rows[1].long_term = false;
  for (Indicator& row : rows) row.level2 = std::nullopt;
  expect_round_trip({table}, GetParam(), "no second level");
  rows[0].level2 = "数量指标";
  rows[3].level2 = "时效指标";
  expect_round_trip({table}, GetParam(), "between named ones");
}

TEST_P(Carriers, GiveAnyTableBack) {
  setenv("RC_PARAMS", "seed=2026", 0);  // the same tables in each run, unless one asks for others
  const bool held = rc::check("any two tables read back", [carrier = GetParam()] {
    const std::vector<GoalTable> tables = {*any_table(), *any_table()};
    const auto bytes = write_forms(tables, carrier);
    RC_ASSERT(bytes.ok());
    const auto back = without_sources(reading::read_document(*bytes, "back").tables);
    RC_ASSERT(back.size() == tables.size());
    for (std::size_t i = 0; i < tables.size(); ++i) {
      if (back[i] != tables[i]) RC_FAIL(difference(tables[i], back[i]));
    }
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace jiheng::writing
