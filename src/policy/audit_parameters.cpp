#include "policy/sections.h"

namespace jiheng::policy {
namespace {

Words words_of(const Parameters& p) {
  Words words;
  words.vague = p.words("vague");
  words.criterion = p.words("criterion");
  words.filler = p.words("filler");
  words.name_verbs = p.words("name_verbs");
  words.project_suffixes = p.words("project_suffixes");
  words.shares = p.words("shares");
  words.not_shares = p.words("not_shares");
  words.may_be_negative = p.words("may_be_negative");
  words.worse_when_higher = p.words("worse_when_higher");
  words.countable_units = p.words("countable_units");
  words.placeholder_units = p.words("placeholder_units");
  words.rate_units = p.words("rate_units");
  words.rate_endings = p.words("rate_endings");
  words.not_rates = p.words("not_rates");
  words.count_endings = p.words("count_endings");
  words.not_counts = p.words("not_counts");
  words.satisfaction = p.words("satisfaction");
  words.satisfaction_level = p.words("satisfaction_level");
  words.time_limits = p.words("time_limits");
  words.quality_rates = p.words("quality_rates");
  words.inputs = p.words("inputs");
  words.not_inputs = p.words("not_inputs");
  words.total_costs = p.words("total_costs");
  words.total_fillers = p.words("total_fillers");
  words.part_costs = p.words("part_costs");
  words.generic = p.words("generic");
  words.contrasts = p.words("contrasts");
  words.layout_notes = p.words("layout_notes");
  return words;
}

}  // namespace

AuditParameters audit_of(const Parameters& p) {
  AuditParameters audit;
  audit.required_levels = p.list("required_levels");
  audit.cost_required_for = WordList(text_of(p.need("cost_required_for")));
  for (const std::string& sum : p.list("weight_sums")) {
    const auto parsed = Decimal::parse(sum);
    parsed ? audit.weight_sums.push_back(*parsed) : p.complain("weight_sums");
  }
  const Parameters points = p.part("aspect_points");
  audit.aspect_points = {points.number("完整性"), points.number("相关性"), points.number("适当性"), points.number("可行性")};
  const Parameters deduct = p.part("deduct_percent");
  audit.error_percent = deduct.number("error");
  audit.warning_percent = deduct.number("warning");
  audit.hint_percent = deduct.number("hint");
  audit.hint_limit_percent = deduct.number("hint_limit");
  audit.grades = bands_of(p, "grades");
  audit.best_with_error = p.text("best_with_error");
  audit.best_with_poor_part = p.text("best_with_poor_part");
  audit.best_with_fair_part = p.text("best_with_fair_part");
  audit.words = words_of(p.part("words"));
  return audit;
}

}  // namespace jiheng::policy
