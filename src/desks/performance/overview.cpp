#include "desks/performance/overview.h"

#include <algorithm>
#include <map>
#include <set>

#include "access/units.h"
#include "base/decimal.h"

namespace jiheng::desks {
namespace {

/// What the wall does not show of a filing: its money, when it came first, whether it was ever sent back.
constexpr std::string_view select_filings =
    "SELECT s.id, s.overall_amount, "
    "(SELECT MIN(j.at) FROM journal j WHERE j.tenant_id = s.tenant_id AND j.kind = 'submission' AND j.record_id = s.id AND j.action = "
    "'submit'), "
    "(SELECT COUNT(*) FROM journal j WHERE j.tenant_id = s.tenant_id AND j.kind = 'submission' AND j.record_id = s.id AND j.action = "
    "'return') "
    "FROM submission_summaries s WHERE s.tenant_id = ? AND s.year_key = ?";
constexpr std::string_view select_rules =
    "SELECT r.rule, r.severity, r.id, r.findings FROM submission_rules r JOIN submission_summaries s ON s.tenant_id = r.tenant_id AND "
    "s.id = r.id WHERE s.tenant_id = ? AND s.year_key = ? ORDER BY r.rule, r.severity, r.id";
constexpr std::string_view select_units_of_rule =
    "SELECT s.id, COALESCE(u.name, s.unit_name, s.file), SUM(r.findings), s.unit_id FROM submission_rules r "
    "JOIN submission_summaries s ON s.tenant_id = r.tenant_id AND s.id = r.id "
    "LEFT JOIN units u ON u.tenant_id = s.tenant_id AND u.id = s.unit_id "
    "WHERE s.tenant_id = ? AND s.year_key = ? AND r.rule = ? GROUP BY s.id, u.name, s.unit_name, s.file, s.unit_id "
    "ORDER BY SUM(r.findings) DESC, s.id";
constexpr std::size_t longest_amount = 24;  ///< characters; a nation's budget has fifteen, and sums of these stay exact

struct FilingFacts {
  Text amount;
  Text first_submitted;  ///< UTC
  bool returned = false;
};

void add_amount(Decimal& sum, const Text& amount) {
  if (!amount || amount->size() > longest_amount) return;
  if (const auto number = Decimal::parse(*amount); number && number->plain().size() <= longest_amount) sum += number->rounded(6);
}

/// A day in Shanghai ends at four in the afternoon, UTC.
bool is_after_day(const std::string& at, const std::string& day) {
  return at >= day + "T16:00:00Z";
}

struct Summing {
  SectionFigures figures;
  Decimal amount;

  void take(const Tile& tile, const FilingFacts* facts) {
    ++figures.units;
    ++figures.counts[static_cast<int>(tile.state)];
    figures.overdue += tile.overdue ? 1 : 0;
    figures.tables += tile.tables;
    figures.errors += tile.errors;
    if (facts == nullptr) return;
    figures.late += facts->first_submitted && is_after_day(*facts->first_submitted, tile.due) ? 1 : 0;
    figures.returned += facts->returned ? 1 : 0;
    add_amount(amount, facts->amount);
  }
  SectionFigures done() {
    figures.amount = amount.plain();
    return std::move(figures);
  }
};

int severity_rank(const std::string& severity) {
  return severity == "error" ? 0 : severity == "warning" ? 1 : 2;
}

std::vector<RuleFigures> rules_of(store::Connection& connection, const std::string& tenant, int year, const std::set<std::string>& seen) {
  std::map<std::pair<std::string, std::string>, RuleFigures> found;
  connection.query(select_rules, {tenant, year}, [&](const store::Row& row) {
    if (!seen.contains(row.string(2))) return;
    RuleFigures& figures = found[{row.string(0), row.string(1)}];
    figures.rule = row.string(0);
    figures.severity = row.string(1);
    ++figures.units;
    figures.findings += row.small(3);
  });
  std::vector<RuleFigures> rules;
  for (auto& [key, figures] : found) rules.push_back(std::move(figures));
  std::stable_sort(rules.begin(), rules.end(), [](const RuleFigures& a, const RuleFigures& b) {
    if (a.severity != b.severity) return severity_rank(a.severity) < severity_rank(b.severity);
    return a.units != b.units ? a.units > b.units : a.findings > b.findings;
  });
  return rules;
}

}  // namespace

Result<Overview> overview_of(registry::Registry& registry, const Years& years, int year, const access::Principal& who) {
  auto wall = years.wall(year, who);
  if (!wall) return std::move(wall).error();
  Overview overview;
  overview.year = year;
  overview.due = wall->deadline.due.text();
  overview.faulty = wall->faulty;
  auto reading = registry.store().read();
  std::map<std::string, FilingFacts> facts;
  reading->query(select_filings, {registry.tenant(), year},
                 [&](const store::Row& row) { facts[row.string(0)] = {row.optional_text(1), row.optional_text(2), row.small(3) > 0}; });
  std::map<std::string, std::string> names;
  for (const access::Unit& unit : access::list_units(*reading, registry.tenant())) {
    if (unit.kind == access::Unit::Kind::section) names[unit.id] = unit.name;
  }
  Summing all;
  std::map<std::string, Summing> sections;
  std::set<std::string> seen;
  for (const Tile& tile : wall->tiles) {
    const auto found = tile.submission ? facts.find(*tile.submission) : facts.end();
    const FilingFacts* filing = found == facts.end() ? nullptr : &found->second;
    if (tile.submission) seen.insert(*tile.submission);
    if (tile.grade) ++overview.grades[static_cast<int>(*tile.grade)];
    all.take(tile, filing);
    Summing& section = sections[tile.section.value_or("")];
    section.figures.section = tile.section;
    section.take(tile, filing);
  }
  for (const Tile& tile : wall->tiles) {
    if (tile.due == overview.due) overview.days_left = tile.days_left;
  }
  overview.all = all.done();
  for (auto& [id, section] : sections) {
    section.figures.name = names.contains(id) ? names.at(id) : "";
    overview.sections.push_back(section.done());
  }
  std::stable_sort(overview.sections.begin(), overview.sections.end(),
                   [](const SectionFigures& a, const SectionFigures& b) { return a.units > b.units; });
  overview.rules = rules_of(*reading, registry.tenant(), year, seen);
  return overview;
}

std::vector<RuleUnit> units_with_rule(registry::Registry& registry, int year, std::string_view rule, const access::Principal& who) {
  const access::Reach reach = who.reach(access::Permission::see_submissions);
  std::vector<RuleUnit> units;
  auto reading = registry.store().read();
  reading->query(select_units_of_rule, {registry.tenant(), year, rule}, [&](const store::Row& row) {
    if (!reach.all && (row.is_null(3) || !reach.contains(row.text(3)))) return;
    units.push_back({row.string(0), row.string(1), row.small(2)});
  });
  return units;
}

}  // namespace jiheng::desks
