// Documents → submissions. On both engines.
#include <filesystem>
#include <fstream>

#include "desk.h"
#include "goals/json.h"

namespace jiheng::desks {
namespace {

using Outcome = ImportedFile::State;

class Imports : public OnDesk {};
JIHENG_ON_EACH_ENGINE(Imports);

TEST_P(Imports, a_file_becomes_a_submission_with_its_original_kept) {
  const std::string bytes = form("甲镇财政所");
  const auto file = desk_->import("甲镇.txt", bytes);
  ASSERT_EQ(file.state, Outcome::imported) << file.message.value_or("");
  EXPECT_EQ(file.unit_name, "甲镇财政所");
  EXPECT_EQ(file.tables, 1);
  const auto submission = desk_->open(file.submission);
  EXPECT_EQ(submission.summary.revision, 1);
  EXPECT_EQ(submission.summary.state, State::draft);
  EXPECT_EQ(submission.summary.year, 2026);
  EXPECT_EQ(submission.summary.file, "甲镇.txt");
  ASSERT_EQ(submission.tables.size(), 1U);
  EXPECT_EQ(submission.tables[0].table, read(bytes, "甲镇.txt").tables[0]);
  EXPECT_EQ(*desk_->registry.attachment(*submission.tables[0].attachment), bytes);
  EXPECT_EQ(submission.audit.tables, 1);
}

TEST_P(Imports, the_same_bytes_again_change_nothing) {
  const auto first = desk_->import("甲镇.txt", form("甲镇财政所"));
  const auto head = desk_->registry.head();
  const auto again = desk_->import("另一个名字.txt", form("甲镇财政所"));
  EXPECT_EQ(again.state, Outcome::unchanged);
  EXPECT_EQ(again.submission, first.submission);
  EXPECT_EQ(again.tables, 1);
  EXPECT_EQ(desk_->registry.head(), head);
}

TEST_P(Imports, another_file_of_the_unit_joins_its_submission_and_one_of_the_same_name_replaces) {
  const auto first = desk_->import("道路.txt", form("甲镇财政所"));
  const auto second = desk_->import("水利.txt", form("甲镇财政所", "水利维修"));
  EXPECT_EQ(second.submission, first.submission);
  const auto third = desk_->import("道路.txt", form("甲镇财政所", "道路养护", "150"));
  EXPECT_EQ(third.submission, first.submission);
  const auto submission = desk_->open(first.submission);
  EXPECT_EQ(submission.summary.revision, 3);
  ASSERT_EQ(submission.tables.size(), 2U);
  EXPECT_EQ(submission.tables[0].file, "水利.txt");
  EXPECT_EQ(submission.tables[1].table.amount, "150");
  for (const Note& note : submission.notes) EXPECT_LT(note.table.value_or(0), 2);
  EXPECT_EQ(desk_->submissions.revision(first.submission, 1, local)->tables[0].table.amount, "120");
  EXPECT_EQ(desk_->import("道路.txt", form("甲镇财政所")).state, Outcome::imported) << "what was replaced may come again";
}

TEST_P(Imports, other_units_and_other_years_are_submissions_of_their_own) {
  desk_->import("甲.txt", form("甲镇财政所"));
  desk_->import("乙.txt", form("乙镇财政所"));
  desk_->import("甲2027.txt", replace_all(form("甲镇财政所"), "2026", "2027"));
  EXPECT_EQ(desk_->submissions.list({}, local).total, 3);
}

TEST_P(Imports, a_table_without_a_year_joins_the_units_submission) {
  const auto first = desk_->import("甲.txt", form("甲镇财政所"));
  const auto second = desk_->import("甲水利.txt", replace_all(form("甲镇财政所", "水利维修"), "2026年", ""));
  EXPECT_EQ(second.submission, first.submission);
}

TEST_P(Imports, tables_of_different_units_in_one_file_go_to_each) {
  const auto file = desk_->import("汇总.txt", form("县教育局", "校舍维修") + "\n\n" + form("乡镇卫生院管理站", "疫苗接种"));
  ASSERT_EQ(file.state, Outcome::imported);
  EXPECT_EQ(file.tables, 2);
  EXPECT_EQ(desk_->submissions.list({}, local).total, 2);
  EXPECT_EQ(desk_->import("汇总.txt", form("县教育局", "校舍维修") + "\n\n" + form("乡镇卫生院管理站", "疫苗接种")).state,
            Outcome::unchanged);
}

TEST_P(Imports, what_cannot_be_read_or_holds_no_table_is_told_and_leaves_no_trace) {
  const auto empty = desk_->import("空.txt", "");
  EXPECT_EQ(empty.state, Outcome::failed);
  EXPECT_EQ(empty.code, "empty-file");
  const auto letter = desk_->import("通知.txt", "关于开会的通知\n请各单位准时参加。\n");
  EXPECT_EQ(letter.state, Outcome::empty);
  EXPECT_EQ(letter.code, "no-table");
  const auto thrown = import_file(
      desk_->registry, {"甲.txt", "x"}, [](std::string_view, const std::string&) -> Document { throw std::runtime_error("died"); }, local);
  EXPECT_EQ(thrown.state, Outcome::failed);
  EXPECT_EQ(desk_->registry.head().first, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_.file("data/attachments")));
}

TEST_P(Imports, nothing_comes_in_once_the_bureau_has_approved) {
  const auto file = desk_->import("甲.txt", form("甲镇财政所"));
  ASSERT_TRUE(desk_->submissions.act(file.submission, 1, Action::submit, std::nullopt, local).ok());
  ASSERT_TRUE(desk_->submissions.act(file.submission, 2, Action::approve, std::nullopt, local).ok());
  const auto late = desk_->import("甲.txt", form("甲镇财政所", "道路养护", "999"));
  EXPECT_EQ(late.state, Outcome::failed);
  EXPECT_EQ(late.code, "action-not-allowed");
  EXPECT_EQ(desk_->open(file.submission).summary.revision, 3);
}

TEST_P(Imports, a_name_in_gb18030_or_with_control_characters_becomes_readable) {
  const auto file = desk_->import("\xBC\xD7\xD5\xF2\\a\nb.txt", form("甲镇财政所"));
  EXPECT_EQ(file.state, Outcome::imported);
  EXPECT_EQ(file.file, "甲镇/a b.txt");
}

TEST_P(Imports, the_sample_bureau_comes_with_its_known_faults_and_only_once) {
  const auto sample = load_sample(desk_->registry, read);
  ASSERT_EQ(sample.state, Outcome::imported) << sample.message.value_or("");
  EXPECT_EQ(sample.tables, 5);
  const auto submission = desk_->open(sample.submission);
  std::size_t indicators = 0;
  for (const FiledTable& each : submission.tables) indicators += each.table.indicators.size();
  EXPECT_EQ(indicators, 62U);
  EXPECT_EQ(submission.summary.unit_name, "株洲市渌口区财政局");
  EXPECT_EQ(submission.summary.overall_amount, "1813.77");
  const auto found = [&](std::string_view rule) {
    return std::any_of(submission.audit.findings.begin(), submission.audit.findings.end(),
                       [&](const auto& each) { return each.rule == rule; });
  };
  EXPECT_TRUE(found("budget-missing"));
  EXPECT_TRUE(found("unit-name-differs"));
  EXPECT_EQ(load_sample(desk_->registry, read).state, Outcome::unchanged);
  EXPECT_EQ(desk_->registry.head().first, 1);
}

/// The facts of a table, without where they were printed and in what words the texts beside the figures say it.
std::vector<std::string> figures(const GoalTable& table) {
  std::vector<std::string> out{std::string(kind_code(table.kind)), table.unit_name.value_or("-"), table.project_name.value_or("-"),
                               table.amount.value_or("-"), table.budget ? table.budget->total.value_or("-") : "-"};
  for (const Indicator& each : table.indicators) {
    out.push_back(each.level1 + "/" + each.level2.value_or("-") + "/" + each.level3 + std::string(comparator_code(each.comparator)) +
                  each.value.value_or("-") + each.unit.value_or("-"));
  }
  return out;
}

TEST(Sample, has_the_figures_of_the_published_tables) {
  std::ifstream file("../shared/examples/seed/lukou-finance-bureau-2026.tables.json");
  if (!file) GTEST_SKIP() << "the published tables are not here";
  const std::string json((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto published = tables_from_json(json);
  ASSERT_TRUE(published.ok());
  test::TemporaryFolder folder;
  Desk desk("sqlite:" + folder.file("jiheng.db"), folder.file("data"));
  const auto submission = desk.open(load_sample(desk.registry, read).submission);
  ASSERT_EQ(submission.tables.size(), published->size());
  for (std::size_t i = 0; i < published->size(); ++i) EXPECT_EQ(figures(submission.tables[i].table), figures((*published)[i]));
}

std::uint32_t crc_of(std::string_view bytes) {
  std::uint32_t crc = ~0U;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320U : 0);
  }
  return ~crc;
}

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

/// A zip with its files stored as they are.
std::string zip(const std::vector<std::pair<std::string, std::string>>& files, std::uint32_t flags = 0) {
  std::string out;
  std::string directory;
  for (const auto& [name, bytes] : files) {
    const auto offset = static_cast<std::uint32_t>(out.size());
    std::string common;
    put(common, 20, 2);
    put(common, flags, 2);
    put(common, 0, 6);
    put(common, crc_of(bytes), 4);
    put(common, static_cast<std::uint32_t>(bytes.size()), 4);
    put(common, static_cast<std::uint32_t>(bytes.size()), 4);
    put(common, static_cast<std::uint32_t>(name.size()), 2);
    put(common, 0, 2);
    out += "PK\x03\x04" + common + name + bytes;
    directory += "PK\x01\x02";
    put(directory, 20, 2);
    directory += common;
    put(directory, 0, 10);
    put(directory, offset, 4);
    directory += name;
  }
  const auto start = static_cast<std::uint32_t>(out.size());
  out += directory + "PK\x05\x06";
  put(out, 0, 4);
  put(out, static_cast<std::uint32_t>(files.size()), 2);
  put(out, static_cast<std::uint32_t>(files.size()), 2);
  put(out, static_cast<std::uint32_t>(directory.size()), 4);
  put(out, start, 4);
  put(out, 0, 2);
  return out;
}

std::vector<std::string> names_of(const std::vector<IncomingFile>& files) {
  std::vector<std::string> names;
  for (const IncomingFile& file : files) names.push_back(file.name);
  return names;
}

TEST(Unpacking, puts_the_documents_of_a_zip_in_its_place_with_chinese_names) {
  const auto files = reading::unpack({{"报送.zip", zip({{"教育局/", ""},
                                                        {"\xBD\xCC\xD3\xFD\xBE\xD6\\\xBC\xD7.txt", "a"},
                                                        {"__MACOSX/._x", "b"},
                                                        {"~$甲.docx", "c"},
                                                        {"乙.txt", "d"}})},
                                      {"单个.txt", "e"}});
  EXPECT_EQ(names_of(files), (std::vector<std::string>{"报送.zip/教育局/甲.txt", "报送.zip/乙.txt", "单个.txt"}));
  EXPECT_EQ(files[0].bytes, "a");
}

TEST(Unpacking, opens_zips_in_zips_but_not_without_end) {
  std::string bytes = zip({{"甲.txt", "a"}});
  for (int i = 0; i < 5; ++i) bytes = zip({{"内.zip", bytes}});
  const auto files = reading::unpack({{"外.zip", bytes}});
  ASSERT_EQ(files.size(), 1U);
  EXPECT_TRUE(ends_with(files[0].name, "内.zip"));
  EXPECT_EQ(names_of(reading::unpack({{"外.zip", zip({{"内.zip", zip({{"甲.txt", "a"}})}})}})),
            (std::vector<std::string>{"外.zip/内.zip/甲.txt"}));
}

TEST(Unpacking, a_damaged_locked_or_empty_zip_fails_on_import_and_says_why) {
  test::TemporaryFolder folder;
  Desk desk("sqlite:" + folder.file("jiheng.db"), folder.file("data"));
  const auto code_of = [&](const std::string& bytes) {
    const auto files = reading::unpack({{"报送.zip", bytes}});
    return files.size() == 1 ? import_file(desk.registry, files[0], read, local).code.value_or("") : std::string();
  };
  const std::string whole = zip({{"甲.txt", "a"}});
  EXPECT_EQ(code_of(whole.substr(0, whole.size() - 10)), "damaged");
  EXPECT_EQ(code_of(zip({{"甲.txt", "a"}}, 1)), "encrypted");
  EXPECT_EQ(code_of(zip({{"空/", ""}})), "empty-archive");
  std::string altered = whole;
  altered[altered.find("甲.txt") + 7] = 'b';
  EXPECT_EQ(code_of(altered), "damaged");
}

}  // namespace
}  // namespace jiheng::desks
