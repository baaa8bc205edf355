#include "policy/scoring_parameters.h"

#include <algorithm>

#include "policy/sections.h"

namespace jiheng::policy {
namespace {

std::vector<LevelWeight> levels_of(const Parameters& p, const char* name, const Decimal& sum) {
  std::vector<LevelWeight> levels;
  const Parameters part = p.part(name);
  if (!part.node().IsMap()) {
    p.complain(name, "应是各级指标的权重");
    return levels;
  }
  Decimal total;
  for (const auto& entry : part.node()) {
    const auto weight = Decimal::parse(text_of(entry.second));
    if (!weight || weight->is_negative() || *weight > sum) {
      p.complain(name, "里有一个权重不是0到总和之间的数");
      return levels;
    }
    levels.push_back({text_of(entry.first), *weight});
    total += *weight;
  }
  if (total != sum) p.complain(name, "各级权重之和与 weights_sum 不等");
  return levels;
}

bool has_level(const std::vector<LevelWeight>& levels, std::string_view name) {
  return std::any_of(levels.begin(), levels.end(), [&](const LevelWeight& level) { return level.level1 == name; });
}

std::string level_in(const Parameters& p, const char* name, const ScoringParameters& scoring, bool always) {
  std::string level = p.text(name);
  if (!has_level(scoring.with_cost, level) || (always && !has_level(scoring.without_cost, level)))
    p.complain(name, "不在 level_weights 的各级指标里");
  return level;
}

void read_directions(const Parameters& p, ScoringParameters& scoring) {
  constexpr std::array compared = {Comparator::at_least, Comparator::more_than, Comparator::at_most, Comparator::less_than,
                                   Comparator::equal};
  for (const Comparator comparator : compared) {
    const std::string name(comparator_code(comparator));
    scoring.directions[static_cast<std::size_t>(comparator)] =
        static_cast<Direction>(p.choice(name.c_str(), {"forward", "reverse", "exact"}));
  }
}

}  // namespace

const std::string& band_of(const Decimal& percent, const std::vector<GradeBand>& bands) {
  static const std::string none;
  for (const GradeBand& band : bands) {
    if (percent >= band.from) return band.name;
  }
  return none;
}

std::vector<GradeBand> bands_of(const Parameters& p, const char* name) {
  std::vector<GradeBand> bands;
  for (const Parameters& band : p.parts(name)) bands.push_back({band.text("name"), band.number("from")});
  const auto rises = [](const GradeBand& a, const GradeBand& b) { return a.from <= b.from; };
  const bool falling = std::adjacent_find(bands.begin(), bands.end(), rises) == bands.end();
  if (bands.empty() || !falling || !bands.back().from.is_zero()) p.complain(name, "应从高到低，最后一档从0起");
  return bands;
}

ScoringParameters scoring_of(const Parameters& p) {
  ScoringParameters scoring;
  const Parameters execution = p.part("execution");
  scoring.execution_weight = execution.number("weight");
  scoring.execution_denominator = execution.text("denominator");
  scoring.weights_sum = p.number("weights_sum");
  // Sums and products stay far inside what a Decimal holds.
  const auto sane = [](const Decimal& points) { return !points.is_negative() && points <= Decimal(1000); };
  if (!sane(scoring.execution_weight)) execution.complain("weight", "应在0到1000之间");
  if (!sane(scoring.weights_sum) || scoring.weights_sum.is_zero()) p.complain("weights_sum", "应在0到1000之间");
  const Parameters levels = p.part("level_weights");
  scoring.with_cost = levels_of(levels, "with_cost", scoring.weights_sum);
  scoring.without_cost = levels_of(levels, "without_cost", scoring.weights_sum);
  scoring.cost_level = p.text("cost_level");
  scoring.cost_belongs_to = level_in(p, "cost_belongs_to", scoring, false);
  scoring.required_level = level_in(p, "required_level", scoring, true);
  scoring.satisfaction_level = level_in(p, "satisfaction_level", scoring, true);
  scoring.without_satisfaction_to = level_in(p, "without_satisfaction_to", scoring, true);
  scoring.missing_level_to = level_in(p, "missing_level_to", scoring, true);
  // Whoever takes what is left over must be there.
  if (scoring.missing_level_to != scoring.required_level) p.complain("missing_level_to", "应是 required_level");
  scoring.places = static_cast<int>(p.choice("places", {"0", "1", "2", "3", "4"}));
  scoring.grades = bands_of(p, "grades");
  scoring.qualitative_bands = bands_of(p, "qualitative_bands");
  read_directions(p.part("directions"), scoring);
  const Parameters missed = p.part("missed");
  scoring.forward_missed = static_cast<Missed>(missed.choice("forward", {"ratio", "zero"}));
  scoring.reverse_missed = static_cast<Missed>(missed.choice("reverse", {"ratio", "zero", "linear"}));
  scoring.exact_missed = static_cast<Missed>(missed.choice("exact", {"ratio", "zero"}));
  p.choice("unreported", {"zero"});
  if (p.has("explain_execution_below")) scoring.explain_execution_below = p.number("explain_execution_below");
  return scoring;
}

}  // namespace jiheng::policy
