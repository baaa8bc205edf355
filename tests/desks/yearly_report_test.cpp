// 年度预算绩效管理工作情况报告: every figure is what the records say when somebody else counts them, none stands in the document without
// its source, and it is compared with the year before where there is one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include "desks/follow_up/alarms.h"
#include "desks/performance/lists.h"
#include "desks/yearly_report/yearly_report.h"
#include "goals/tree.h"
#include "support/sourced_docx.h"
#include "two_years.h"

namespace jiheng::desks {
namespace {

struct Yearly : TwoYears {
  std::string value(const YearlyFigures& figures, const std::string& key) {
    const YearlyFigure* found = figures.find(key);
    return found == nullptr ? "not there: " + key : found->value.value_or("nothing");
  }
  /// Of the sources, all of them.
  std::string value(int year, const std::string& key) {
    const auto figures = yearly_figures(sources(), year);
    return figures ? value(*figures, key) : figures.error().code;
  }
  /// What people read of the document; every number of it has its source.
  std::string text_of(const YearlyFigures& figures) {
    const auto made = yearly_report(*registry_, figures);
    if (!made) return made.error().message;
    const auto proved = test::check_sources(writing::official_docx(made->document, made->day).value());
    for (const std::string& fault : proved.faults) ADD_FAILURE() << fault;
    return proved.text;
  }
  Submission filed(const std::string& unit, int year) {
    for (const Summary& each : submissions_->list({}, local).items) {
      if (each.unit_name == unit && each.year == year) return *submissions_->open(each.id, local);
    }
    ADD_FAILURE() << unit << " has not filed";
    return {};
  }
};

/// The same out of the records themselves, one by one; nothing of what is derived.
struct Recount {
  std::map<std::string, Decimal> sums;

  void add(const std::string& key, const Decimal& amount = Decimal(1)) { sums[key] += amount; }
  std::string of(const std::string& key) { return sums[key].plain(); }
};

Recount recount(registry::Registry& registry, int year) {
  Recount out;
  auto reading = registry.store().read();
  registry.each_latest(*reading, submission_kind, [&](const registry::Record& record) {
    const Body body = body_from_json(record.body);
    if (body.tables.front().table.year != year) return;
    out.add("filings");
    if (record.state != "draft") out.add("filed");
    if (record.state != "approved") return;
    out.add("approved");
    for (const FiledTable& each : body.tables) {
      out.add("tables");
      out.add("amount", Decimal::parse(each.table.amount.value_or("0")).value());
    }
  });
  registry.each_latest(*reading, follow_up_kind, [&](const registry::Record& record) {
    const FollowUpBody body = follow_up_from_json(record.body);
    if (body.year != year) return;
    const std::string kind(follow_up_code(body.kind));
    out.add(kind + ".laid");
    if (record.state != "filed" && record.state != "accepted") return;
    out.add(kind + ".filed");
    for (const FilledTable& each : body.filed) {
      out.add(kind + "." + std::string(scoring::light_code(each.light)));
      if (body.kind == FollowUpKind::monitoring || !each.table.total_score) continue;
      out.add("scored");
      out.add("points", Decimal::parse(*each.table.total_score).value());
      out.add("grade." + each.grade.value_or(""));
      for (std::size_t i = 0; i < each.facts.size(); ++i) {
        const Indicator& row = each.table.indicators[i];
        const std::string level2(canonical_level2(row.level2.value_or("")).value_or(""));
        out.add(level2 + ".count");
        out.add(level2 + ".points", Decimal::parse(*row.score).value());
        out.add(level2 + ".weight", Decimal::parse(*row.weight).value());
        if (each.facts[i].score->met == true) out.add(level2 + ".met");
      }
    }
    for (const Recheck& each : body.rechecks)
      out.add("difference", Decimal::parse(each.score).value() - Decimal::parse(each.own_score).value());
  });
  registry.each_latest(*reading, alarm_kind, [&](const registry::Record& record) { out.add("alarms." + record.state); });
  registry.each_latest(*reading, problem_kind, [&](const registry::Record& record) {
    const Problem problem = problem_from_json(record.body);
    if (problem.year == year) out.add("problems");
    if (problem.year == year) out.add("problems.amount", Decimal::parse(*problem.amount).value());
  });
  return out;
}

/// Where it is installed. It takes a few seconds, so one document is enough.
void opens_in_libreoffice(const std::string& docx) {
  static bool done = std::system("command -v soffice >/dev/null 2>&1") != 0;
  if (done) return;
  done = true;
  const test::TemporaryFolder folder;
  std::ofstream(folder.file("report.docx"), std::ios::binary) << docx;
  const std::string command = "soffice -env:UserInstallation=file://" + folder.file("profile") + " --headless --convert-to pdf --outdir " +
                              folder.file("out") + " " + folder.file("report.docx") + " >/dev/null 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::ifstream made(folder.file("out/report.pdf"), std::ios::binary);
  std::string head(5, ' ');
  made.read(head.data(), 5);
  EXPECT_EQ(head, "%PDF-");
}

TEST_P(Yearly, SaysWhatTheRecordsSayWhenSomebodyElseCountsThem) {
  ASSERT_NO_FATAL_FAILURE(play());
  const auto figures = yearly_figures(sources(), 2026);
  ASSERT_TRUE(figures) << figures.error().message;
  Recount counted = recount(*registry_, 2026);
  const std::map<std::string, std::string> same{{"coverage.filed", "filed"},
                                                {"coverage.approved", "approved"},
                                                {"coverage.projects", "tables"},
                                                {"coverage.project_amount", "amount"},
                                                {"audit.filings", "filings"},
                                                {"monitoring.07.forms", "monitoring.laid"},
                                                {"monitoring.07.filed", "monitoring.filed"},
                                                {"monitoring.07.red", "monitoring.red"},
                                                {"monitoring.07.green", "monitoring.green"},
                                                {"alarms.raised", "alarms.open"},
                                                {"self.laid", "self_evaluation.laid"},
                                                {"self.filed", "self_evaluation.filed"},
                                                {"self.tables", "scored"},
                                                {"rechecks.difference", "difference"},
                                                {"problems.raised", "problems"},
                                                {"problems.amount", "problems.amount"}};
  for (const auto& [key, other] : same) EXPECT_EQ(value(*figures, key), counted.of(other)) << key;
  EXPECT_EQ(value(*figures, "self.mean"), Decimal::quotient(counted.sums["points"], counted.sums["scored"], 2).plain());
  for (const char* grade : {"优", "良", "中", "差"})
    EXPECT_EQ(value(*figures, std::string("self.grade.") + grade), counted.of(std::string("grade.") + grade)) << grade;
  ASSERT_EQ(figures->kinds.size(), 3U);
  for (const char* kind : {"数量指标", "社会效益指标", "服务对象满意度指标"}) {
    const std::string key = std::string("self.kind.") + kind;
    const std::string name = kind;
    EXPECT_EQ(value(*figures, key + ".indicators"), counted.of(name + ".count"));
    EXPECT_EQ(value(*figures, key + ".met"), counted.of(name + ".met"));
    EXPECT_EQ(value(*figures, key + ".rate"),
              Decimal::share(Decimal(100), counted.sums[name + ".points"], counted.sums[name + ".weight"], 2)->plain());
  }
  // By hand.
  EXPECT_EQ(value(*figures, "coverage.due"), "4");
  EXPECT_EQ(value(*figures, "coverage.approved_rate"), "75");
  EXPECT_EQ(value(*figures, "coverage.project_amount"), "270.75");
  EXPECT_EQ(value(*figures, "coverage.lines_amount"), "210.5");
  EXPECT_EQ(value(*figures, "coverage.covered_amount"), "180.5") << "the project without goals is left out";
  EXPECT_EQ(value(*figures, "self.department.201001.tables"), "2") << "the centre belongs to 甲局";
  EXPECT_EQ(value(*figures, "problems.recurred"), "1") << "乙局 had one a year ago";
  EXPECT_EQ(value(*figures, "money.decided"), "-9.5");
  EXPECT_EQ(value(*figures, "money.compress.projects"), "1");
  EXPECT_EQ(figures->find("coverage.approved")->last, "2");
  EXPECT_EQ(figures->find("coverage.approved")->change, "1");
  EXPECT_FALSE(figures->find("coverage.due")->last) << "nobody opened 2025 for filing";
  EXPECT_FALSE(figures->find("monitoring.07.red")->last) << "2025 was not monitored";
  EXPECT_EQ(yearly_figures(sources(), 2024).error().code, "not-found");
}

TEST_P(Yearly, IsADocumentInWhichEveryNumberHasItsSource) {
  ASSERT_NO_FATAL_FAILURE(play());
  for (const int year : {2026, 2025}) {
    const auto figures = yearly_figures(sources(), year);
    ASSERT_TRUE(figures) << figures.error().message;
    const auto made = yearly_report(*registry_, *figures);
    ASSERT_TRUE(made) << made.error().message << made.error().context.front();
    const std::string docx = writing::official_docx(made->document, made->day).value();
    const auto proved = test::check_sources(docx);
    for (const std::string& fault : proved.faults) ADD_FAILURE() << year << ": " << fault;
    for (const YearlyFigure& each : figures->figures) {
      if (each.value) {
        EXPECT_EQ(proved.sources.at(each.key), *each.value);
      }
    }
    EXPECT_TRUE(writing::official_pdf(made->document, "", made->day).ok());
    if (year == 2025) {
      EXPECT_NE(proved.text.find("无上年数据"), std::string::npos);
      EXPECT_EQ(proved.text.find("比上年"), std::string::npos);
      EXPECT_NE(proved.text.find("本年度没有开启绩效运行监控。"), std::string::npos);
      EXPECT_NE(proved.text.find("本年度没有列出应报绩效目标的单位，已报2家，已批复2家（无上年数据）。"), std::string::npos) << proved.text;
      EXPECT_NE(proved.text.find("预算批复台账中没有本年度的预算项目，不计算目标覆盖率。"), std::string::npos) << proved.text;
      for (const char* hole : {"无家", "无%", "无分", "无万元"}) EXPECT_EQ(proved.text.find(hole), std::string::npos) << hole;
      continue;
    }
    EXPECT_NE(proved.text.find("已批复3家（比上年增加1家）"), std::string::npos) << proved.text;
    EXPECT_GT(proved.figures.size(), 60U);
    EXPECT_GE(proved.chart_values, 20);
    if (const char* keep = std::getenv("JIHENG_KEEP_REPORT")) std::ofstream(keep, std::ios::binary) << docx;
    opens_in_libreoffice(docx);
  }
}

TEST_P(Yearly, LeavesOutAmountsThatAreAbsurd) {
  file("甲局", "道路养护", "1234567890123456789012", 2026, true);
  file("乙局", "桥梁检修", "1000.123456789012345678", 2026, true);
  file("丙局", "会议", "999999999999999.5", 2026, true);
  EXPECT_EQ(value(2026, "coverage.tables"), "3");
  EXPECT_EQ(value(2026, "coverage.project_amount"), "1000000000000999.623457");
}

TEST_P(Yearly, CountsAsApprovedWhatIsBeingAdjusted) {
  ASSERT_NO_FATAL_FAILURE(play());
  const Submission before = filed("甲局", 2026);
  ASSERT_TRUE(submissions_->act(before.summary.id, before.summary.revision, Action::adjust, "追加经费", local));
  Submission adjusted = filed("甲局", 2026);
  std::vector<GoalTable> tables = tables_of(adjusted);
  tables.front().amount = "999";
  tables.front().project_name = "另一个项目";
  ASSERT_TRUE(submissions_->edit(adjusted.summary.id, adjusted.summary.revision, tables, local));
  for (const char* step : {"draft", "submitted"}) {
    EXPECT_EQ(value(2026, "coverage.filed"), "4") << step;
    EXPECT_EQ(value(2026, "coverage.approved"), "3") << step;
    EXPECT_EQ(value(2026, "coverage.projects"), "3") << step;
    EXPECT_EQ(value(2026, "coverage.project_amount"), "270.75") << step;
    EXPECT_EQ(value(2026, "coverage.covered_amount"), "180.5") << step;
    EXPECT_EQ(counts_of(sources(), 2026, false).coverage->projects, 3) << step;
    adjusted = filed("甲局", 2026);
    ASSERT_TRUE(submissions_->act(adjusted.summary.id, adjusted.summary.revision, Action::submit, {}, local).ok() ||
                adjusted.summary.state == State::submitted);
  }
}

TEST_P(Yearly, CountsTheFilingsOfTheUnitsThatHaveToFile) {
  ASSERT_NO_FATAL_FAILURE(play());
  file("无名局", "维修", "1", 2026, true);
  FilingYear year = years_->list().front();
  year.exempt = {units_.at("乙局")};
  ASSERT_TRUE(years_->change(year, local));
  access::Unit gone = *access::find_unit(*store_->read(), registry_->tenant(), units_.at("丙局"));
  gone.active = false;
  ASSERT_TRUE(people_->put_unit(gone, local));
  EXPECT_EQ(value(2026, "coverage.due"), "2") << "甲局 and its centre";
  EXPECT_EQ(value(2026, "coverage.filed"), "2");
  EXPECT_EQ(value(2026, "coverage.approved"), "2");
  EXPECT_EQ(value(2026, "coverage.approved_rate"), "100");
  EXPECT_EQ(value(2026, "coverage.strangers"), "1");
  EXPECT_NE(text_of(*yearly_figures(sources(), 2026)).find("另有1份申报没有对上单位，不在以上家数内。"), std::string::npos);
}

TEST_P(Yearly, TellsProjectsOfOneNameApartByTheirUnits) {
  file("甲局", "会议费", "1", 2026, true);
  const auto take = [&](const char* type, const std::string& csv) {
    const auto taken = ledgers::import_table(*ledgers_, *ledgers_->catalogue().type(type), csv, {}, local);
    ASSERT_TRUE(taken.ok() && taken->bad.empty()) << (taken.ok() ? taken->bad[0].reason : taken.error().message);
  };
  take("project", "项目编码,项目名称,预算单位,预算年度\nP1,会议费,甲局,2026\nP2,会议费,乙局,2026\n");
  take("budget_line", "预算项目,预算年度,年初预算数\nP1,2026,10000\nP2,2026,30000\n");
  EXPECT_EQ(value(2026, "coverage.covered"), "1") << "乙局 has no goals for its own";
  EXPECT_EQ(value(2026, "coverage.covered_amount"), "1");
  EXPECT_EQ(value(2026, "coverage.covered_rate"), "25");
  file("无名局", "会议费", "3", 2026, true);
  EXPECT_EQ(value(2026, "coverage.covered"), "2") << "it may be 乙局 that filed it: the name alone is all there is";
}

TEST_P(Yearly, SaysOfAYearJustOpenedWhatThereIs) {
  FilingYear year;
  year.year = 2026;
  year.opens = "2026-03-02";
  ASSERT_TRUE(years_->open(year, local));
  const std::string text = text_of(*yearly_figures(sources(), 2026));
  EXPECT_NE(text.find("应报绩效目标的单位4家，已报0家，已批复0家（无上年数据），批复率0%（无上年数据）。"), std::string::npos) << text;
  EXPECT_NE(text.find("预算批复台账中没有本年度的预算项目，不计算目标覆盖率。"), std::string::npos) << text;
  EXPECT_EQ(text.find("没有对上单位"), std::string::npos) << text;
  EXPECT_EQ(text.find("万元，其中有绩效目标的"), std::string::npos) << text;
}

TEST_P(Yearly, SaysOfWhatMayBeNegativeWhatItWasTheYearBefore) {
  YearCounts now;
  now.year = 2026;
  now.money = MoneyCounts{};
  now.money->projects = 2;
  now.money->decided = *Decimal::parse("-9.5");
  YearCounts before = now;
  before.year = 2025;
  before.money->projects = 1;
  before.money->decided = Decimal(-20);
  const std::string text = text_of(figures_from(now, {before}));
  EXPECT_NE(text.find("已决定变动-9.5万元（负数为减少，上年为-20万元）"), std::string::npos) << text;
  EXPECT_NE(text.find("纳入结果应用的项目2个（比上年增加1个）"), std::string::npos) << text;
}

TEST_P(Yearly, KnowsNoYearThatIsASlipOfThePen) {
  file("甲局", "道路养护", "100", 2026, true);
  file("乙局", "道路养护", "80", 2025, true);
  {
    auto writing = store_->write();
    writing->run("UPDATE submission_summaries SET year_key = 20226 WHERE year_key = 2025", {});
    writing.commit();
  }
  EXPECT_EQ(stored_years(sources()), std::vector<int>{2026});
}

JIHENG_ON_EACH_ENGINE(Yearly);

TEST(YearToShow, IsTheNewestThatHasBegun) {
  EXPECT_EQ(year_to_show({2027, 2026, 2025}, 2026), 2026) << "next year's goals are filed in autumn";
  EXPECT_EQ(year_to_show({2025, 2023}, 2026), 2025);
  EXPECT_EQ(year_to_show({2028, 2027}, 2026), 2027);
  EXPECT_EQ(year_to_show({}, 2026), 2026);
}

/// The words of a comparison, out of counts alone.
TEST(YearlyFigures, AreComparedWithTheYearBeforeAndNoOther) {
  YearCounts now;
  now.year = 2026;
  now.problems = ProblemCounts{};
  now.problems->raised = 4;
  now.problems->closed = 4;
  YearCounts before = now;
  before.year = 2025;
  before.problems->raised = 5;
  YearCounts long_ago = before;
  long_ago.year = 2023;
  const auto with = figures_from(now, {before, long_ago});
  EXPECT_EQ(with.find("problems.raised")->change, "-1");
  EXPECT_EQ(with.find("problems.closed")->change, "0");
  EXPECT_EQ(with.find("problems.closed_rate")->change, "20");
  EXPECT_FALSE(with.find("self.mean")->value);
  ASSERT_FALSE(with.history.empty());
  EXPECT_EQ(with.history.front().values.size(), 3U);
  const auto without = figures_from(now, {long_ago});
  EXPECT_FALSE(without.has_last);
  EXPECT_FALSE(without.find("problems.raised")->last);
  std::set<std::string> labels;
  for (const YearlyFigure& each : with.figures) EXPECT_TRUE(labels.insert(each.label).second) << each.label;
}

}  // namespace
}  // namespace jiheng::desks
