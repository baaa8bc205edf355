// Every fixture, those that a fuzzer once found something with among them, reads or fails in good order, whatever it is taken for.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/text.h"
#include "goals/json.h"
#include "office_maker.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void expect_good_order(const std::string& bytes, const std::string& name) {
  const Document document = read_document(bytes, name);
  const JsonDocument straight = read_json(bytes, name);
  EXPECT_EQ(straight.json, json_line(document)) << name;
  EXPECT_EQ(straight.failed, document.error.has_value()) << name;
  if (document.error) {
    EXPECT_FALSE(document.error->code.empty()) << name;
    EXPECT_FALSE(document.error->message.empty()) << name;
  }
  const std::string json = json_line(document);
  EXPECT_TRUE(is_valid_utf8(json)) << name;
  const auto again = document_from_json(json);
  ASSERT_TRUE(again) << name;
  EXPECT_EQ(json_line(*again), json) << name;
}

TEST(Fixtures, ReadOrFailInGoodOrder) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("tests/reading/fixtures")) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const std::string name = entry.path().string();
    const std::string bytes = content_of(entry.path());
    expect_good_order(bytes, name);
    expect_good_order(zip_of({{"word/document.xml", bytes}}), name);
    expect_good_order(xlsx_of_rows(bytes), name);
  }
  EXPECT_GE(files, 15U);
}

TEST(Fixtures, TheSmallFormsAreRead) {
  for (const char* name : {"text/project_form.txt", "html/word_page.html", "xls/form.xls", "xls/protected.xls", "doc/form.doc",
                           "rtf/form.rtf", "mhtml/form.mht", "spreadsheet_xml/form.xml"}) {
    const Document document = read_document(content_of(std::string("tests/reading/fixtures/") + name), name);
    ASSERT_EQ(document.tables.size(), 1U) << name;
    EXPECT_EQ(document.tables[0].project_name.value_or("").substr(0, 12), "河道清淤") << name;
    EXPECT_GE(document.tables[0].indicators.size(), 2U) << name;
  }
}

}  // namespace
}  // namespace jiheng::reading
