// Characters and their places against what `pdftotext -bbox` found in the same files, kept beside them as NAME.words.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "reading/formats/pdf/pages.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

const std::string fixtures = "tests/reading/fixtures/pdf/";

std::string content_of(const std::string& name) {
  std::ifstream in(fixtures + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Word {
  std::size_t page = 0;
  PageBox box;
  std::string text;
};

std::vector<Word> words_of(const std::string& name) {
  std::istringstream in(content_of(name));
  std::vector<Word> words;
  for (Word word; in >> word.page >> word.box.left >> word.box.top >> word.box.right >> word.box.bottom >> word.text;)
    words.push_back(word);
  return words;
}

bool is_blank(char32_t c) {
  return c <= ' ' || c == 0xA0 || c == 0x3000;
}

class Producers : public testing::TestWithParam<const char*> {};

TEST_P(Producers, CharactersStandWherePopplerFindsThem) {
  const std::string name = GetParam();
  const auto pages = pdf::read_pages(content_of(name + ".pdf"), Limits{});
  ASSERT_TRUE(pages);
  std::size_t expected = 0;
  for (const Word& word : words_of(name + ".words")) {
    ASSERT_LE(word.page, pages->size());
    std::string found;
    float left = 1e9F;
    float right = 0;
    for (const Glyph& glyph : (*pages)[word.page - 1].glyphs) {
      const float middle = (glyph.box.left + glyph.box.right) / 2;
      if (is_blank(glyph.code) || middle < word.box.left || middle > word.box.right) continue;
      // Its boxes reach from line to line; the baseline lies in the lower half.
      if (glyph.baseline < (word.box.top + word.box.bottom) / 2 || glyph.baseline > word.box.bottom) continue;
      append_utf8(found, glyph.code);
      left = std::min(left, glyph.box.left);
      right = std::max(right, glyph.box.right);
    }
    EXPECT_EQ(found, normalise(word.text)) << word.text;
    EXPECT_NEAR(left, word.box.left, 0.6) << word.text;
    EXPECT_NEAR(right, word.box.right, 0.6) << word.text;
    expected += length_utf8(found);
  }
  std::size_t all = 0;
  for (const Page& page : *pages) {
    for (const Glyph& glyph : page.glyphs) all += !is_blank(glyph.code);
  }
  EXPECT_EQ(all, expected);
  EXPECT_GT(all, 100U);
}

TEST_P(Producers, TheFormIsReadFromEach) {
  const Document document = read_document(content_of(std::string(GetParam()) + ".pdf"), GetParam());
  ASSERT_EQ(document.tables.size(), 1U);
  const GoalTable& table = document.tables[0];
  EXPECT_EQ(table.project_name, "图书项目");
  EXPECT_EQ(table.year, 2026);
  EXPECT_EQ(table.unit_name, "县图书馆");
  ASSERT_EQ(table.indicators.size(), 4U);
  EXPECT_EQ(table.indicators[1].level3, "图书质量合格率");
  EXPECT_EQ(table.indicators[1].level1, "产出指标");
  EXPECT_EQ(table.indicators[3].value, "95.5");
}

INSTANTIATE_TEST_SUITE_P(Pdf, Producers, testing::Values("libreoffice", "cairo", "ghostscript", "chromium"));

TEST(Pdf, AFileThatOnlyItsOwnerMayChangeIsRead) {
  EXPECT_EQ(read_document(content_of("owner_password.pdf"), "x").tables.size(), 1U);
}

}  // namespace
}  // namespace jiheng::reading
