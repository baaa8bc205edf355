// 复核: the bureau looks at some of the filed self-evaluations again. The unit's own score stays as it was; what was found stands beside
// it.
#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "desks/follow_up/follow_up_lists.h"
#include "desks/follow_up/follow_up_steps.h"
#include "desks/follow_up/standing.h"
#include "desks/people/people.h"

namespace jiheng::desks {
namespace {

constexpr std::size_t longest_reason = 4'000;
constexpr std::size_t longest_seed = 200;

Error invalid(std::string message, std::string field) {
  return {"invalid-entry", std::move(message), {std::move(field)}};
}

/// The unit's own points for the indicator, or for the execution rate, and the most that it can have.
struct Own {
  Text score;
  Text weight;
};
Own own_of(const FilledTable& filled, int indicator) {
  if (indicator < 0) return {filled.table.execution.front().score, filled.table.execution.front().weight};
  const Indicator& row = filled.table.indicators[static_cast<std::size_t>(indicator)];
  return {row.score, row.weight};
}

bool is_filed(FollowUpState state) {
  return state == FollowUpState::filed || state == FollowUpState::accepted;
}

}  // namespace

std::optional<RecheckedTotal> rechecked_total(const FilledTable& filled, int table, const std::vector<Recheck>& rechecks,
                                              const policy::Pack& pack) {
  auto total = filled.table.total_score ? Decimal::parse(*filled.table.total_score) : std::nullopt;
  bool any = false;
  for (const Recheck& each : rechecks) {
    if (each.table != table) continue;
    const auto own = Decimal::parse(each.own_score);
    const auto found = Decimal::parse(each.score);
    if (!total || !own || !found) return std::nullopt;
    total = *total - *own + *found;
    any = true;
  }
  if (!any) return std::nullopt;
  return RecheckedTotal{total->rounded(pack.scoring.places).text(), policy::band_of(*total, pack.scoring.grades)};
}

Result<FollowUp> FollowUps::recheck(std::string_view id, int from_revision, const Recheck& recheck, const access::Principal& who) {
  auto found = standing_at(id, from_revision, who);
  if (!found) return found.error();
  FollowUpBody& body = found->body;
  if (!who.may(access::Permission::audit_performance, body.unit)) return forbidden();
  if (body.kind != FollowUpKind::self_evaluation || !is_filed(found->state))
    return Error{"action-not-allowed", "只有已报送的自评可以复核。", {}};
  if (had_a_hand(body, who, access::Permission::audit_performance, true)) return four_eyes();
  if (recheck.table < 0 || static_cast<std::size_t>(recheck.table) >= body.filed.size()) return invalid("没有这张表。", "table");
  const FilledTable& filled = body.filed[static_cast<std::size_t>(recheck.table)];
  if (recheck.indicator < -1 || recheck.indicator >= static_cast<int>(filled.facts.size())) return invalid("没有这个指标。", "indicator");
  const Own own = own_of(filled, recheck.indicator);
  if (!own.score || !own.weight) return invalid("这个指标没有打分，不用复核。", "indicator");
  const auto score = Decimal::parse(trim(recheck.score));
  if (!score || score->is_negative() || *score > *Decimal::parse(*own.weight))
    return invalid("复核得分应在0到" + *own.weight + "之间。", "score");
  if (trim(recheck.why).empty() || recheck.why.size() > longest_reason || !is_valid_utf8(recheck.why))
    return invalid("请写明复核的依据和差异原因。", "why");
  if (recheck.actual && (recheck.actual->size() > 200 || !is_valid_utf8(*recheck.actual)))
    return invalid("复核的完成值太长或有不能识别的字符。", "actual");
  Recheck kept = recheck;
  kept.score = score->rounded(found->pack->scoring.places).text();
  kept.own_score = *own.score;
  kept.account = who.id();
  kept.name = who.name();
  kept.at = registry_.now_text();
  std::erase_if(body.rechecks, [&](const Recheck& each) { return each.table == kept.table && each.indicator == kept.indicator; });
  body.rechecks.push_back(std::move(kept));
  body.drawn = true;
  const FollowUpState state = found->state;
  return store(std::move(*found), state, "recheck", recheck.why, who, access::Permission::audit_performance);
}

Result<FollowUp> FollowUps::choose(std::string_view id, int from_revision, bool drawn, const access::Principal& who) {
  auto found = standing_at(id, from_revision, who);
  if (!found) return found.error();
  if (!who.may(access::Permission::audit_performance, found->body.unit)) return forbidden();
  if (found->body.kind != FollowUpKind::self_evaluation || !is_filed(found->state))
    return Error{"action-not-allowed", "只有已报送的自评可以复核。", {}};
  if (!drawn && !found->body.rechecks.empty()) return Error{"action-not-allowed", "已经有复核结果，不能移出复核名单。", {}};
  found->body.drawn = drawn;
  const FollowUpState state = found->state;
  return store(std::move(*found), state, drawn ? "choose-recheck" : "drop-recheck", {}, who, access::Permission::audit_performance);
}

Result<std::vector<std::string>> FollowUps::draw(int year, int percent, std::string_view seed, const access::Principal& who) {
  if (!who.may(access::Permission::audit_performance, "") || who.is_read_only()) return forbidden();
  if (percent < 1 || percent > 100) return Error{"invalid-draw", "抽取比例应在1%到100%之间。", {"percent"}};
  if (trim(seed).empty() || seed.size() > longest_seed || !is_valid_utf8(seed))
    return Error{"invalid-draw", "请写抽取用的种子，例如当天公布的一串数字，任何人用它都能重抽一遍。", {"seed"}};
  if (const auto round = round_of(registry_, FollowUpKind::self_evaluation, year, 12); round && round->closed) return closed_round();
  struct Lot {
    std::string hash;
    FollowUpSummary form;
  };
  std::vector<Lot> lots;
  for (FollowUpSummary& each : summaries_of(*registry_.store().read(), registry_.tenant(), FollowUpKind::self_evaluation, year, 12)) {
    if (!is_filed(each.state)) continue;
    std::string hash = sha256_hex(std::string(seed) + "\n" + each.id);
    lots.push_back({std::move(hash), std::move(each)});
  }
  std::sort(lots.begin(), lots.end(), [](const Lot& a, const Lot& b) { return a.hash < b.hash; });
  // Rounded up: of a few at least one.
  const std::size_t count = (lots.size() * static_cast<std::size_t>(percent) + 99) / 100;
  std::vector<std::string> drawn;
  for (std::size_t i = 0; i < count; ++i) {
    const FollowUpSummary& form = lots[i].form;
    drawn.push_back(form.id);
    if (form.drawn) continue;
    auto found = standing(form.id, who);
    if (!found) return found.error();
    found->body.drawn = true;
    const FollowUpState state = found->state;
    const auto kept =
        store(std::move(*found), state, "draw-recheck",
              "随机抽取" + std::to_string(percent) + "%，种子“" + std::string(seed) + "”，按SHA-256(种子、换行、表号)从小到大取。", who,
              access::Permission::audit_performance);
    if (!kept) return kept.error();
  }
  return drawn;
}

}  // namespace jiheng::desks
