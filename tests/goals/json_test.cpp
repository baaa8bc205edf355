#include "goals/json.h"

#include <gtest/gtest.h>

#include "goals/tree.h"

namespace jiheng {
namespace {

GoalTable sample() {
  GoalTable table;
  table.kind = TableKind::overall;
  table.title = "2026年部门整体支出绩效目标表";
  table.year = 2026;
  table.unit_name = "某区\"财政局\"";
  table.tasks.push_back({"资产管理", "维修门面", std::nullopt, std::nullopt});
  table.budget = Budget{};
  table.budget->total = "1813.77";
  Indicator indicator;
  indicator.level1 = "产出指标";
  indicator.level2 = "数量指标";
  indicator.level3 = "门面数";
  indicator.comparator = Comparator::more_than;
  indicator.value = "160";
  indicator.unit = "个";
  indicator.causes = {{"经费保障", "不足"}};
  indicator.long_term = true;
  indicator.source = {"1", 4, 5, "160"};
  table.indicators.push_back(indicator);
  return table;
}

TEST(TableJson, ReadsBackWhatItWrote) {
  const GoalTable table = sample();
  const auto back = tables_from_json(tables_json({table}));
  ASSERT_TRUE(back.ok());
  ASSERT_EQ(back->size(), 1U);
  EXPECT_EQ(back->front(), table);
}

TEST(DocumentJson, CarriesNotesAndFailures) {
  Document document;
  document.file = "甲局.docx";
  document.format = "docx";
  document.sha256 = "00";
  document.tables = {sample()};
  document.notes.push_back({"level-filled-down", "有3行的级别是空的。", 0, std::nullopt, Source{"1", 7, 0, ""}});
  const auto back = document_from_json(json_line(document));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->file, document.file);
  EXPECT_EQ(back->tables, document.tables);
  EXPECT_EQ(back->notes, document.notes);
  EXPECT_FALSE(back->error);

  Document failed;
  failed.error = Document::Failure{"damaged", "文件损坏。"};
  const auto again = document_from_json(json_line(failed));
  ASSERT_TRUE(again.ok());
  ASSERT_TRUE(again->error);
  EXPECT_EQ(again->error->code, "damaged");
}

TEST(DocumentJson, ANoteIsAppendedToALineAsIfWrittenWithIt) {
  Document document;
  document.file = R"(a],"error":null"sha256":"b.docx)";
  document.sha256 = std::string(64, 'e');
  const Note first{"tracked-changes", R"(他写了],"error":null。)", {}, {}, {}};
  const Note second{"same-content", "与“甲.docx”内容完全相同。", {}, {}, {}};
  for (const bool broken : {false, true}) {
    document.notes.clear();
    if (broken) document.error = Document::Failure{"damaged", R"(文件“],"error":”坏了。)"};
    std::string line = json_line(document);
    EXPECT_EQ(sha256_of(line), document.sha256);
    for (const Note& note : {first, second}) {
      append_note(line, note);
      document.notes.push_back(note);
      EXPECT_EQ(line, json_line(document));
    }
  }
  document.sha256.clear();
  EXPECT_EQ(sha256_of(json_line(document)), "");
  for (const char* other : {"", "{}", "],\"error\":null}", "\"sha256\":\""}) {
    std::string line = other;
    append_note(line, first);
    EXPECT_EQ(line, other);
    EXPECT_EQ(sha256_of(line).size() % 64, 0U);
  }
}

TEST(TableJson, ShapeErrorsNameTheField) {
  const auto bad = tables_from_json(R"({"tables":[{"kind":"overall","year":"x"}]})");
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().code, "json-shape");
  EXPECT_NE(bad.error().message.find("year"), std::string::npos);
  EXPECT_EQ(tables_from_json("{").error().code, "json-syntax");
  EXPECT_EQ(tables_from_json(std::string(5000, '[')).error().code, "json-syntax");
}

TEST(Tree, FoldsTheNamesThatFormsPrint) {
  EXPECT_EQ(canonical_level1("产出类指标"), "产出指标");
  EXPECT_EQ(canonical_level1("满意度"), "满意度指标");
  EXPECT_EQ(canonical_level1("管理类指标"), std::nullopt);
  EXPECT_EQ(canonical_level2("环境效益指标"), "生态效益指标");
  EXPECT_EQ(canonical_level2("经济效益"), "经济效益指标");
  EXPECT_EQ(canonical_level2("社会公众或服务对象满意度指标"), "服务对象满意度指标");
  EXPECT_EQ(canonical_level2("服务对象\n满意度"), "服务对象满意度指标");
}

}  // namespace
}  // namespace jiheng
