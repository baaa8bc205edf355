// A bureau, two units, and how their problems are raised, answered, checked and closed.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "desks/rectification/problem_closing.h"
#include "desks/rectification/problem_steps.h"
#include "ledgers/import.h"
#include "on_bureau.h"

namespace jiheng::desks {

using access::Role;

inline constexpr std::int64_t day = 86'400;

class Rectifying : public OnBureau {
 protected:
  void SetUp() override {
    OnBureau::SetUp();
    if (IsSkipped()) return;
    bureau_and_two_units();
    clerk_ = of_unit("clerk", "甲局");
    other_clerk_ = of_unit("other", "乙局");
  }

  access::Principal of_unit(const std::string& id, const std::string& unit) const {
    return person(id, Role::unit_clerk, {false, {units_.at(unit)}});
  }

  NewProblem found(const std::string& kind = "goal", const std::string& unit = "甲局") const {
    NewProblem problem;
    problem.source = ProblemSource::audit;
    problem.unit = units_.at(unit);
    problem.year = 2026;
    problem.kind = kind;
    problem.text = "指标值不能为负";
    problem.action = "改正指标值";
    return problem;
  }
  std::string raised(const NewProblem& problem) { return raised(problem, officer_); }
  std::string raised(const NewProblem& problem, const access::Principal& who) {
    const auto done = problems_->raise(problem, who);
    EXPECT_TRUE(done) << done.error().message;
    return done ? done->id : "";
  }
  /// By whoever finds it, within his own change.
  Raised raised_within(NewProblem problem, const access::Principal& who) {
    problem.raised_by = person_of(who, nullptr);
    auto change = registry_->begin({who.id(), {}});
    const auto done = problems_->raise(change, std::move(problem));
    EXPECT_TRUE(done) << done.error().message;
    change.commit();
    return done ? *done : Raised{};
  }
  /// "" or the code and what it is about.
  std::string refused(const NewProblem& problem, const access::Principal& who) {
    const auto done = problems_->raise(problem, who);
    return done ? "" : done.error().code + (done.error().context.empty() ? "" : " " + done.error().context[0]);
  }
  Problem open(const std::string& id) { return problems_->open(id, head_)->problem; }
  /// "" or the code and, of a closing that was refused, why.
  std::string act(const std::string& id, ProblemDeed deed, const access::Principal& who) {
    const auto done = problems_->act(id, open(id).revision, deed, who);
    if (done) return "";
    return done.error().code + (done.error().context.empty() ? "" : " " + done.error().context[0]);
  }
  std::string act(const std::string& id, ProblemAction action, const access::Principal& who, const std::string& text = "已改正") {
    return act(id, {action, text, {}, 0, {}}, who);
  }
  std::string close(const std::string& id, ClosingBasis basis, const access::Principal& who) {
    return act(id, {ProblemAction::close, "同意销号", {}, 0, std::move(basis)}, who);
  }
  static ClosingBasis document(int number) { return {ClosingBasis::Kind::document, "", {}, number}; }
  static ClosingBasis payment(std::vector<ClosingBasis::Named> records) {
    return {ClosingBasis::Kind::payment, "ledger.payment", std::move(records), 0};
  }
  static ClosingBasis submission(const std::string& id, int revision) {
    return {ClosingBasis::Kind::record, "submission", {{id, revision, "", "", ""}}, 0};
  }
  std::string bring(const std::string& id, const std::string& kind, const access::Principal& who, const std::string& bytes = "凭证") {
    const auto done = problems_->bring(id, open(id).revision, bytes, "材料.pdf", kind, who);
    return done ? "" : done.error().code;
  }
  /// Answered and found good.
  std::string ready(const NewProblem& problem) {
    const std::string id = raised(problem);
    EXPECT_EQ(act(id, ProblemAction::reply, clerk_), "");
    EXPECT_EQ(act(id, ProblemAction::check, officer_), "");
    return id;
  }
  ImportedFile import(const std::string& unit, const std::string& kilometres = "30") {
    return import_file(*registry_, {unit + ".txt", form(unit, "道路养护", "120", kilometres), std::nullopt}, read, local);
  }
  void take(const std::string& type, const std::string& csv) {
    const auto taken = ledgers::import_table(*ledgers_, *ledgers_->catalogue().type(type), std::string(csv), {}, local);
    ASSERT_TRUE(taken) << taken.error().message;
  }
  std::string listed(const ProblemFilter& filter = {}) {
    std::string text;
    for (const ProblemLine& each : problems_->list(filter, head_).items)
      text += each.number + " " + std::string(problem_state_code(each.state)) + " " + each.due + " " + std::to_string(each.earlier) +
              (each.overdue ? " overdue" : "") + (each.checked ? " checked" : "") + (each.time_asked ? " asked" : "") + "\n";
    return text;
  }

  access::Principal clerk_;
  access::Principal other_clerk_;
  const access::Principal officer_ = person("officer", Role::performance_officer, {true, {}});
  const access::Principal head_ = person("head", Role::performance_head, {true, {}});
  const access::Principal leader_ = person("leader", Role::bureau_leader, {true, {}});
};

}  // namespace jiheng::desks
