// "layouts of the wide world": every form in fixtures/layouts is read exactly as the file beside it says.
//
// To add one: NAME.txt, .csv or .html with the form, NAME.tables.json with {"notes": [codes, sorted], "tables": [...]} by the contract of
// `jiheng read --json`; what is null or empty may be left out, and so may `source`.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "goals/json.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

const std::filesystem::path folder = "tests/reading/fixtures/layouts";

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<GoalTable> without_sources(std::vector<GoalTable> tables) {
  for (GoalTable& table : tables) {
    for (Indicator& indicator : table.indicators) indicator.source = {};
  }
  return tables;
}

std::vector<std::string> forms() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") names.insert(entry.path().filename().string());
  }
  return {names.begin(), names.end()};
}

class Layouts : public testing::TestWithParam<std::string> {};

TEST_P(Layouts, AreReadExactly) {
  const std::filesystem::path form = folder / GetParam();
  const std::string expected = content_of(std::filesystem::path(form).replace_extension(".tables.json"));
  const Document document = read_document(content_of(form), GetParam());
  const auto tables = tables_from_json(expected);
  ASSERT_TRUE(tables) << tables.error().message;
  EXPECT_EQ(tables_json(without_sources(document.tables)), tables_json(without_sources(*tables)));

  std::vector<std::string> codes;
  for (const Note& note : document.notes) codes.push_back(note.code);
  std::sort(codes.begin(), codes.end());
  std::vector<std::string> expected_codes;
  const boost::json::value noted = boost::json::parse(expected);
  for (const auto& code : noted.at("notes").as_array()) expected_codes.emplace_back(code.as_string());
  EXPECT_EQ(codes, expected_codes) << "every repair and every doubt leaves a note, and nothing else does";
}

INSTANTIATE_TEST_SUITE_P(Forms, Layouts, testing::ValuesIn(forms()), [](const testing::TestParamInfo<std::string>& form) {
  std::string name = form.param.substr(0, form.param.find('.'));
  return name;
});

/// The page as plain text: tabs between cells, blanks where a merged cell reaches.
std::string flattened(const Layout& layout) {
  std::string out;
  for (const Block& block : layout.blocks) {
    if (block.kind == Block::Kind::paragraph) {
      out += std::string(block.text) + "\n";
      continue;
    }
    for (std::uint32_t row = 0; row < block.grid.rows; ++row) {
      for (std::uint32_t column = 0; column < block.grid.columns; ++column) {
        if (column > 0) out += '\t';
        const Cell* cell = block.grid.at(row, column);
        if (cell == nullptr || !block.grid.starts_at(*cell, row, column)) continue;
        std::string text(cell->text);
        std::replace(text.begin(), text.end(), '\n', ' ');
        out += text;
      }
      out += '\n';
    }
    out += '\n';
  }
  return out;
}

// What only a merged cell can tell is lost in plain text: nothing else is.
TEST(Layouts, AreReadFromPlainTextAsWell) {
  const std::set<std::string> need_merges = {"implementation_above_output.html", "weight_of_a_group.html",
                                             "overall_with_amounts_in_lines.html", "level_that_is_a_label_elsewhere.html",
                                             "management_results_capacity.html"};
  int read = 0;
  for (const std::string& form : forms()) {
    if (!form.ends_with(".html") || need_merges.contains(form)) continue;
    const std::string bytes = content_of(folder / form);
    const auto layout = read_layout(bytes, Format::html);
    ASSERT_TRUE(layout) << form;
    const std::string text = flattened(*layout);
    EXPECT_EQ(tables_json(without_sources(read_document(text, form).tables)),
              tables_json(without_sources(read_document(bytes, form).tables)))
        << form << "\n"
        << text;
    ++read;
  }
  EXPECT_GE(read, 25);
}

TEST(Layouts, KnowThePlaceOfEveryTarget) {
  for (const std::string& form : forms()) {
    const Document document = read_document(content_of(folder / form), form);
    for (const GoalTable& table : document.tables) {
      for (const Indicator& indicator : table.indicators) {
        EXPECT_GT(indicator.source.row, 0) << form << ": " << indicator.level3;
        EXPECT_GT(indicator.source.column, 0) << form << ": " << indicator.level3;
      }
    }
  }
}

}  // namespace
}  // namespace jiheng::reading
