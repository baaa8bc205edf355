// The audit as a whole: the sample bureau, splitting by unit, order, grades, opinion, hostile input.
#include "auditing/audit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <set>

#include "auditing/case_files.h"
#include "auditing/opinion.h"
#include "auditing/rules.h"
#include "auditing/rules_document.h"
#include "base/sanitized.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

namespace json = boost::json;

Indicator indicator(std::string level1, std::string level2, std::string name, Comparator comparator, std::string value, std::string unit) {
  Indicator made;
  made.level1 = std::move(level1);
  made.level2 = std::move(level2);
  made.level3 = std::move(name);
  made.comparator = comparator;
  made.value = std::move(value);
  if (!unit.empty()) made.unit = std::move(unit);
  return made;
}

/// A project's table in which nothing is wrong but that it has no weights.
GoalTable sound_project(std::string unit, std::string name) {
  GoalTable table;
  table.kind = TableKind::project;
  table.year = 2026;
  table.unit_name = std::move(unit);
  table.money_unit = "万元";
  table.annual_goal = "全年养护农村公路300公里，群众出行更便捷。";
  table.project_name = std::move(name);
  table.amount = "120";
  table.indicators = {indicator("产出指标", "数量指标", "养护里程", Comparator::at_least, "300", "公里"),
                      indicator("效益指标", "社会效益指标", "通客车行政村数", Comparator::at_least, "150", "个"),
                      indicator("满意度指标", "服务对象满意度指标", "服务对象满意度", Comparator::at_least, "95", "%")};
  return table;
}

Document document_with(std::string file, std::vector<GoalTable> tables) {
  Document document;
  document.file = std::move(file);
  document.tables = std::move(tables);
  return document;
}

Report audited(const std::vector<Document>& documents) {
  auto report = audit(documents);
  EXPECT_TRUE(report.ok());
  return report.ok() ? *report : Report();
}

bool found(const Report& report, std::string_view rule, int table, std::optional<int> at_indicator = std::nullopt) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
    return finding.rule == rule && std::any_of(finding.at.begin(), finding.at.end(), [&](const Place& place) {
             return place.table == table && (!at_indicator || place.indicator == at_indicator);
           });
  });
}

int index_of(const GoalTable& table, std::string_view name) {
  for (std::size_t i = 0; i < table.indicators.size(); ++i) {
    if (table.indicators[i].level3 == name) return static_cast<int>(i);
  }
  return -1;
}

/// examples/seed beside the checkout; the tests that need it are skipped where it is not.
const std::filesystem::path seed = "../shared/examples/seed";

TEST(SampleBureau, EveryKnownFaultIsFoundAtItsPlace) {
  if (!exists(seed / "expected-findings.json")) GTEST_SKIP() << "the sample bureau is not beside the checkout";
  const std::vector<Document> documents = {document_of(seed / "lukou-finance-bureau-2026.tables.json")};
  const Report report = audited(documents);
  const json::value expected = json::parse(bytes_of(seed / "expected-findings.json"));
  int looked_for = 0;
  for (const json::value& each : expected.at("must_find").as_array()) {
    const json::object& fault = each.as_object();
    if (fault.contains("carriers")) continue;  // arises in reading one carrier
    const std::string rule(fault.at("rule").as_string());
    const int table = static_cast<int>(fault.at("table").as_int64());
    SCOPED_TRACE(json::serialize(each));
    std::optional<int> at_indicator;
    if (fault.contains("indicator")) {
      at_indicator = index_of(documents[0].tables[static_cast<std::size_t>(table)], std::string_view(fault.at("indicator").as_string()));
      ASSERT_GE(*at_indicator, 0);
    }
    EXPECT_TRUE(found(report, rule, table, at_indicator));
    if (fault.contains("proposed_value")) {
      EXPECT_TRUE(std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
        return finding.rule == rule && finding.proposed_value == std::string(fault.at("proposed_value").as_string());
      }));
    }
    ++looked_for;
  }
  EXPECT_GE(looked_for, 20);
  for (const json::value& each : expected.at("must_not_find").as_array()) {
    const std::string rule(each.at("rule").as_string());
    for (const Finding& finding : report.findings) EXPECT_NE(finding.rule, rule) << finding.message;
  }
}

TEST(SampleBureau, TwoRunsGiveTheSameBytes) {
  if (!exists(seed)) GTEST_SKIP() << "the sample bureau is not beside the checkout";
  const std::vector<Document> documents = {document_of(seed / "lukou-finance-bureau-2026.tables.json")};
  EXPECT_EQ(report_json(audited(documents)), report_json(audited(documents)));
}

TEST(Audit, ASoundSubmissionHasNoErrorAndNoWarning) {
  const Report report = audited({document_with("a.docx", {sound_project("湘阴县交通运输局", "农村公路专项")})});
  EXPECT_EQ(report.errors, 0);
  EXPECT_EQ(report.warnings, 0);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].rule, "weights-missing");
  ASSERT_EQ(report.grades.size(), 1U);
  EXPECT_EQ(report.grades[0].grade, Grade::excellent);
}

TEST(Audit, AnUnknownPackIsAnExpectedFailure) {
  const auto report = audit({}, "nowhere-1999");
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, "unknown-pack");
}

TEST(Audit, NothingGivesAnEmptyReport) {
  EXPECT_EQ(report_json(audited({})), R"({"tables":0,"findings":[],"summary":{"error":0,"warning":0,"hint":0},"grades":[]})");
}

TEST(Audit, PlainlyDifferentUnitsAreAuditedApartAndReportedTogether) {
  GoalTable overall = sound_project("湘阴县教育局", "");
  overall.kind = TableKind::overall;
  overall.project_name.reset();
  overall.budget.emplace();
  overall.budget->total = overall.budget->general_public = "100";
  overall.budget->basic = "90";
  overall.budget->project = "10";
  overall.tasks = {{"农村公路", std::nullopt, std::nullopt, std::nullopt}};
  // The other bureau's project of 120 is no part of this one's 10.
  const Report report =
      audited({document_with("a.docx", {overall}), document_with("b.docx", {sound_project("湘阴县交通运输局", "农村公路专项")})});
  EXPECT_EQ(report.tables, 2);
  EXPECT_EQ(report.grades.size(), 2U);
  EXPECT_FALSE(found(report, "projects-sum", 0));
  EXPECT_FALSE(found(report, "unit-name-differs", 0));
}

TEST(Audit, FindingsStandByFileTableIndicatorRule) {
  GoalTable faulty = sound_project("湘阴县交通运输局", "农村公路专项");
  faulty.indicators[2].value = "150";
  faulty.indicators[0].comparator = Comparator::none;
  faulty.annual_goal.reset();
  GoalTable other = sound_project("湘阴县交通运输局", "桥梁专项");
  other.indicators[0].unit.reset();
  const Report report = audited({document_with("b.docx", {faulty, other}), document_with("a.docx", {other})});
  std::vector<std::tuple<std::string, int, int, int>> order;
  for (const Finding& finding : report.findings) {
    const Place& place = finding.at.front();
    order.emplace_back(place.file == "b.docx" ? "1" : "2", place.table, place.indicator.value_or(-1), rank_of(*find_card(finding.rule)));
  }
  EXPECT_GE(order.size(), 5U);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(Audit, CountsAndJsonAgree) {
  GoalTable faulty = sound_project("湘阴县交通运输局", "农村公路专项");
  faulty.indicators[2].value = "150";
  const Report report = audited({document_with("a.docx", {faulty})});
  const json::value value = json::parse(report_json(report));
  EXPECT_EQ(value.at("tables").as_int64(), 1);
  EXPECT_EQ(value.at("findings").as_array().size(), report.findings.size());
  EXPECT_EQ(value.at("summary").at("error").as_int64(), report.errors);
  EXPECT_EQ(
      value.at("summary").at("error").as_int64() + value.at("summary").at("warning").as_int64() + value.at("summary").at("hint").as_int64(),
      static_cast<std::int64_t>(report.findings.size()));
  for (const json::value& finding : value.at("findings").as_array()) {
    for (const char* key : {"rule", "severity", "aspect", "message", "suggestion", "proposed_value", "at", "basis"}) {
      EXPECT_TRUE(finding.as_object().contains(key)) << key;
    }
  }
  const json::object& aspects = value.at("grades").as_array().at(0).at("aspects").as_object();
  for (const char* aspect : {"完整性", "相关性", "适当性", "可行性"}) EXPECT_TRUE(aspects.contains(aspect)) << aspect;
}

TEST(Audit, EnglishIsPrintedInPlaceOfChinese) {
  GoalTable faulty = sound_project("湘阴县交通运输局", "农村公路专项");
  faulty.annual_goal.reset();
  const Report report = audited({document_with("a.docx", {faulty})});
  ASSERT_FALSE(report.findings.empty());
  const json::value english = json::parse(report_json(report, "en"));
  EXPECT_EQ(english.at("findings").as_array().at(0).at("message").as_string(), report.findings[0].message_en);
}

TEST(Grades, AnErrorKeepsATableFromBeingPassed) {
  GoalTable faulty = sound_project("湘阴县交通运输局", "农村公路专项");
  faulty.annual_goal.reset();
  const Report report = audited({document_with("a.docx", {faulty})});
  ASSERT_EQ(report.grades.size(), 1U);
  EXPECT_EQ(report.grades[0].grade, Grade::fair);
  EXPECT_EQ(report.grades[0].aspects[0].points, "14");
  EXPECT_EQ(report.grades[0].aspects[1].grade, Grade::excellent);
}

TEST(Grades, ATableFullOfFaultsIsPoor) {
  GoalTable faulty;
  faulty.indicators = {indicator("产出指标", "数量指标", "安全事故次数", Comparator::less_than, "0", "次"),
                       indicator("产出指标", "质量指标", "验收合格率", Comparator::more_than, "100", "%"),
                       indicator("产出指标", "时效指标", "完成及时性", Comparator::qualitative, "及时", ""),
                       indicator("产出指标", "数量指标", "培训场次", Comparator::none, "5", "")};
  const Report report = audited({document_with("a.docx", {faulty})});
  EXPECT_EQ(report.grades[0].aspects[0].grade, Grade::poor);
  EXPECT_EQ(report.grades[0].aspects[3].grade, Grade::poor);
}

TEST(Opinions, SoundTablesAreSuggestedForApproval) {
  const std::vector<Document> documents = {document_with("a.docx", {sound_project("湘阴县交通运输局", "农村公路专项")})};
  const Opinion opinion = opinion_of(audited(documents), documents);
  EXPECT_EQ(opinion.grade, Grade::excellent);
  EXPECT_EQ(opinion.conclusion, Conclusion::approve);
  ASSERT_EQ(opinion.tables.size(), 1U);
  EXPECT_TRUE(contains(opinion.tables[0].text, "农村公路专项"));
  for (const std::string& sentence : opinion.tables[0].aspects) EXPECT_TRUE(ends_with(sentence, "。")) << sentence;
}

TEST(Opinions, FaultyTablesGoBackWithTheirFaultsNamed) {
  GoalTable faulty = sound_project("湘阴县交通运输局", "桥梁专项");
  faulty.annual_goal.reset();
  const std::vector<Document> documents = {document_with("a.docx", {sound_project("湘阴县交通运输局", "农村公路专项"), faulty})};
  const Report report = audited(documents);
  const Opinion opinion = opinion_of(report, documents);
  EXPECT_EQ(opinion.conclusion, Conclusion::send_back);
  EXPECT_EQ(opinion.tables[0].conclusion, Conclusion::approve);
  EXPECT_EQ(opinion.tables[1].conclusion, Conclusion::send_back);
  for (const Finding& finding : report.findings) {
    if (finding.severity == Severity::error) {
      EXPECT_TRUE(contains(opinion.text, finding.message));
      EXPECT_TRUE(contains(opinion.tables[1].text, finding.message));
    }
  }
}

TEST(Opinions, WithoutDocumentsTablesAreNumbered) {
  const std::vector<Document> documents = {document_with("a.docx", {sound_project("湘阴县交通运输局", "农村公路专项")})};
  EXPECT_EQ(opinion_of(audited(documents), {}).tables.at(0).name, "第1张表");
}

/// docs/rules.md is made from the cards (tools/make_rules_doc) and must not differ from them.
TEST(RulesDocument, IsWhatTheCardsGive) {
  if (std::getenv("JIHENG_WRITE_RULES_DOC") != nullptr) {
    std::ofstream("docs/rules.md", std::ios::binary) << rules_document();
  }
  EXPECT_TRUE(bytes_of("docs/rules.md") == rules_document()) << "docs/rules.md differs from the cards: run tools/make_rules_doc";
}

/// 0 under a sanitizer: only the program as it is delivered is held to time.
double milliseconds(const std::vector<Document>& documents) {
  const auto begin = std::chrono::steady_clock::now();
  const Report report = audited(documents);
  const std::string text = report_json(report);
  EXPECT_FALSE(text.empty());
  return delivered ? std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count() : 0;
}

/// An overall table and a project of so many indicators each, of which none is the other's.
std::vector<Document> huge(int count) {
  GoalTable overall = sound_project("湘阴县交通运输局", "");
  overall.kind = TableKind::overall;
  overall.project_name.reset();
  GoalTable project = sound_project("湘阴县交通运输局", "农村公路专项");
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    overall.indicators.push_back(
        indicator("产出指标", "数量指标", "整体" + number + "号路段检测次数", Comparator::more_than, number, "次"));
    project.indicators.push_back(
        indicator("产出指标", "数量指标", "养护" + number + "号路段检测次数量", Comparator::more_than, number, "次"));
    overall.tasks.push_back({"任务" + number + "畅通", std::nullopt, std::nullopt, std::nullopt});
  }
  return {document_with("a.docx", {overall, project})};
}

#ifdef NDEBUG
constexpr int many = 100'000;
#else
constexpr int many = 20'000;  // a debug build is an order of magnitude slower
#endif

TEST(Hostile, AHundredThousandIndicatorsCostNoMoreThanTheirNumber) {
  const double small = milliseconds(huge(many / 10));
  const double large = milliseconds(huge(many));
  EXPECT_LT(large, 40 * small + 1000) << "ten times the input took " << large << " ms after " << small << " ms";
}

TEST(Hostile, FindingsOfOneKindAreCountedNotPiledUp) {
  const Report report = audited(huge(5'000));
  EXPECT_LT(report.findings.size(), 5000U);
}

TEST(Hostile, NumbersBeyondTheRangeSayNothingAndDoNotThrow) {
  const std::string huge_number(400, '9');
  const std::string widest(36, '9');
  for (const std::string& number :
       {huge_number, widest, "-" + widest, std::string("0.") + std::string(18, '9'), std::string("1e9"), std::string("--")}) {
    GoalTable table = sound_project("湘阴县交通运输局", "农村公路专项");
    table.kind = TableKind::overall;
    table.budget = Budget{number, number, number, number, number, number, number, number, number};
    GoalTable project = sound_project("湘阴县交通运输局", "农村公路专项");
    project.amount = project.amount_total = number;
    for (Indicator& each : project.indicators) each.value = each.upper = each.weight = number;
    for (Indicator& each : table.indicators) each.value = each.weight = number;
    project.indicators.push_back(indicator("成本指标", "经济成本指标", "农村公路经费", Comparator::less_than, number, "亿元"));
    GoalTable missing = sound_project("湘阴县交通运输局", "桥梁专项");
    missing.amount.reset();
    table.tasks = {{"农村公路", std::nullopt, std::nullopt, std::nullopt}, {"桥梁", std::nullopt, std::nullopt, std::nullopt}};
    const auto report = audit(std::vector<Document>{document_with("a.docx", {table, project, missing})});
    EXPECT_TRUE(report.ok()) << number;
  }
}

TEST(Hostile, NamesOfAMegabyteAreAuditedInTimeAndQuotedInPart) {
  const auto repeated = [](std::string_view word, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += word;
    return text;
  };
  const std::string verbs = repeated("组织", 170'000), same = repeated("和", 340'000), digits = repeated("2026年12月31日前", 50'000);
  GoalTable overall = sound_project(same, "");
  overall.kind = TableKind::overall;
  overall.tasks = {{same, same, std::nullopt, std::nullopt}};
  GoalTable project = sound_project(same, same);
  for (GoalTable* table : {&overall, &project}) {
    for (const std::string& name : {verbs, same, digits}) {
      Indicator made = indicator("产出指标", "时效指标", name, Comparator::qualitative, digits, same);
      made.explanation = name;
      table->indicators.push_back(made);
      table->indicators.push_back(indicator("产出指标", "数量指标", name, Comparator::more_than, "3", same));
    }
  }
  const std::vector<Document> documents = {document_with("a.docx", {overall, project})};
  EXPECT_LT(milliseconds(documents), 10'000);
  for (const Finding& finding : audited(documents).findings) EXPECT_LT(finding.message.size(), 20'000U);
}

TEST(Hostile, DamagedAndEmptyTextIsAudited) {
  GoalTable table = sound_project("\xFF\xE7\x8E", "\x80\x80");
  table.annual_goal = "和\xE5\x92";
  table.money_unit = "\xFF";
  for (Indicator& each : table.indicators) each.level1 = each.level3 = "\xE6";
  Indicator empty;
  table.indicators.push_back(empty);
  EXPECT_TRUE(audit(std::vector<Document>{document_with("\xFF", {table, GoalTable(), GoalTable()})}).ok());
}

TEST(Hostile, ManyUnitsOneCharacterApartArePartedInTime) {
  std::vector<GoalTable> tables;
  for (int i = 0; i < 4000; ++i) {
    std::string name = "湘阴县某某中心小学";
    append_utf8(name, static_cast<char32_t>(0x4E00 + i));
    tables.push_back(sound_project(name + "校", "专项" + std::to_string(i)));
  }
  EXPECT_LT(milliseconds({document_with("a.docx", tables)}), 10'000);
}

}  // namespace
}  // namespace jiheng::auditing
