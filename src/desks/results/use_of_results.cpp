#include "desks/results/use_of_results.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <map>
#include <set>

#include "access/units.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/sound_amount.h"
#include "base/text.h"
#include "desks/follow_up/follow_ups.h"
#include "desks/people/people.h"
#include "desks/performance/audited.h"
#include "desks/performance/years.h"
#include "desks/rectification/problem_json.h"
#include "desks/rectification/problem_steps.h"
#include "policy/pack.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;
using Measure = policy::ResultRule::Measure;

constexpr std::size_t longest_why = 6'000;
constexpr std::array measures{Measure::prefer, Measure::keep, Measure::compress, Measure::cancel};

Error invalid(std::string message, std::string field) {
  return {"invalid-decision", std::move(message), {std::move(field)}};
}

std::string id_of(int year, std::string_view unit, std::string_view project) {
  return "result-" + sha256_hex(std::to_string(year) + "\n" + project_key(unit, project)).substr(0, 32);
}

std::string body_of(int year, const GradedProject& graded, const ResultLine& line, const ResultDecision& decision) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("year").integer(year).field("unit", graded.unit).field("project", graded.project);
  out.field("amount", graded.amount.plain())
      .field("source", graded.source == GradedProject::Source::evaluation ? "evaluation" : "self-evaluation");
  out.field("record", graded.record).field("total", graded.total.plain()).field("grade", graded.grade);
  out.field("suggested", line.suggested.plain()).field("measure", policy::measure_code(decision.measure)).field("effect", decision.effect);
  out.field("why", decision.why).field("at", decision.at).key("by");
  write_person(out, decision.by);
  out.end_object();
  return text;
}

ResultDecision decision_from(const registry::Record& record, std::string& key) {
  try {
    const json::value body = json::parse(record.body);
    const auto text = [&](const char* name) { return std::string(body.at(name).as_string()); };
    key = std::to_string(body.at("year").as_int64()) + "\n" + project_key(text("unit"), text("project"));
    return {measure_from_code(text("measure")).value_or(Measure::keep),
            text("effect"),
            text("why"),
            text("grade"),
            text("total"),
            text("at"),
            person_from(body.at("by")),
            record.revision};
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里结果应用的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

/// What the words of a measure allow.
std::optional<Error> trouble_with(Measure measure, const Decimal& effect, const Decimal& amount) {
  switch (measure) {
    case Measure::prefer:
      if (effect.is_negative()) return invalid("优先保障不能减少安排。", "effect");
      break;
    case Measure::keep:
      if (!effect.is_zero()) return invalid("继续安排不增不减，金额变动应是0。", "effect");
      break;
    case Measure::compress:
      if (!effect.is_negative() || -effect >= amount) return invalid("压减应少于今年的金额；全部不安排的，请选择取消。", "effect");
      break;
    case Measure::cancel:
      if (-effect != amount) return invalid("取消是全部不安排，金额变动应是-" + amount.plain() + "万元。", "effect");
      break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Measure> measure_from_code(std::string_view code) {
  for (const Measure each : measures) {
    if (policy::measure_code(each) == code) return each;
  }
  return std::nullopt;
}

std::vector<GradedProject> UseOfResults::graded(int year) const {
  std::vector<GradedProject> all;
  std::set<std::string> evaluated;
  if (evaluated_) all = evaluated_(year);
  for (const GradedProject& each : all) evaluated.insert(project_key(each.unit, each.project));
  for (GradedProject& each : self_evaluated_ ? self_evaluated_(year) : std::vector<GradedProject>()) {
    if (!evaluated.contains(project_key(each.unit, each.project))) all.push_back(std::move(each));
  }
  for (GradedProject& each : all) each.amount = each.amount.is_negative() ? Decimal() : sound_amount(each.amount);
  return all;
}

std::vector<ResultLine> UseOfResults::lines(int year) const {
  const policy::EvaluationRules& rules = *pack_for({}, year_pack(registry_, year)).evaluation;
  std::map<std::string, ProblemUnit> problems;
  for (ProblemUnit& each : problems_.board(0, access::Principal::operator_at_machine())) problems[each.unit] = std::move(each);
  std::map<std::string, ResultDecision> decisions;
  std::map<std::string, access::Unit> units;
  {
    auto reading = registry_.store().read();
    registry_.each_latest(*reading, decision_kind, [&](const registry::Record& record) {
      std::string key;
      ResultDecision decision = decision_from(record, key);
      decisions[key] = std::move(decision);
    });
    for (access::Unit& each : access::list_units(*reading, registry_.tenant())) units[each.id] = std::move(each);
  }
  std::vector<ResultLine> found;
  for (GradedProject& each : graded(year)) {
    GradedProject graded = std::move(each);
    ResultLine line;
    if (const auto unit = units.find(graded.unit); unit != units.end()) {
      line.unit_code = unit->second.code;
      line.unit_name = unit->second.name;
    }
    line.rule = rules.result(graded.grade);
    if (line.rule != nullptr) line.suggested = policy::budget_effect(*line.rule, graded.amount);
    if (const auto unit = problems.find(graded.unit); unit != problems.end()) {
      for (const auto state : {ProblemState::open, ProblemState::replied, ProblemState::returned})
        line.open_problems += unit->second.counts[static_cast<int>(state)];
      line.overdue_problems = unit->second.overdue;
    }
    const auto decision = decisions.find(std::to_string(year) + "\n" + project_key(graded.unit, graded.project));
    if (decision != decisions.end()) {
      line.decision = decision->second;
      line.outdated = decision->second.grade != graded.grade || decision->second.total != graded.total.plain();
    }
    line.graded = std::move(graded);
    found.push_back(std::move(line));
  }
  std::stable_sort(found.begin(), found.end(), [](const ResultLine& a, const ResultLine& b) {
    return a.graded.total != b.graded.total ? a.graded.total < b.graded.total : a.unit_code < b.unit_code;
  });
  return found;
}

ResultPage UseOfResults::list(int year, const access::Principal& who) const {
  ResultPage page;
  const access::Reach reach = who.reach(access::Permission::see_submissions);
  for (ResultLine& each : lines(year)) {
    if (!reach.contains(each.graded.unit)) continue;
    // The unit is told what was decided, not what might be.
    if (!reach.all && !each.decision) continue;
    page.amount += each.graded.amount;
    page.suggested += each.suggested;
    if (each.decision) {
      page.decided += Decimal::parse(each.decision->effect).value_or(Decimal());
    } else {
      ++page.undecided;
    }
    page.lines.push_back(std::move(each));
  }
  return page;
}

std::vector<RankedUnit> UseOfResults::ranking(int year, const access::Principal& who) const {
  struct Sum {
    RankedUnit unit;
    Decimal weighted;
    Decimal plain;
  };
  std::map<std::string, Sum> sums;
  for (const ResultLine& each : lines(year)) {
    Sum& sum = sums[each.graded.unit];
    sum.unit.unit = each.graded.unit;
    sum.unit.code = each.unit_code;
    sum.unit.name = each.unit_name;
    ++sum.unit.projects;
    sum.unit.amount += each.graded.amount;
    sum.unit.open_problems = each.open_problems;
    sum.unit.overdue_problems = each.overdue_problems;
    sum.weighted += each.graded.total * each.graded.amount;
    sum.plain += each.graded.total;
  }
  std::vector<RankedUnit> ranked;
  for (auto& [id, sum] : sums) {
    sum.unit.points = sum.unit.amount > Decimal() ? Decimal::quotient(sum.weighted, sum.unit.amount, 2)
                                                  : Decimal::quotient(sum.plain, Decimal(sum.unit.projects), 2);
    ranked.push_back(std::move(sum.unit));
  }
  std::sort(ranked.begin(), ranked.end(),
            [](const RankedUnit& a, const RankedUnit& b) { return a.points != b.points ? a.points > b.points : a.code < b.code; });
  for (std::size_t i = 0; i < ranked.size(); ++i)
    ranked[i].rank = i > 0 && ranked[i].points == ranked[i - 1].points ? ranked[i - 1].rank : static_cast<int>(i) + 1;
  const access::Reach reach = who.reach(access::Permission::see_submissions);
  std::erase_if(ranked, [&](const RankedUnit& each) { return !reach.contains(each.unit); });
  return ranked;
}

Result<ResultLine> UseOfResults::decide(int year, const Wanted& wanted, const access::Principal& who) const {
  if (!who.may(access::Permission::approve_filing)) return forbidden();
  auto all = lines(year);
  const std::string key = project_key(wanted.unit, wanted.project);
  const auto line = std::find_if(all.begin(), all.end(), [&](const ResultLine& each) {
    return project_key(each.graded.unit, each.graded.project) == key && who.may(access::Permission::approve_filing, each.graded.unit);
  });
  if (line == all.end()) return Error{"not-found", "这一年没有这个项目的评价或自评结果。", {}};
  const auto effect = wanted.effect.size() > longest_sound_amount ? std::nullopt : Decimal::parse(wanted.effect);
  if (!effect || sound_amount(*effect) != *effect) return invalid("金额变动应是一个数（万元）。", "effect");
  if (auto trouble = trouble_with(wanted.measure, *effect, line->graded.amount)) return std::move(*trouble);
  if (wanted.why.size() > longest_why || !is_valid_utf8(wanted.why)) return invalid("理由太长或有不能识别的字符。", "why");
  const bool by_rule = line->rule != nullptr && line->rule->measure == wanted.measure && *effect == line->suggested;
  const bool reasoned = !trim(wanted.why).empty();
  if (!by_rule && !reasoned) return Error{"why-missing", "与政策口径的建议不同，请写明理由。", {"why"}};
  const bool spares = wanted.measure == Measure::prefer || wanted.measure == Measure::keep;
  if (spares && line->overdue_problems > 0 && !reasoned)
    return Error{
        "why-missing", "这个单位还有" + std::to_string(line->overdue_problems) + "个问题逾期没有整改，不压减的请写明理由。", {"why"}};
  ResultDecision decision;
  decision.measure = wanted.measure;
  decision.effect = effect->plain();
  decision.why = wanted.why;
  decision.grade = line->graded.grade;
  decision.total = line->graded.total.plain();
  decision.at = registry_.now_text();
  const access::Post* post = who.is_operator() ? nullptr : who.stands_in(access::Permission::approve_filing, line->graded.unit);
  decision.by = person_of(who, post);
  auto change = registry_.begin(author_of(who, reasoned ? Text(wanted.why) : Text(), post));
  if (line->graded.source == GradedProject::Source::self_evaluation) {
    // It may have been sent back to be filed anew meanwhile.
    const auto form = change.latest(follow_up_kind, line->graded.record);
    if (form && form->state != follow_up_state_code(FollowUpState::accepted)) return registry::stale_revision(*form);
  }
  const std::string id = id_of(year, wanted.unit, wanted.project);
  const auto stored = change.put({std::string(decision_kind),
                                  id,
                                  wanted.from_revision,
                                  "decided",
                                  wanted.from_revision == 0 ? "decide" : "decide-again",
                                  body_of(year, line->graded, *line, decision),
                                  {}});
  if (!stored) return stored.error();
  change.commit();
  decision.revision = stored->revision;
  line->decision = std::move(decision);
  line->outdated = false;
  return std::move(*line);
}

}  // namespace jiheng::desks
