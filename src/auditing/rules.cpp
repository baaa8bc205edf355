#include "auditing/rules.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace jiheng::auditing {
namespace {

/// The contract's order. A rule that is not named here comes last.
constexpr std::array order = {
    "unit-name-missing",
    "year-missing",
    "goal-missing",
    "project-name-missing",
    "budget-missing",
    "indicator-value-missing",
    "comparator-missing",
    "measurement-unit-missing",
    "measurement-unit-placeholder",
    "required-level-missing",
    "weights-missing",
    "weights-sum",
    "task-without-indicator",
    "money-sum",
    "projects-sum",
    "unit-name-differs",
    "comparator-differs",
    "value-differs",
    "measurement-unit-differs",
    "part-looser-than-whole",
    "indicator-only-in-project",
    "indicator-renamed",
    "duplicate-indicator",
    "cost-differs-from-budget",
    "cost-excludes-full-execution",
    "target-impossible",
    "target-always-met",
    "percent-out-of-range",
    "integer-threshold",
    "saturated-target",
    "qualitative-restates-name",
    "qualitative-unmeasurable",
    "explanation-restates-name",
    "input-as-output",
    "measurement-unit-implausible",
    "level-misplaced",
    "date-outside-year",
    "text-slip",
    "layout-repaired",
};

std::size_t contract_place(std::string_view id) {
  return static_cast<std::size_t>(std::find(order.begin(), order.end(), id) - order.begin());
}

std::vector<Rule> gather() {
  std::vector<Rule> all;
  for (const auto family : {head_rules(), money_rules(), structure_rules(), weight_rules(), whole_and_part_rules(), cost_rules(),
                            target_rules(), unit_rules(), level_rules(), wording_rules()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  std::sort(all.begin(), all.end(), [](const Rule& a, const Rule& b) { return contract_place(a.card->id) < contract_place(b.card->id); });
  return all;
}

}  // namespace

std::span<const Rule> rules() {
  static const std::vector<Rule> all = gather();
  return all;
}

std::span<const Card* const> cards() {
  static const std::vector<const Card*> all = [] {
    std::vector<const Card*> out;
    for (const Rule& rule : rules()) out.push_back(rule.card);
    return out;
  }();
  return all;
}

const Card* find_card(std::string_view id) {
  for (const Card* card : cards()) {
    if (card->id == id) return card;
  }
  return nullptr;
}

int rank_of(const Card& card) {
  static const std::unordered_map<const Card*, int> ranks = [] {
    std::unordered_map<const Card*, int> out;
    for (const Card* each : cards()) out.emplace(each, static_cast<int>(out.size()));
    return out;
  }();
  return ranks.at(&card);
}

}  // namespace jiheng::auditing
