// A bureau of four units over two years: filed, monitored, evaluated by themselves, a little of it checked again and decided upon.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "desks/follow_up/follow_ups.h"
#include "desks/yearly_report/yearly_figures.h"
#include "ledgers/import.h"
#include "on_bureau.h"

namespace jiheng::desks {

inline constexpr std::int64_t next_march = 1'803'862'800;  ///< 2027-03-01 09:00

class TwoYears : public OnBureau {
 protected:
  void SetUp() override {
    OnBureau::SetUp();
    if (IsSkipped()) return;
    years_ = std::make_unique<Years>(*registry_);
    forms_ = std::make_unique<FollowUps>(*registry_, *submissions_, *ledgers_);
    evaluations_ = std::make_unique<Evaluations>(*registry_, *submissions_, *ledgers_, *problems_);
    results_ = std::make_unique<UseOfResults>(
        *registry_, *problems_, [this](int year) { return evaluations_->graded(year); }, [this](int year) { return forms_->graded(year); });
    unit("201001", "甲局", {});
    unit("201002", "甲局第2中心", "甲局");
    unit("202001", "乙局", {});
    unit("203001", "丙局", {});
  }

  YearSources sources() const { return {*registry_, *years_, *ledgers_, *problems_, *evaluations_, *results_}; }

  void file(const std::string& unit, const std::string& project, const std::string& amount, int year, bool approve) {
    std::string text = form(unit, project, amount);
    text.replace(0, 4, std::to_string(year));
    const auto imported = import_file(*registry_, {unit + std::to_string(year) + ".txt", text, std::nullopt}, read, local);
    ASSERT_FALSE(imported.submission.empty());
    auto opened = submissions_->open(imported.submission, local);
    opened = submissions_->act(imported.submission, opened->summary.revision, Action::submit, {}, local);
    ASSERT_TRUE(opened) << opened.error().message;
    if (!approve) return;
    opened = submissions_->act(imported.submission, opened->summary.revision, Action::approve, {}, local);
    ASSERT_TRUE(opened) << opened.error().message;
    ASSERT_EQ(opened->summary.state, State::approved);
  }

  void open_round(FollowUpKind kind, int year, int month, const char* opens) {
    Round round;
    round.kind = kind;
    round.year = year;
    round.month = month;
    round.opens = opens;
    const auto done = forms_->open_round(round, local);
    ASSERT_TRUE(done) << done.error().message;
  }
  /// Each unit reports its kilometres done, of 30, and its people's satisfaction.
  void fill_forms(FollowUpKind kind, int year, int month, const std::map<std::string, std::string>& done) {
    FollowUpFilter filter;
    filter.kind = kind;
    filter.year = year;
    filter.month = month;
    for (const FollowUpSummary& each : forms_->page(filter, local).items) {
      const auto kilometres = done.find(each.unit_name);
      if (kilometres == done.end()) continue;
      auto form = forms_->open(each.id, local);
      ASSERT_TRUE(form);
      std::vector<TableEntry> entries(form->tables.size());
      for (TableEntry& entry : entries) {
        entry.goal_result = "已完成";
        entry.executed = "80";
        entry.execution_note = "年底结算";
        for (const char* actual : {kilometres->second.c_str(), "3", "88"}) {
          IndicatorEntry row;
          row.actual = actual;
          row.note = "雨季停工12天";
          row.likelihood = "有可能";
          entry.indicators.push_back(row);
        }
      }
      form = forms_->edit(each.id, form->revision, entries, local);
      ASSERT_TRUE(form) << form.error().message;
      if (kind == FollowUpKind::self_evaluation) {
        for (std::size_t t = 0; t < entries.size(); ++t) {
          form = forms_->add_evidence(each.id, form->revision, static_cast<int>(t), -1, "验收", "验收单.pdf", local);
          ASSERT_TRUE(form) << form.error().message;
        }
      }
      for (const auto action : {FollowUpAction::submit, FollowUpAction::sign, FollowUpAction::accept}) {
        form = forms_->act(each.id, form->revision, action, "阅", local);
        ASSERT_TRUE(form) << form.error().code << form.error().message;
      }
    }
  }
  void raise(const std::string& unit, int year) {
    NewProblem problem;
    problem.source = ProblemSource::audit;
    problem.unit = units_.at(unit);
    problem.year = year;
    problem.kind = "goal";
    problem.text = "指标值偏低";
    problem.action = "改正";
    problem.amount = "1.25";
    ASSERT_TRUE(problems_->raise(problem, local));
  }

  /// A year before that is small, and the year itself.
  void play() {
    file("甲局", "道路养护", "100", 2025, true);
    file("乙局", "道路养护", "80", 2025, true);
    open_round(FollowUpKind::self_evaluation, 2025, 12, "2026-02-02");
    fill_forms(FollowUpKind::self_evaluation, 2025, 12, {{"甲局", "30"}, {"乙局", "15"}});
    raise("乙局", 2025);
    FilingYear year;
    year.year = 2026;
    year.opens = "2026-03-02";
    ASSERT_TRUE(years_->open(year, local));
    file("甲局", "道路养护", "120.5", 2026, true);
    file("甲局第2中心", "桥梁检修", "60", 2026, true);
    file("乙局", "道路养护", "90.25", 2026, true);
    file("丙局", "会议", "5", 2026, false);
    lines();
    now_ = next_march;
    open_round(FollowUpKind::monitoring, 2026, 7, "2026-08-03");
    fill_forms(FollowUpKind::monitoring, 2026, 7, {{"甲局", "3"}, {"甲局第2中心", "20"}});
    open_round(FollowUpKind::self_evaluation, 2026, 12, "2027-02-01");
    fill_forms(FollowUpKind::self_evaluation, 2026, 12, {{"甲局", "30"}, {"甲局第2中心", "29"}, {"乙局", "10"}});
    recheck("乙局", "1.00");
    raise("甲局", 2026);
    raise("乙局", 2026);
    UseOfResults::Wanted wanted;
    wanted.unit = units_.at("乙局");
    wanted.project = "道路养护";
    wanted.measure = policy::ResultRule::Measure::compress;
    wanted.effect = "-9.5";
    wanted.why = "完成差";
    const auto decided = results_->decide(2026, wanted, local);
    ASSERT_TRUE(decided) << decided.error().message;
  }
  void lines() {
    const auto take = [&](const char* type, const std::string& csv) {
      const auto taken = ledgers::import_table(*ledgers_, *ledgers_->catalogue().type(type), csv, {}, local);
      ASSERT_TRUE(taken.ok() && taken->bad.empty()) << (taken.ok() ? taken->bad[0].reason : taken.error().message);
    };
    take("project",
         "项目编码,项目名称,预算单位,预算年度\nP1,道路养护,甲局,2026\nP2,桥梁检修,甲局第2中心,2026\nP3,没有目标的项目,乙局,2026\n");
    take("budget_line", "预算项目,预算年度,年初预算数,调整后预算数\nP1,2026,1000000,1205000\nP2,2026,600000,\nP3,2026,300000,\n");
  }
  void recheck(const std::string& unit, const std::string& score) {
    FollowUpFilter filter;
    filter.kind = FollowUpKind::self_evaluation;
    filter.year = 2026;
    filter.query = unit;
    const FollowUpSummary form = forms_->page(filter, local).items.front();
    Recheck found;
    found.indicator = 0;
    found.score = score;
    found.why = "抽查台账";
    const auto done = forms_->recheck(form.id, form.revision, found, local);
    ASSERT_TRUE(done) << done.error().message;
  }

  std::unique_ptr<Years> years_;
  std::unique_ptr<FollowUps> forms_;
  std::unique_ptr<Evaluations> evaluations_;
  std::unique_ptr<UseOfResults> results_;
};

}  // namespace jiheng::desks
