// "The same table in seven carriers gives byte-equal JSON but for format, file, sha256, source": what was printed on the same form is read
// the same, whatever file it came in. Notes of repairs tell what a carrier had lost, so they are the carrier's own; all others are equal.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "carriers.h"
#include "goals/json.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

bool is_repair(const Note& note) {
  static constexpr std::array<std::string_view, 4> codes = {"column-shift-repaired", "level-filled-down", "row-continued",
                                                            "table-continued"};
  return std::find(codes.begin(), codes.end(), note.code) != codes.end();
}

/// The document's line of JSON without what may differ.
std::string json_of(std::string_view bytes) {
  Document document = read_document(bytes, "form");
  document.format.clear();
  document.sha256.clear();
  for (GoalTable& table : document.tables) {
    for (Indicator& indicator : table.indicators) indicator.source = {};
  }
  std::erase_if(document.notes, is_repair);
  for (Note& note : document.notes) note.source.reset();
  return json_line(document);
}

struct Carrier {
  const char* name;
  std::string (*make)(const MadeForm&);
};
constexpr Carrier carriers[] = {{"txt", as_text}, {"docx", as_docx}, {"doc", as_doc}, {"xlsx", as_xlsx},
                                {"xls", as_xls},  {"pdf", as_pdf},   {"ofd", as_ofd}};

class EveryCarrier : public testing::TestWithParam<Carrier> {};

TEST_P(EveryCarrier, GivesWhatTheWebPageGives) {
  constexpr std::uint64_t forms = 500;
  constexpr int most_shown = 3;
  int wrong = 0;
  for (std::uint64_t seed = 1; seed <= forms; ++seed) {
    const MadeForm form = make_form(seed);
    const std::string expected = json_of(as_html(form));
    const std::string got = json_of(GetParam().make(form));
    if (got == expected) continue;
    if (++wrong <= most_shown)
      ADD_FAILURE() << "seed " << seed << " (" << form.options << ")\n" << as_text(form) << "\ngot " << got << "\nexpected " << expected;
  }
  EXPECT_EQ(wrong, 0) << "of " << forms;
}

INSTANTIATE_TEST_SUITE_P(Made, EveryCarrier, testing::ValuesIn(carriers),
                         [](const testing::TestParamInfo<Carrier>& carrier) { return std::string(carrier.param.name); });

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Seed, IsTheSameInEveryCarrier) {
  const std::filesystem::path folder = "../shared/examples/seed";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no examples beside the project";
  const std::string expected = json_of(content_of(folder / "lukou-finance-bureau-2026.docx"));
  for (const char* carrier : {"doc", "html", "pdf", "txt", "xls", "xlsx"})
    EXPECT_EQ(json_of(content_of(folder / (std::string("lukou-finance-bureau-2026.") + carrier))), expected) << carrier;
}

}  // namespace
}  // namespace jiheng::reading
