#include "desks/yearly_report/year_counts.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "access/day.h"
#include "access/units.h"
#include "base/sound_amount.h"
#include "base/text.h"
#include "desks/follow_up/alarms.h"
#include "desks/follow_up/follow_ups.h"
#include "desks/follow_up/money.h"
#include "desks/follow_up/standing.h"
#include "desks/performance/audited.h"
#include "desks/performance/indicator_identity.h"
#include "desks/performance/lists.h"
#include "goals/tree.h"
#include "ledgers/value.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

constexpr int most_lines = 1'000'000;
constexpr int most_problems = 1'000'000;
constexpr int first_year = 2000;
constexpr int last_year = 2199;

constexpr std::string_view select_years =
    "SELECT DISTINCT year_key FROM submission_summaries WHERE tenant_id = ? AND year_key > 0 UNION SELECT DISTINCT year FROM follow_ups "
    "WHERE tenant_id = ? UNION SELECT DISTINCT year FROM problems WHERE tenant_id = ?";
constexpr std::string_view select_filings =
    "SELECT s.id, s.unit_id, s.state, s.errors, s.warnings, s.hints, s.waived, s.round, s.grade, "
    "(SELECT COUNT(*) FROM journal j WHERE j.tenant_id = s.tenant_id AND j.kind = 'submission' AND j.record_id = s.id AND j.action = "
    "'return'), CASE WHEN s.state <> 'approved' THEN p.filing END FROM submission_summaries s LEFT JOIN submission_pages p ON p.tenant_id "
    "= "
    "s.tenant_id AND p.id = s.id WHERE s.tenant_id = ? AND s.year_key = ?";
constexpr std::string_view select_rules =
    "SELECT r.rule, r.severity, COUNT(*), SUM(r.findings) FROM submission_rules r JOIN submission_summaries s ON s.tenant_id = r.tenant_id "
    "AND s.id = r.id WHERE s.tenant_id = ? AND s.year_key = ? GROUP BY r.rule, r.severity";
constexpr std::string_view select_tables =
    "SELECT p.tables, s.unit_id FROM submission_summaries s JOIN submission_pages p ON p.tenant_id = s.tenant_id AND p.id = s.id "
    "WHERE s.tenant_id = ? AND s.year_key = ? AND s.state = 'approved'";
/// Of a submission that is being adjusted the library keeps what was approved.
constexpr std::string_view count_tables =
    "SELECT u.kind, COUNT(DISTINCT u.submission || '/' || CAST(u.table_no AS TEXT)) FROM library_uses u JOIN submission_summaries s ON "
    "s.tenant_id = u.tenant_id AND s.id = u.submission WHERE s.tenant_id = ? AND s.year_key = ? GROUP BY u.kind";
constexpr std::string_view count_forms =
    "SELECT month, state, COUNT(*) FROM follow_ups WHERE tenant_id = ? AND kind = ? AND year = ? GROUP BY month, state";
constexpr std::string_view count_lights =
    "SELECT f.month, t.light, COUNT(*) FROM follow_ups f JOIN follow_up_tables t ON t.tenant_id = f.tenant_id AND t.id = f.id WHERE "
    "f.tenant_id = ? AND f.kind = 'monitoring' AND f.year = ? AND f.state IN ('filed', 'accepted') GROUP BY f.month, t.light";
constexpr std::string_view count_alarms =
    "SELECT state, choice, due, COUNT(*) FROM alarms WHERE tenant_id = ? AND year = ? AND state <> 'void' GROUP BY state, choice, due";
constexpr std::string_view select_scores =
    "SELECT f.id, f.unit_id, f.unit_name, t.total, t.grade, t.rechecked_total, t.rechecked_grade FROM follow_ups f JOIN follow_up_tables t "
    "ON t.tenant_id = f.tenant_id AND t.id = f.id WHERE f.tenant_id = ? AND f.kind = 'self_evaluation' AND f.year = ? AND f.state IN "
    "('filed', 'accepted')";
constexpr std::string_view select_forms =
    "SELECT r.body FROM follow_ups f JOIN records r ON r.tenant_id = f.tenant_id AND r.kind = ? AND r.id = f.id AND r.revision = "
    "f.revision WHERE f.tenant_id = ? AND f.kind = 'self_evaluation' AND f.year = ? AND f.state IN ('filed', 'accepted')";

std::string text_at(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

Text maybe_at(const json::object& object, std::string_view name) {
  std::string text = text_at(object, name);
  return text.empty() ? Text() : Text(std::move(text));
}

/// What is no number, or absurd, counts nothing.
Decimal number_of(const Text& text) {
  return text ? sound_amount(Decimal::parse(*text).value_or(Decimal())) : Decimal();
}

Decimal wan_of(const Text& amount, const Text& money_unit) {
  return sound_amount(in_wan(amount, money_unit).value_or(Decimal()));
}

/// Calls `take` with each JSON text's value, in memory that is used over and over.
class Parsing {
 public:
  template <class Take>
  void of(std::string_view text, const Take& take) {
    try {
      json::monotonic_resource memory(room_.data(), room_.size());
      take(json::parse(text, &memory));
    } catch (const boost::system::system_error& broken) {
      throw store::Failure("db-damaged", "数据库里有内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
    }
  }

 private:
  std::vector<unsigned char> room_ = std::vector<unsigned char>(512U << 10);
};

// Goals.

using Units = std::set<std::string>;

/// Those that have to file; nothing where the year was not opened.
std::optional<Units> due_units(const YearSources& from, int year) {
  const auto wall = from.years.wall(year, access::Principal::operator_at_machine());
  if (!wall) return std::nullopt;
  Units due;
  for (const Tile& tile : wall->tiles) due.insert(tile.unit);
  return due;
}

int count_among(const Units& units, const std::optional<Units>& due) {
  if (!due) return static_cast<int>(units.size());
  return static_cast<int>(std::count_if(units.begin(), units.end(), [&](const std::string& unit) { return due->contains(unit); }));
}

struct Filings {
  AuditCounts audit;
  Units filed;
  Units approved;
  int strangers = 0;                   ///< filed, of nobody known
  std::vector<std::string> adjusting;  ///< submissions whose approved tables are being adjusted
};

Filings filings_of(store::Connection& connection, const std::string& tenant, int year) {
  Filings found;
  connection.query(select_filings, {tenant, year}, [&](const store::Row& row) {
    AuditCounts& audit = found.audit;
    ++audit.filings;
    audit.findings[0] += row.small(3);
    audit.findings[1] += row.small(4);
    audit.findings[2] += row.small(5);
    audit.waived += row.small(6);
    audit.rounds += row.small(7);
    audit.returned += row.small(9) > 0 ? 1 : 0;
    if (!row.is_null(8)) ++audit.grades[static_cast<std::size_t>(std::clamp(row.small(8), 0, 3))];
    const bool adjusting = !row.is_null(10) && filing_from_json(row.text(10)).adjusts.has_value();
    if (adjusting) found.adjusting.push_back(row.string(0));
    const bool submitted = row.text(2) != "draft" || adjusting;
    if (row.is_null(1)) {
      found.strangers += submitted ? 1 : 0;
      return;
    }
    if (submitted) found.filed.insert(row.string(1));
    if (row.text(2) == "approved" || adjusting) found.approved.insert(row.string(1));
  });
  return found;
}

int severity_rank(std::string_view severity) {
  return severity == "error" ? 0 : severity == "warning" ? 1 : 2;
}

std::vector<RuleFigures> rules_of(store::Connection& connection, const std::string& tenant, int year) {
  std::vector<RuleFigures> rules;
  connection.query(select_rules, {tenant, year},
                   [&](const store::Row& row) { rules.push_back({row.string(0), row.string(1), row.small(2), row.small(3)}); });
  std::sort(rules.begin(), rules.end(), [](const RuleFigures& a, const RuleFigures& b) {
    if (a.severity != b.severity) return severity_rank(a.severity) < severity_rank(b.severity);
    if (a.units != b.units) return a.units > b.units;
    return a.findings != b.findings ? a.findings > b.findings : a.rule < b.rule;
  });
  return rules;
}

std::string project_key_of(const Text& name) {
  GoalTable named;
  named.project_name = name;
  return table_key_of(named);
}

/// Projects that have an approved table. Units have projects of the same name (会议费, 办公设备购置), so that a name alone says little.
class ApprovedProjects {
 public:
  /// `unit`: "" where nobody knows whose it is.
  void add(const std::string& unit, const Text& name) {
    const std::string key = project_key_of(name);
    if (key.empty()) return;
    names_.insert(key);
    if (unit.empty()) {
      of_nobody_.insert(key);
    } else {
      of_units_.emplace(unit, key);
    }
  }
  bool has(const std::string& unit, const Text& name) const {
    const std::string key = project_key_of(name);
    return unit.empty() ? names_.contains(key) : of_units_.contains({unit, key}) || of_nobody_.contains(key);
  }

 private:
  std::set<std::pair<std::string, std::string>> of_units_;
  std::set<std::string> of_nobody_;
  std::set<std::string> names_;
};

void add_table(const GoalTable& table, const std::string& unit, CoverageCounts& coverage, ApprovedProjects& projects) {
  if (table.kind == TableKind::overall) {
    ++coverage.overall;
    if (table.budget) coverage.overall_amount += wan_of(table.budget->total, table.money_unit);
    return;
  }
  ++coverage.projects;
  coverage.project_amount += wan_of(table.amount, table.money_unit);
  projects.add(unit, table.project_name);
}

/// No more of it than is counted.
GoalTable counted_table(const json::object& object) {
  GoalTable table;
  table.kind = text_at(object, "kind") == kind_code(TableKind::overall) ? TableKind::overall : TableKind::project;
  table.money_unit = maybe_at(object, "money_unit");
  table.amount = maybe_at(object, "amount");
  table.project_name = maybe_at(object, "project_name");
  const json::value* budget = object.if_contains("budget");
  if (budget != nullptr && budget->is_object()) table.budget.emplace().total = maybe_at(budget->get_object(), "total");
  return table;
}

/// Tables and their money, as they were approved.
void add_tables(store::Connection& connection, const std::string& tenant, int year, CoverageCounts& coverage, ApprovedProjects& projects) {
  Parsing parsing;
  connection.query(select_tables, {tenant, year}, [&](const store::Row& row) {
    const std::string unit = row.optional_text(1).value_or("");
    parsing.of(row.text(0), [&](const json::value& tables) {
      for (const json::value& each : tables.as_array()) add_table(counted_table(each.as_object()), unit, coverage, projects);
    });
  });
}

void add_adjusting(registry::Registry& registry, const std::vector<std::string>& adjusting, CoverageCounts& coverage,
                   ApprovedProjects& projects) {
  for (const std::string& submission : adjusting) {
    const auto approved = approved_tables(registry, submission);
    if (!approved) continue;
    for (const GoalTable& each : approved->tables) add_table(each, approved->unit.value_or(""), coverage, projects);
  }
}

/// Ids of the ledgers' projects that have an approved table.
std::set<std::string, std::less<>> with_goals(const ledgers::Ledgers& ledgers, const ledgers::RecordType& type,
                                              const ledgers::Question& question, const ApprovedProjects& projects) {
  const int name = type.index_of("name");
  const int unit = type.index_of("unit");
  std::set<std::string, std::less<>> found;
  if (name < 0 || unit < 0) return found;
  // A project bears its unit's id, or a name that may have become a unit's since.
  ledgers::Register units;
  if (const auto* of = ledgers.catalogue().type(type.fields[static_cast<std::size_t>(unit)].to); of != nullptr)
    units = ledgers::Register::load(*ledgers.registry().store().read(), ledgers.registry().tenant(), *of);
  ledgers.each_page(type, question, [&](store::Connection&, const std::vector<ledgers::Entry>& page) {
    for (const ledgers::Entry& each : page) {
      const std::string_view* text = each.values[static_cast<std::size_t>(name)].text();
      if (text == nullptr) continue;
      const std::string_view* whose = each.values[static_cast<std::size_t>(unit)].text();
      const std::string* known = whose == nullptr ? nullptr : units.find(*whose).id;
      if (projects.has(known == nullptr ? std::string() : *known, Text(*text))) found.insert(each.id);
    }
  });
  return found;
}

/// Budget lines of the ledgers, and those whose project is among `projects`.
void add_lines(const ledgers::Ledgers& ledgers, int year, const ApprovedProjects& projects, CoverageCounts& coverage) {
  const ledgers::RecordType* lines = ledgers.catalogue().type("budget_line");
  const ledgers::RecordType* register_of_projects = ledgers.catalogue().type("project");
  if (lines == nullptr || register_of_projects == nullptr) return;
  const int project = lines->index_of("project");
  const int initial = lines->index_of("initial_amount");
  const int adjusted = lines->index_of("adjusted_amount");
  if (project < 0 || initial < 0 || adjusted < 0) return;
  ledgers::Question question;
  question.equal = {{"year", std::to_string(year)}};
  question.limit = most_lines;
  const auto covered = with_goals(ledgers, *register_of_projects, question, projects);
  ledgers.each_page(*lines, question, [&](store::Connection&, const std::vector<ledgers::Entry>& page) {
    for (const ledgers::Entry& each : page) {
      const auto value = [&](int field) -> const ledgers::Value& { return each.values[static_cast<std::size_t>(field)]; };
      const int field = value(adjusted).is_null() ? initial : adjusted;
      const std::string written =
          value(field).is_null() ? std::string("0") : ledgers::written(lines->fields[static_cast<std::size_t>(field)], value(field));
      const Decimal amount = wan_of(Text(written), Text("元"));
      ++coverage.lines;
      coverage.lines_amount += amount;
      const std::string_view* of = value(project).text();
      if (of == nullptr || covered.find(*of) == covered.end()) continue;
      ++coverage.covered;
      coverage.covered_amount += amount;
    }
  });
}

void add_goals(const YearSources& from, bool whole, YearCounts& counts) {
  const std::string& tenant = from.registry.tenant();
  const auto due = due_units(from, counts.year);
  CoverageCounts coverage;
  ApprovedProjects projects;
  std::vector<std::string> adjusting;
  {
    auto reading = from.registry.store().read();
    Filings filings = filings_of(*reading, tenant, counts.year);
    if (filings.audit.filings == 0 && !due) return;
    filings.audit.rules = rules_of(*reading, tenant, counts.year);
    if (due) coverage.due = static_cast<int>(due->size());
    coverage.filed = count_among(filings.filed, due);
    coverage.approved = count_among(filings.approved, due);
    coverage.strangers = filings.strangers;
    if (filings.audit.filings > 0) counts.audit = std::move(filings.audit);
    if (whole) {
      add_tables(*reading, tenant, counts.year, coverage, projects);
      adjusting = std::move(filings.adjusting);
    } else {
      reading->query(count_tables, {tenant, counts.year}, [&](const store::Row& row) {
        (row.text(0) == kind_code(TableKind::overall) ? coverage.overall : coverage.projects) += row.small(1);
      });
    }
  }
  add_adjusting(from.registry, adjusting, coverage, projects);
  if (whole) add_lines(from.ledgers, counts.year, projects, coverage);
  counts.coverage = coverage;
}

// Monitoring.

void add_monitoring(store::Connection& connection, const std::string& tenant, YearCounts& counts) {
  std::map<int, LightCounts> rounds;
  connection.query(count_forms, {tenant, follow_up_code(FollowUpKind::monitoring), counts.year}, [&](const store::Row& row) {
    LightCounts& round = rounds[row.small(0)];
    round.month = row.small(0);
    round.forms += row.small(2);
    if (row.text(1) == "filed" || row.text(1) == "accepted") round.filed += row.small(2);
  });
  if (rounds.empty()) return;
  connection.query(count_lights, {tenant, counts.year}, [&](const store::Row& row) {
    LightCounts& round = rounds[row.small(0)];
    const auto light = scoring::light_from_code(row.text(1)).value_or(scoring::Light::none);
    round.lights[static_cast<std::size_t>(light)] += row.small(2);
    round.tables += row.small(2);
  });
  counts.monitoring.emplace();
  for (auto& [month, round] : rounds) counts.monitoring->push_back(round);
}

void add_alarms(store::Connection& connection, const std::string& tenant, const std::string& today, YearCounts& counts) {
  if (!counts.monitoring) return;
  AlarmCounts alarms;
  connection.query(count_alarms, {tenant, counts.year}, [&](const store::Row& row) {
    const int count = row.small(3);
    const auto state = alarm_state_from_code(row.text(0)).value_or(AlarmState::open);
    alarms.raised += count;
    if (state != AlarmState::open) alarms.answered += count;
    if (state == AlarmState::closed) alarms.closed += count;
    if (state == AlarmState::open && row.text(2) < today) alarms.overdue += count;
    if (row.is_null(1) || state == AlarmState::open) return;
    if (const auto choice = alarm_choice_from_code(row.text(1))) alarms.choices[static_cast<std::size_t>(*choice)] += count;
  });
  counts.alarms = alarms;
}

// Self-evaluation.

/// The department that a unit belongs to: the one above it, however far.
std::pair<std::string, std::string> department_of(const std::map<std::string, access::Unit>& units, const std::string& id,
                                                  const std::string& name) {
  auto unit = units.find(id);
  if (unit == units.end()) return {"", name};
  for (int depth = 0; depth < 20 && unit->second.parent; ++depth) {
    const auto above = units.find(*unit->second.parent);
    if (above == units.end()) break;
    unit = above;
  }
  return {unit->second.code, unit->second.name};
}

void add_score(RecheckCounts& rechecks, std::set<std::string>& units, const store::Row& row) {
  if (row.is_null(3) || row.is_null(5)) return;
  units.insert(row.string(0));
  ++rechecks.tables;
  const Decimal difference = number_of(row.optional_text(5)) - number_of(row.optional_text(3));
  rechecks.lower += difference.is_negative() ? 1 : 0;
  rechecks.higher += !difference.is_negative() && !difference.is_zero() ? 1 : 0;
  rechecks.difference += difference;
  rechecks.largest = std::max(rechecks.largest, difference.abs());
  if (row.optional_text(4) != row.optional_text(6)) ++rechecks.regraded;
}

void add_scores(store::Connection& connection, const std::string& tenant, const policy::Pack& pack, YearCounts& counts,
                SelfEvaluationCounts& self) {
  std::map<std::string, access::Unit> units;
  for (access::Unit& each : access::list_units(connection, tenant)) units[each.id] = std::move(each);
  std::map<std::pair<std::string, std::string>, SelfEvaluationCounts::Department> departments;
  std::map<std::string, int> grades;
  RecheckCounts rechecks;
  std::set<std::string> rechecked;
  connection.query(select_scores, {tenant, counts.year}, [&](const store::Row& row) {
    add_score(rechecks, rechecked, row);
    if (row.is_null(3)) return;
    const Decimal total = number_of(row.optional_text(3));
    ++self.tables;
    self.points += total;
    ++grades[row.optional_text(4).value_or("")];
    const auto key = department_of(units, row.optional_text(1).value_or(""), row.string(2));
    SelfEvaluationCounts::Department& department = departments[key];
    department.code = key.first;
    department.name = key.second;
    ++department.tables;
    department.points += total;
  });
  rechecks.units = static_cast<int>(rechecked.size());
  if (rechecks.tables > 0) counts.rechecks = rechecks;
  for (const policy::GradeBand& band : pack.scoring.grades) self.grades.emplace_back(band.name, grades[band.name]);
  for (const auto& [name, count] : grades) {
    const bool known = std::any_of(self.grades.begin(), self.grades.end(), [&](const auto& each) { return each.first == name; });
    if (!known && !name.empty()) self.grades.emplace_back(name, count);
  }
  for (auto& [key, department] : departments) self.departments.push_back(std::move(department));
  std::sort(self.departments.begin(), self.departments.end(), [](const auto& a, const auto& b) {
    const Decimal of_a = a.points * Decimal(b.tables);
    const Decimal of_b = b.points * Decimal(a.tables);
    return of_a != of_b ? of_a > of_b : std::tie(a.code, a.name) < std::tie(b.code, b.name);
  });
}

/// Place of a second level in the official tree; behind it whatever is not in it.
int place_in_tree(const SelfEvaluationCounts::Kind& kind) {
  int place = 0;
  for (const std::string_view level1 : level1_names()) {
    for (const std::string_view level2 : level2_names(level1)) {
      if (level1 == kind.level1 && level2 == kind.level2) return place;
      ++place;
    }
    if (level1 == kind.level1) return place;
    ++place;
  }
  return place;
}

void add_kinds(store::Connection& connection, const std::string& tenant, int year, SelfEvaluationCounts& self) {
  std::map<std::pair<std::string, std::string>, SelfEvaluationCounts::Kind> kinds;
  const auto add_table = [&](const json::object& filled) {
    const json::array& rows = filled.at("table").at("indicators").as_array();
    const json::array& facts = filled.at("facts").as_array();
    for (std::size_t i = 0; i < rows.size() && i < facts.size(); ++i) {
      const json::object& row = rows[i].as_object();
      const Text weight = maybe_at(row, "weight");
      const Text points = maybe_at(row, "score");
      if (!weight || !points) continue;
      const std::string level1 = text_at(row, "level1");
      const std::string level2 = text_at(row, "level2");
      const auto first = canonical_level1(level1);
      const auto second = canonical_level2(level2);
      SelfEvaluationCounts::Kind named;
      named.level1 = first ? std::string(*first) : level1;
      named.level2 = second ? std::string(*second) : level2.empty() ? named.level1 : level2;
      SelfEvaluationCounts::Kind& kind = kinds.try_emplace({named.level1, named.level2}, named).first->second;
      ++kind.indicators;
      kind.weight += number_of(weight);
      kind.points += number_of(points);
      const json::value& score = facts[i].at("score");
      if (!score.is_object()) continue;
      const json::value& met = score.at("met");
      kind.met += met.is_bool() && met.get_bool() ? 1 : 0;
    }
  };
  Parsing parsing;
  connection.query(select_forms, {follow_up_kind, tenant, year}, [&](const store::Row& row) {
    parsing.of(row.text(0), [&](const json::value& body) {
      for (const json::value& each : body.at("filed").as_array()) add_table(each.as_object());
    });
  });
  for (auto& [key, kind] : kinds) self.kinds.push_back(std::move(kind));
  std::stable_sort(self.kinds.begin(), self.kinds.end(), [](const auto& a, const auto& b) { return place_in_tree(a) < place_in_tree(b); });
}

void add_self_evaluation(store::Connection& connection, const std::string& tenant, const policy::Pack& pack, bool whole,
                         YearCounts& counts) {
  SelfEvaluationCounts self;
  connection.query(count_forms, {tenant, follow_up_code(FollowUpKind::self_evaluation), counts.year}, [&](const store::Row& row) {
    self.laid += row.small(2);
    if (row.text(1) == "filed" || row.text(1) == "accepted") self.filed += row.small(2);
    if (row.text(1) == "accepted") self.accepted += row.small(2);
  });
  if (self.laid == 0) return;
  add_scores(connection, tenant, pack, counts, self);
  if (whole) add_kinds(connection, tenant, counts.year, self);
  counts.self_evaluation = std::move(self);
}

// What comes of it.

void add_evaluations(const YearSources& from, YearCounts& counts) {
  EvaluationCounts found;
  bool any = false;
  for (const EvaluationView& view : from.evaluations.list(counts.year, access::Principal::operator_at_machine())) {
    const Evaluation& each = view.evaluation;
    if (each.state == EvaluationState::voided) continue;
    any = true;
    if (each.state != EvaluationState::concluded || !each.result) {
      ++found.others;
    } else if (each.form == EvaluationForm::key) {
      ++found.key;
      found.amount += number_of(each.amount);
      found.points += number_of(Text(each.result->total));
      ++found.grades[each.result->grade];
    } else {
      ++found.ex_ante;
      ++found.conclusions[each.result->grade];
    }
  }
  if (any) counts.evaluations = std::move(found);
}

void add_problems(const YearSources& from, YearCounts& counts) {
  ProblemFilter filter;
  filter.year = counts.year;
  filter.limit = most_problems;
  const ProblemPage page = from.problems.list(filter, access::Principal::operator_at_machine());
  ProblemCounts found;
  for (const ProblemLine& each : page.items) {
    if (each.state == ProblemState::voided) continue;
    ++found.raised;
    found.closed += each.state == ProblemState::closed ? 1 : 0;
    found.overdue += each.overdue ? 1 : 0;
    found.recurred += each.earlier > 0 ? 1 : 0;
    found.extended += each.due > each.first_due ? 1 : 0;
    found.amount += number_of(each.amount);
    ++found.sources[static_cast<std::size_t>(each.source)];
  }
  if (found.raised > 0) counts.problems = found;
}

void add_money(const YearSources& from, YearCounts& counts) {
  const ResultPage page = from.results.list(counts.year, access::Principal::operator_at_machine());
  if (page.lines.empty()) return;
  MoneyCounts found;
  found.projects = static_cast<int>(page.lines.size());
  found.amount = page.amount;
  found.suggested = page.suggested;
  found.decided = page.decided;
  found.undecided = page.undecided;
  for (const ResultLine& each : page.lines) {
    if (!each.decision) continue;
    MoneyCounts::Effect& measure = found.measures[static_cast<std::size_t>(each.decision->measure)];
    ++measure.projects;
    measure.effect += number_of(Text(each.decision->effect));
  }
  counts.money = found;
}

}  // namespace

std::vector<int> stored_years(const YearSources& from) {
  const std::string& tenant = from.registry.tenant();
  std::set<int, std::greater<>> years;
  {
    auto reading = from.registry.store().read_one();
    // What a table says of its year may be a slip of the pen (20226).
    reading->query(select_years, {tenant, tenant, tenant}, [&](const store::Row& row) {
      if (row.small(0) >= first_year && row.small(0) <= last_year) years.insert(row.small(0));
    });
  }
  for (const FilingYear& each : from.years.list()) years.insert(each.year);
  return {years.begin(), years.end()};
}

int year_to_show(const std::vector<int>& stored, int today) {
  const auto begun = std::find_if(stored.begin(), stored.end(), [&](int year) { return year <= today; });
  if (begun != stored.end()) return *begun;
  return stored.empty() ? today : stored.back();
}

YearCounts counts_of(const YearSources& from, int year, bool whole) {
  YearCounts counts;
  counts.year = year;
  const std::string& tenant = from.registry.tenant();
  const policy::Pack& pack = pack_for({}, year_pack(from.registry, year));
  add_goals(from, whole, counts);
  {
    auto reading = from.registry.store().read();
    add_monitoring(*reading, tenant, counts);
    add_alarms(*reading, tenant, access::local_day(from.registry.now()), counts);
    add_self_evaluation(*reading, tenant, pack, whole, counts);
  }
  add_evaluations(from, counts);
  add_problems(from, counts);
  add_money(from, counts);
  return counts;
}

}  // namespace jiheng::desks
