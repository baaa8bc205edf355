// 部门整体支出绩效评价指标表 in a self-evaluation: Hunan's table, with the figures of a published one.
#include <gtest/gtest.h>

#include "desks/follow_up/follow_up_files.h"
#include "support/sourced_docx.h"
#include "two_years.h"

namespace jiheng::desks {
namespace {

struct DepartmentTableTest : TwoYears {
  /// The year under Hunan's pack, 甲局's overall table approved and its self-evaluation laid before it; its budget was added to.
  void begin() {
    FilingYear year;
    year.year = 2025;
    year.opens = "2025-03-03";
    year.pack = "hunan-2015";
    ASSERT_TRUE(years_->open(year, local));
    const std::string text =
        "2025年部门整体支出绩效目标表\n填报单位：甲局\n金额单位：万元\n年度履职目标\t保障机构运转。\n资金总额\t1922.76\n基本支出\t1000\n"
        "项目支出\t922.76\n一级指标\t二级指标\t三级指标\t指标值类型\t指标值\t度量单位\n产出指标\t数量指标\t办结事项\t≥\t30\t件\n"
        "效益指标\t社会效益指标\t服务村数\t≥\t3\t个\n满意度指标\t服务对象满意度指标\t群众满意度\t≥\t90\t%\n";
    const auto imported = import_file(*registry_, {"甲局2025.txt", text, std::nullopt}, read, local);
    ASSERT_FALSE(imported.submission.empty());
    auto opened = submissions_->open(imported.submission, local);
    for (const Action action : {Action::submit, Action::approve}) {
      opened = submissions_->act(imported.submission, opened->summary.revision, action, {}, local);
      ASSERT_TRUE(opened) << opened.error().message;
    }
    take("project", "项目编码,项目名称,预算单位,预算年度\nP1,全部支出,甲局,2025\n");
    take("budget_line", "预算项目,预算年度,年初预算数,调整后预算数\nP1,2025,19227600,26906200\n");
    take("payment", "payment_no,project,paid_on,amount,fund,state\nZ1,P1,2025-06-30,26000000,general_public,valid\n");
    open_round(FollowUpKind::self_evaluation, 2025, 12, "2026-02-02");
  }
  void take(const char* type, const std::string& csv) {
    const auto taken = ledgers::import_table(*ledgers_, *ledgers_->catalogue().type(type), csv, {}, local);
    ASSERT_TRUE(taken.ok() && taken->bad.empty()) << (taken.ok() ? taken->bad[0].label + taken->bad[0].reason : taken.error().message);
  }
  FollowUp form() const {
    FollowUpFilter filter;
    filter.kind = FollowUpKind::self_evaluation;
    filter.year = 2025;
    return forms_->open(forms_->page(filter, local).items.front().id, local).value();
  }
  static TableEntry goals() {
    TableEntry entry;
    entry.goal_result = "已完成";
    for (const char* actual : {"30", "3", "95"}) {
      IndicatorEntry row;
      row.actual = actual;
      entry.indicators.push_back(row);
    }
    return entry;
  }
  static DepartmentEntry published() {
    DepartmentEntry entry;
    entry.figures = {{"在职人员数", "136"}, {"编制数", "143"},    {"本年三公经费", "63.46"}, {"上年三公经费", "32"},
                     {"上年结转", "19.8"},  {"年末结余", "19.8"}, {"实际建设面积", "0"},     {"批准建设面积", "0"},
                     {"实际投资", "0"},     {"批准投资", "0"},    {"年初预算", "999999"},    {"本年追加", "999999"},
                     {"没有的数据", "1"}};
    for (const auto& [item, points] : std::vector<std::pair<const char*, const char*>>{{"公用经费控制率", "8"},
                                                                                       {"三公经费控制率", "7"},
                                                                                       {"政府采购执行率", "6"},
                                                                                       {"管理制度健全性", "8"},
                                                                                       {"资金使用合规性", "6"},
                                                                                       {"预决算信息公开性", "5"},
                                                                                       {"重点工作实际完成率", "5"},
                                                                                       {"履职效益、行政效能、服务对象满意度", "22"}})
      entry.judged.push_back({item, points, {}});
    entry.judged[6].why = "有一项延期";
    return entry;
  }
  static const DepartmentRow& row(const FollowUp& form, std::string_view name) {
    const auto& rows = form.tables.front().department->rows;
    return *std::find_if(rows.begin(), rows.end(), [&](const auto& each) { return each.name == name; });
  }
};

TEST_P(DepartmentTableTest, RatesComeFromFiguresAndThePointsFromThePack) {
  ASSERT_NO_FATAL_FAILURE(begin());
  FollowUp now = form();
  ASSERT_TRUE(now.tables.front().department);
  EXPECT_EQ(now.tables.front().department->title, "部门整体支出绩效评价指标表");
  EXPECT_FALSE(now.tables.front().department->total);
  EXPECT_EQ(now.tables.front().department->most, "100");
  EXPECT_EQ(row(now, "预算控制率").rate, "39.94") << "both figures are known by the records";
  EXPECT_EQ(row(now, "预算控制率").score, "0.00");
  EXPECT_NE(row(now, "在职人员控制率").trouble->find("缺“在职人员数”"), std::string::npos);
  TableEntry entry = goals();
  entry.department = published();
  const auto edited = forms_->edit(now.id, now.revision, {entry}, local);
  ASSERT_TRUE(edited) << edited.error().message;
  now = form();
  EXPECT_EQ(row(now, "在职人员控制率").rate, "95.10");
  EXPECT_EQ(row(now, "在职人员控制率").score, "5.00");
  EXPECT_EQ(row(now, "三公经费变动率").rate, "98.31");
  EXPECT_EQ(row(now, "三公经费变动率").score, "0.00");
  EXPECT_EQ(row(now, "预算完成率").rate, "99.27") << "with the records' figures, not with what was typed over them";
  EXPECT_EQ(row(now, "预算完成率").score, "5.00");
  EXPECT_FALSE(row(now, "新建楼堂馆所面积控制率").rate) << "nothing was built";
  EXPECT_EQ(row(now, "新建楼堂馆所面积控制率").score, "5.00");
  EXPECT_EQ(now.tables.front().department->total, "87.00");  // 5 + 0 + 5 + 0 + 5 + 5 and 67 of 70 judged
}

TEST_P(DepartmentTableTest, NothingIsFiledBeforeEveryRowHasItsPoints) {
  ASSERT_NO_FATAL_FAILURE(begin());
  FollowUp now = form();
  TableEntry entry = goals();
  entry.department = published();
  const auto faulty = [&](std::size_t item, const char* points, const char* why) {
    entry.department = published();
    entry.department.judged[item].points = points;
    entry.department.judged[item].why = why;
    now = *forms_->edit(now.id, now.revision, {entry}, local);
    EXPECT_FALSE(now.tables.front().department->total);
    return row(now, entry.department.judged.size() > item ? entry.department.judged[item].item : "").trouble.value_or("");
  };
  EXPECT_NE(faulty(0, "8.5", "").find("0到8之间"), std::string::npos);
  EXPECT_NE(faulty(0, "-1", "少").find("0到8之间"), std::string::npos);
  EXPECT_NE(faulty(0, "7.5", "").find("扣分的原因"), std::string::npos);
  EXPECT_EQ(faulty(0, "", ""), "还没有打分。");
  now = *forms_->add_evidence(now.id, now.revision, 0, -1, "验收", "验收单.pdf", local);
  auto refused = forms_->act(now.id, now.revision, FollowUpAction::submit, {}, local);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "remarks-open");
  EXPECT_EQ(refused.error().context.front(), "1");
  entry.department = published();
  entry.department.figures[0].second = "一百三十六";
  std::vector<TableEntry> said{entry};
  const auto fault = check_entries(said);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->code, "invalid-entry");
  EXPECT_NE(fault->message.find("在职人员数"), std::string::npos);
  entry.department = published();
  now = *forms_->edit(now.id, now.revision, {entry}, local);
  const auto filed = forms_->act(now.id, now.revision, FollowUpAction::submit, {}, local);
  ASSERT_TRUE(filed) << filed.error().message;
  EXPECT_EQ(form().tables.front().department->total, "87.00") << "as the record keeps it";
  EXPECT_EQ(form().body.entries.front().department.judged, published().judged);
}

TEST_P(DepartmentTableTest, StandsInTheReportAndInAFileOfItsOwn) {
  ASSERT_NO_FATAL_FAILURE(begin());
  FollowUp now = form();
  TableEntry entry = goals();
  entry.department = published();
  now = *forms_->edit(now.id, now.revision, {entry}, local);
  const auto list = department_list(now);
  ASSERT_TRUE(list) << list.error().message;
  ASSERT_EQ(list->rows.size(), 15U);
  EXPECT_EQ(list->rows.front(),
            (std::vector<std::string>{"投入/预算配置", "在职人员控制率", "5", "在职人员数 136；编制数 143", "95.10", "5.00", ""}));
  EXPECT_EQ(list->rows[12][6], "有一项延期");
  EXPECT_EQ(list->rows.back()[5], "87.00");
  const auto made = self_evaluation_report(*registry_, now);
  ASSERT_TRUE(made) << made.error().message;
  const test::SourcedDocx proved = test::check_sources(writing::official_docx(made->document, made->day).value());
  EXPECT_NE(proved.text.find("按《部门整体支出绩效评价指标表》自评87.00分，满分100分。"), std::string::npos) << proved.text;
  for (const std::string& fault : proved.faults) ADD_FAILURE() << fault;
}

TEST_P(DepartmentTableTest, WhereThePackHasNoneThereIsNone) {
  ASSERT_NO_FATAL_FAILURE(play());
  const FollowUp found = form();
  EXPECT_FALSE(found.tables.front().department);
  EXPECT_EQ(department_list(found).error().code, "nothing-to-write");
}

JIHENG_ON_EACH_ENGINE(DepartmentTableTest);

}  // namespace
}  // namespace jiheng::desks
