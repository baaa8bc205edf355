// A bureau of three units, whoever evaluates in it, and what they do.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "desks/evaluation/evaluations.h"
#include "desks/evaluation/project_draws.h"
#include "desks/results/use_of_results.h"
#include "on_bureau.h"

namespace jiheng::desks {

using access::Role;

class Evaluating : public OnBureau {
 protected:
  void SetUp() override {
    OnBureau::SetUp();
    if (IsSkipped()) return;
    evaluations_ = std::make_unique<Evaluations>(*registry_, *submissions_, *ledgers_, *problems_);
    results_ = std::make_unique<UseOfResults>(
        *registry_, *problems_, [this](int year) { return evaluations_->graded(year); }, [this](int) { return said_; });
    draws_ = std::make_unique<ProjectDraws>(*registry_, [this](int year) { return results_->graded(year); });
    bureau_and_two_units();
    clerk_ = person("clerk", Role::unit_clerk, {false, {units_["甲局"]}});
  }
  static access::Principal standing_in(const std::string& id, const std::string& whom, Role role) {
    return access::Principal::person(id, id, id, {{role, {true, {}}, whom, whom}});
  }
  /// Filed, not a draft any more.
  void file(const std::string& unit, const std::string& project, const std::string& amount, const std::string& year = "2026") {
    std::string text = form(unit, project, amount);
    text.replace(0, 4, year);
    const auto imported = import_file(*registry_, {unit + project + year + ".txt", text, std::nullopt}, read, local);
    ASSERT_FALSE(imported.submission.empty());
    const auto opened = submissions_->open(imported.submission, local);
    if (opened->summary.state == State::draft) {
      ASSERT_TRUE(submissions_->act(imported.submission, opened->summary.revision, Action::submit, {}, local));
    }
  }
  std::string plan(const std::string& project = "道路养护", EvaluationForm form = EvaluationForm::key) {
    NewEvaluation made;
    made.form = form;
    made.unit = units_["甲局"];
    made.year = 2026;
    made.project = project;
    made.amount = "100";
    const auto planned = evaluations_->plan(made, officer_);
    EXPECT_TRUE(planned) << planned.error().message;
    return planned ? planned->evaluation.id : "";
  }
  EvaluationView open(const std::string& id) { return *evaluations_->open(id, head_); }
  std::string act(const std::string& id, const EvaluationDeed& deed, const access::Principal& who) {
    const auto done = evaluations_->act(id, open(id).evaluation.revision, deed, who);
    return done ? "" : done.error().code + (done.error().context.empty() ? "" : " " + done.error().context[0]);
  }
  std::string act(const std::string& id, EvaluationAction action, const access::Principal& who, const std::string& text = "同意") {
    EvaluationDeed deed;
    deed.action = action;
    deed.text = text;
    return act(id, deed, who);
  }
  /// Full points but for the last criterion.
  EvaluationDeed sheet(const std::string& id, const std::string& last, const std::string& evaluator = {}) {
    EvaluationDeed deed;
    deed.action = EvaluationAction::score;
    deed.evaluator = evaluator;
    for (const policy::Criterion& each : open(id).evaluation.criteria) {
      deed.points.push_back(each.points.plain());
      deed.reasons.emplace_back();
    }
    deed.points.back() = last;
    deed.reasons.back() = "满意度没有达到";
    return deed;
  }
  std::string concluded(const std::string& project, const std::string& last) {
    const std::string id = plan(project);
    EXPECT_EQ(act(id, sheet(id, last), officer_), "");
    EXPECT_EQ(act(id, sheet(id, last), second_), "");
    EXPECT_EQ(act(id, EvaluationAction::conclude, head_), "");
    return id;
  }

  std::unique_ptr<Evaluations> evaluations_;
  std::unique_ptr<UseOfResults> results_;
  std::unique_ptr<ProjectDraws> draws_;
  std::vector<GradedProject> said_;
  access::Principal clerk_;
  const access::Principal officer_ = person("officer", Role::performance_officer, {true, {}});
  const access::Principal second_ = person("second", Role::performance_officer, {true, {}});
  const access::Principal head_ = person("head", Role::performance_head, {true, {}});
  const access::Principal leader_ = person("leader", Role::bureau_leader, {true, {}});
};

}  // namespace jiheng::desks
