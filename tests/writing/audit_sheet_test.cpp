// 绩效目标审核表 (财预〔2015〕88号): aspects, findings, grades, opinion.
#include <gtest/gtest.h>

#include "base/text.h"
#include "reading/reader.h"
#include "writing/audit_form.h"
#include "writing/files.h"
#include "writing/fixtures.h"
#include "writing/writer.h"

namespace jiheng::writing {
namespace {

using auditing::Aspect;
using auditing::Finding;
using auditing::Grade;
using auditing::Severity;

Finding finding(Severity severity, Aspect aspect, std::string message, int table, std::optional<int> indicator) {
  Finding made;
  made.rule = "test";
  made.severity = severity;
  made.aspect = aspect;
  made.message = std::move(message);
  made.message_en = "In English.";
  made.at.push_back({"表.docx", table, indicator, "value", "x"});
  return made;
}

std::vector<Document> documents() {
  Document document;
  document.file = "表.docx";
  document.tables = {fixtures::overall(), fixtures::project()};
  document.tables[1].unit_name = document.tables[0].unit_name;
  document.tables[1].year = 2026;
  return {document};
}

AuditSheet sheet() {
  auditing::Report report;
  report.tables = 2;
  report.findings = {finding(Severity::hint, Aspect::relevance, "提示一。", 0, 1),
                     finding(Severity::warning, Aspect::completeness, "核实一。", 1, std::nullopt),
                     finding(Severity::error, Aspect::relevance, "改正一。", 1, 0),
                     finding(Severity::error, Aspect::completeness, "改正二。", 0, std::nullopt)};
  report.findings[2].suggestion = "请改。";
  report.findings[2].proposed_value = "10.50";
  report.findings[2].basis = "财预〔2020〕10号 第八条";
  for (int table = 0; table < 2; ++table) {
    auditing::TableGrade graded;
    graded.file = "表.docx";
    graded.table = table;
    graded.grade = table == 0 ? Grade::good : Grade::fair;
    for (int aspect = 0; aspect < 4; ++aspect)
      graded.aspects.push_back({static_cast<Aspect>(aspect), table == 0 ? Grade::good : Grade::fair, "17.5"});
    report.grades.push_back(graded);
  }
  const auto audited = documents();
  return audit_sheet(audited, std::move(report), "退回修改。\n请于三日内重新报送。");
}

std::vector<std::string> texts(const Form& form) {
  std::vector<std::string> found;
  for (const FormRow& row : form.rows) {
    for (const FormCell& cell : row.cells) found.push_back(cell.text);
  }
  return found;
}

std::size_t place_of(const std::vector<std::string>& texts, std::string_view text) {
  return static_cast<std::size_t>(std::find(texts.begin(), texts.end(), text) - texts.begin());
}

TEST(AuditSheet, StatesWhatMostTablesState) {
  EXPECT_EQ(sheet().unit_name, "某区财政局");
  EXPECT_EQ(sheet().year, 2026);
}

TEST(AuditSheet, HasTheFourAspectsInTheirOrderWithTheWorstGradeOfTheTables) {
  const auto forms = audit_forms(sheet(), false);
  ASSERT_EQ(forms.size(), 2U);
  const auto cover = texts(forms[0]);
  std::size_t last = 0;
  for (const char* aspect : {"完整性审核", "相关性审核", "适当性审核", "可行性审核"}) {
    const std::size_t at = place_of(cover, aspect);
    ASSERT_LT(at + 3, cover.size());
    EXPECT_GT(at, last);
    EXPECT_EQ(cover[at + 3], "中");
    last = at;
  }
  EXPECT_EQ(cover[place_of(cover, "适当性审核") + 2], "未发现问题。");
  EXPECT_LT(place_of(cover, "退回修改。\n请于三日内重新报送。"), cover.size());
  EXPECT_LT(place_of(cover, "良 17.5分"), cover.size());
}

TEST(AuditSheet, ListsTheWorstFirstInEachAspectAndNumbersThemThrough) {
  const auto list = texts(audit_forms(sheet(), false)[1]);
  const std::vector<std::string> order = {"改正二。", "核实一。", "改正一。", "提示一。"};
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t at = place_of(list, order[i]);
    ASSERT_LT(at, list.size());
    EXPECT_EQ(list[at - 3], std::to_string(i + 1));
  }
  const std::size_t at = place_of(list, "改正一。");
  EXPECT_EQ(list[at - 1], "国资管理专项：门面数");
  EXPECT_EQ(list[at + 1], "请改。\n建议值：10.50");
  EXPECT_EQ(list[at + 2], "财预〔2020〕10号 第八条");
}

TEST(AuditSheet, ASoundSubmissionHasNoList) {
  const auto audited = documents();
  EXPECT_EQ(audit_forms(audit_sheet(audited, {}, ""), false).size(), 1U);
  EXPECT_EQ(audit_forms(AuditSheet{}, false).size(), 1U);
}

TEST(AuditSheet, SpeaksEnglishWhereAsked) {
  const auto list = texts(audit_forms(sheet(), true)[1]);
  EXPECT_LT(place_of(list, "In English."), list.size());
  EXPECT_EQ(place_of(list, "改正一。"), list.size());
}

TEST(AuditSheet, IsNoSpreadsheet) {
  EXPECT_EQ(write_audit_sheet(sheet(), Carrier::xlsx).error().code, "carrier-not-offered");
}

TEST(AuditSheet, IsWrittenAndNotTakenForAGoalTable) {
  for (const Carrier carrier : {Carrier::docx, Carrier::html}) {
    const auto bytes = write_audit_sheet(sheet(), carrier);
    ASSERT_TRUE(bytes.ok());
    const Document back = reading::read_document(*bytes, "back");
    EXPECT_FALSE(back.error);
    EXPECT_TRUE(back.tables.empty()) << carrier_name(carrier);
  }
}

TEST(AuditSheet, ALongListKeepsItsHeadingOnEveryPage) {
  AuditSheet many = sheet();
  for (int i = 0; i < 200; ++i)
    many.report.findings.push_back(finding(Severity::warning, Aspect::feasibility, "问题" + std::to_string(1000 + i) + "。", 0, 1));
  const auto bytes = write_audit_sheet(many, Carrier::pdf);
  ASSERT_TRUE(bytes.ok());
  const auto pages = pdf_pages(*bytes);
  if (pages.empty()) GTEST_SKIP() << "pdftotext is not installed";
  std::string all;
  for (std::size_t i = 1; i < pages.size(); ++i) {
    EXPECT_TRUE(contains(pages[i], "修改建议")) << "page " << i + 1;
    all += pages[i];
  }
  for (int i = 0; i < 200; ++i) EXPECT_EQ(count_of(all, "问题" + std::to_string(1000 + i)), 1);
}

}  // namespace
}  // namespace jiheng::writing
