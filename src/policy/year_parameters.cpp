#include "policy/year_parameters.h"

#include <algorithm>

#include "base/text.h"
#include "policy/sections.h"

namespace jiheng::policy {
namespace {

std::vector<OverallItem::Term> terms_of(const Parameters& p, const char* name) {
  std::vector<OverallItem::Term> terms;
  for (std::string& figure : p.list(name)) {
    const bool subtracted = starts_with(figure, "-");
    if (subtracted) figure.erase(0, 1);
    if (figure.empty()) p.complain(name, "里有一个没有名称的数");
    terms.push_back({std::move(figure), subtracted});
  }
  return terms;
}

void read_rule(const Parameters& p, OverallItem& item) {
  item.rule = static_cast<OverallItem::Rule>(p.choice("kind", {"steps", "bands", "judged"}));
  if (item.rule == OverallItem::Rule::steps) {
    item.above = p.choice("side", {"below", "above"}) == 1;
    item.limit = p.number("limit");
    item.step = p.number("step");
    item.deduct = p.number("deduct");
    if (item.step <= Decimal()) p.complain("step", "应大于0");
    if (item.deduct.is_negative()) p.complain("deduct", "不应小于0");
  } else if (item.rule == OverallItem::Rule::bands) {
    for (const Parameters& band : p.parts("bands")) item.bands.push_back({band.number("to"), band.number("points")});
    const auto falls = [](const OverallItem::Band& a, const OverallItem::Band& b) { return a.to >= b.to; };
    if (std::adjacent_find(item.bands.begin(), item.bands.end(), falls) != item.bands.end()) p.complain("bands", "应从低到高");
    item.beyond = p.number("beyond");
  }
}

/// Some of the texts allowed, in their order.
std::vector<std::string> some_of(const Parameters& p, const char* name, std::initializer_list<std::string_view> allowed) {
  std::vector<std::string> found = p.list(name);
  auto at = allowed.begin();
  for (const std::string& each : found) {
    at = std::find(at, allowed.end(), each);
    if (at == allowed.end()) {
      p.complain(name, "里有不认识的、重复的或次序不对的一项");
      break;
    }
    ++at;
  }
  return found;
}

LightBands bands_of(const Parameters& p) {
  LightBands bands;
  bands.red_below = p.number("red_below");
  bands.yellow_below = p.number("yellow_below");
  if (bands.red_below.is_negative() || bands.yellow_below < bands.red_below) p.complain("yellow_below", "不应小于red_below");
  if (p.has("blue_from")) {
    bands.blue_from = p.number("blue_from");
    if (*bands.blue_from <= bands.yellow_below) p.complain("blue_from", "应大于yellow_below");
  }
  return bands;
}

}  // namespace

int whole_number(const Parameters& p, const char* name, int least, int most) {
  const Decimal number = p.number(name);
  if (!number.is_integer() || number < Decimal(least) || number > Decimal(most)) {
    p.complain(name, "不是合理的整数");
    return least;
  }
  return std::atoi(number.plain().c_str());
}

Filing filing_of(const Parameters& p) {
  Filing filing;
  filing.steps = some_of(p, "steps", {"unit", "department", "section", "performance", "leader"});
  filing.distinct_signers = p.choice("signers", {"any", "distinct"}) == 1;
  filing.errors_stop = p.choice("errors", {"pass", "stop"}) == 1;
  filing.passing_grades = some_of(p, "passing_grades", {"优", "良", "中", "差"});
  filing.editable_grades = some_of(p, "editable_grades", {"优", "良", "中", "差"});
  return filing;
}

Monitoring monitoring_of(const Parameters& p) {
  Monitoring monitoring;
  const auto month_of = [](const Parameters& from, const char* name, std::string_view text) {
    const auto month = Decimal::parse(text);
    if (month && month->is_integer() && *month >= Decimal(1) && *month <= Decimal(12)) return std::atoi(month->plain().c_str());
    from.complain(name, "应是1到12月");
    return 1;
  };
  for (const std::string& month : p.list("months")) monitoring.months.push_back(month_of(p, "months", month));
  const Parameters goals = p.part("goal_lights");
  monitoring.goal_bands = bands_of(goals);
  monitoring.growing = goals.list("growing");
  monitoring.standing_yellow_from = goals.number("standing_yellow_from");
  monitoring.execution_bands = bands_of(p.part("execution_lights"));
  if (p.has("execution_alarms")) {
    for (const Parameters& alarm : p.parts("execution_alarms"))
      monitoring.execution_alarms.push_back({month_of(alarm, "month", alarm.text("month")), alarm.number("below")});
  }
  if (p.has("divergence_alarm")) monitoring.divergence_alarm = p.number("divergence_alarm");
  return monitoring;
}

std::vector<DeadlineRule> deadlines_of(const Parameters& p) {
  std::vector<DeadlineRule> rules;
  if (!p.node().IsMap()) p.complain("", "应是各个期限");
  for (const auto& entry : p.node()) {
    const std::string name = text_of(entry.first);
    const Parameters rule = p.part(name.c_str());
    rules.push_back({name, whole_number(rule, "days", 0, 10000), rule.choice("count", {"calendar_days", "work_days"}) == 1});
  }
  return rules;
}

OverallTable overall_of(const Parameters& p) {
  OverallTable table;
  table.title = p.text("title");
  for (const Parameters& each : p.parts("items")) {
    OverallItem item;
    item.name = each.text("name");
    item.group = each.text("group");
    item.points = each.number("points");
    if (item.points.is_negative() || item.points > Decimal(1000)) each.complain("points", "应在0到1000之间");
    read_rule(each.part("rule"), item);
    if (item.rule != OverallItem::Rule::judged) {
      item.over = terms_of(each, "over");
      item.under = terms_of(each, "under");
    }
    if (each.has("nothing_built")) item.full_when_nothing_built = each.choice("nothing_built", {"full"}) == 0;
    table.items.push_back(std::move(item));
  }
  return table;
}

}  // namespace jiheng::policy
