#include "desks/performance/actuals.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/hash.h"
#include "base/json_writer.h"
#include "base/likeness.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/performance/indicator_identity.h"

namespace jiheng::desks {
namespace {

using ledgers::Measure;

/// Names less alike than this are not suggested.
constexpr int least_percent = 45;
constexpr std::string_view linked_state = "linked";
constexpr std::string_view unlinked_state = "unlinked";

/// The same indicator of the same table of the same unit, whatever the year.
std::string link_id(const GoalTable& table, const Indicator& indicator) {
  return sha256_hex(fold_label(table.unit_name.value_or("")) + "\n" + table_key_of(table) + "\n" + identity_of(indicator).path_key)
      .substr(0, 32);
}

std::string body_of(const GoalTable& table, const Indicator& indicator, const std::optional<MeasureLink>& link) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("unit_name", table.unit_name).field("project_name", table.project_name).field("indicator", indicator.level3);
  out.field("measure", link ? Text(link->measure) : Text()).field("project", link ? Text(link->project) : Text()).end_object();
  return text;
}

std::optional<MeasureLink> link_from(const registry::Record& record) {
  namespace json = boost::json;
  if (record.state != linked_state) return std::nullopt;
  boost::system::error_code failed;
  const json::value value = json::parse(record.body, failed);
  if (failed || !value.is_object()) return std::nullopt;
  const auto text = [&](const char* name) {
    const json::value* found = value.get_object().if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
  };
  return MeasureLink{text("measure"), text("project")};
}

bool is_cost(const Indicator& indicator) {
  return contains(indicator.level1, "成本") || contains(indicator.level2.value_or(""), "成本");
}

/// What the table's project goes by in the ledgers; empty where they do not know it, or the measure is narrowed to something else (a
/// system).
std::string project_of(const ledgers::Ledgers& ledgers, const Measure& measure, const GoalTable& table) {
  if (!measure.of_project || !table.project_name) return {};
  const Measure& counts = measure.measures.empty() ? measure : *ledgers.catalogue().measure(measure.measures.front());
  const ledgers::Field& field = *ledgers.catalogue().type(counts.type)->field(counts.project);
  if (field.kind != ledgers::Kind::reference) return *table.project_name;
  auto reading = ledgers.registry().store().read();
  const auto found = ledgers::entry_named(*reading, ledgers.registry().tenant(), *ledgers.catalogue().type(field.to), *table.project_name);
  return found.id ? *table.project_name : std::string();
}

/// Whether the one name is the other with more said in between: 组织政府投资评审审核项目数量 and 评审项目数量.
bool holds_in_order(std::string_view longer, std::string_view shorter) {
  std::size_t at = 0;
  for (std::size_t wanted = 0; wanted < shorter.size();) {
    const char32_t next = next_code_point(shorter, wanted);
    bool found = false;
    while (at < longer.size() && !found) found = next_code_point(longer, at) == next;
    if (!found) return false;
  }
  return !shorter.empty();
}

/// The likeliest measure by name among those of the same unit; a cost without its own measure is what was paid for the project.
std::optional<MeasureLink> suggest(const ledgers::Ledgers& ledgers, const GoalTable& table, const Indicator& indicator) {
  const std::string name = fold_label(indicator.level3);
  const std::string unit = measure_unit_key(indicator.unit);
  const Measure* best = nullptr;
  int most = least_percent - 1;
  for (const Measure& measure : ledgers.catalogue().measures()) {
    if (measure_unit_key(Text(measure.unit)) != unit) continue;
    const std::string label = fold_label(measure.label, true);
    int percent = likeness_percent(name, label);
    if (holds_in_order(name, label) || holds_in_order(label, name)) percent = std::max(percent, 80);
    if (percent > most) {
      most = percent;
      best = &measure;
    }
  }
  if (best == nullptr && is_cost(indicator) && unit == measure_unit_key(Text("万元"))) best = ledgers.catalogue().measure("execution.paid");
  if (best == nullptr && contains(name, "满意")) best = ledgers.catalogue().measure("satisfaction.rate");
  if (best == nullptr) return std::nullopt;
  return MeasureLink{best->id, project_of(ledgers, *best, table)};
}

std::optional<bool> is_met(const Indicator& indicator, const Decimal& value) {
  const auto target = comparable_target(indicator);
  if (!target) return std::nullopt;
  switch (indicator.comparator) {
    case Comparator::at_least:
    case Comparator::none:
      return value >= *target;
    case Comparator::at_most:
      return value <= *target;
    case Comparator::more_than:
      return value > *target;
    case Comparator::less_than:
      return target->is_zero() ? value.is_zero() : value < *target;
    case Comparator::equal:
      return value == *target;
    default:
      return std::nullopt;
  }
}

using Links = std::map<std::string, registry::Record, std::less<>>;  ///< by link_id()

/// What persons said the indicators are measured by. `ids`: "" for one whose target is no number.
Links links_of(std::vector<std::string> ids, registry::Registry& registry) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::erase(ids, "");
  return registry.latest_of(actual_link_kind, ids);
}

/// `link`: what a person said; nullptr where nobody did, which `suggesting` answers by the likeliest measure.
Result<Actual> actual_of(const GoalTable& table, const Indicator& indicator, const ledgers::Period& period, const registry::Record* link,
                         bool suggesting, Figures& figures) {
  const ledgers::Ledgers& ledgers = figures.ledgers();
  Actual out;
  out.name = indicator.level3;
  out.target = target_text(indicator) + indicator.unit.value_or("");
  out.figure = comparable_target(indicator).has_value();
  out.reported = indicator.actual;
  if (out.reported) out.source = Actual::Source::reported;
  if (!out.figure) return out;
  if (link != nullptr) {
    out.link = link_from(*link);
    out.link_revision = link->revision;
    out.confirmed_by = link->by;
  } else if (suggesting) {
    out.link = suggest(ledgers, table, indicator);
  }
  if (!out.link) return out;
  const Measure* measure = ledgers.catalogue().measure(out.link->measure);
  if (measure == nullptr) return out;
  auto figure = figures.of(*measure, out.link->project, period);
  if (!figure) return figure.error();
  if (figure->value) {
    out.source = measure->desk == "satisfaction" ? Actual::Source::surveyed : Actual::Source::measured;
    out.met = is_met(indicator, *figure->value);
  }
  out.value = std::move(*figure);
  return out;
}

Result<std::vector<Actual>> actuals_of(const std::vector<GoalTable>& tables, const ledgers::Period& period, bool suggesting,
                                       Figures& figures) {
  std::vector<std::string> ids;
  for (const GoalTable& table : tables) {
    for (const Indicator& indicator : table.indicators) ids.push_back(comparable_target(indicator) ? link_id(table, indicator) : "");
  }
  const Links links = links_of(ids, figures.ledgers().registry());
  std::vector<Actual> items;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t i = 0; i < tables[t].indicators.size(); ++i) {
      const auto link = links.find(ids[items.size()]);
      auto actual =
          actual_of(tables[t], tables[t].indicators[i], period, link == links.end() ? nullptr : &link->second, suggesting, figures);
      if (!actual) return std::move(actual).error();
      actual->table = static_cast<int>(t);
      actual->indicator = static_cast<int>(i);
      items.push_back(std::move(*actual));
    }
  }
  return items;
}

bool may_link(const access::Principal& who, const Submission& submission) {
  return who.may(access::Permission::file_submissions, submission.summary.unit.value_or("")) || who.may(access::Permission::keep_ledgers);
}

}  // namespace

std::string_view source_code(Actual::Source source) {
  switch (source) {
    case Actual::Source::measured:
      return "measured";
    case Actual::Source::surveyed:
      return "surveyed";
    case Actual::Source::reported:
      return "reported";
    default:
      return "missing";
  }
}

Result<Actuals> actuals_of(const Submissions& submissions, const ledgers::Ledgers& ledgers, std::string_view id,
                           const access::Principal& who, const std::optional<ledgers::Period>& period) {
  const auto submission = submissions.open(id, who);
  if (!submission) return submission.error();
  Actuals out;
  out.revision = submission->summary.revision;
  const Date today = ledgers::day_of_ms(ledgers.registry().now() * 1000);
  const int year = submission->summary.year.value_or(today.year());
  out.period = period.value_or(ledgers::Period{Date::of(year, 1, 1).value_or(today), Date::of(year, 12, 31).value_or(today)});
  std::vector<GoalTable> tables;
  for (const FiledTable& each : submission->tables) tables.push_back(each.table);
  Figures figures(ledgers);
  auto items = actuals_of(tables, out.period, true, figures);
  if (!items) return std::move(items).error();
  out.items = std::move(*items);
  for (const Actual& actual : out.items) {
    out.figures += actual.figure ? 1 : 0;
    out.measured += actual.value && actual.value->value ? 1 : 0;
    out.met += actual.met.value_or(false) ? 1 : 0;
  }
  return out;
}

Result<std::vector<Actual>> confirmed_actuals_of(const std::vector<GoalTable>& tables, const ledgers::Period& period, Figures& figures) {
  return actuals_of(tables, period, false, figures);
}

Result<Done> link_actual(const Submissions& submissions, const ledgers::Ledgers& ledgers, std::string_view id, int table_number,
                         int indicator_number, int from_revision, const std::optional<MeasureLink>& link, const access::Principal& who,
                         Text why) {
  const auto submission = submissions.open(id, who);
  if (!submission) return submission.error();
  if (!may_link(who, *submission)) return forbidden();
  const auto table_at = static_cast<std::size_t>(table_number);
  const auto indicator_at = static_cast<std::size_t>(indicator_number);
  if (table_at >= submission->tables.size() || indicator_at >= submission->tables[table_at].table.indicators.size()) {
    return Error{"not-found", "没有这个指标。", {std::to_string(table_number), std::to_string(indicator_number)}};
  }
  const GoalTable& table = submission->tables[table_at].table;
  const Indicator& indicator = table.indicators[indicator_at];
  if (link) {
    const Measure* measure = ledgers.catalogue().measure(link->measure);
    if (measure == nullptr) return Error{"unknown-measure", "没有指标“" + link->measure + "”。", {link->measure}};
    if (measure_unit_key(Text(measure->unit)) != measure_unit_key(indicator.unit)) {
      return Error{"unit-differs",
                   "“" + indicator.level3 + "”的计量单位是" + indicator.unit.value_or("（无）") + "，“" + measure->label + "”是" +
                       measure->unit + "，不能对上。",
                   {indicator.unit.value_or(""), measure->unit}};
    }
  }
  auto change = ledgers.registry().begin(author_of(who, std::move(why)));
  const auto stored = change.put({std::string(actual_link_kind),
                                  link_id(table, indicator),
                                  from_revision,
                                  std::string(link ? linked_state : unlinked_state),
                                  from_revision == 0 ? "add" : "edit",
                                  body_of(table, indicator, link),
                                  {}});
  if (!stored) return stored.error();
  change.commit();
  return Done{};
}

Result<int> confirm_suggestions(const Submissions& submissions, const ledgers::Ledgers& ledgers, std::string_view id,
                                const access::Principal& who) {
  const auto submission = submissions.open(id, who);
  if (!submission) return submission.error();
  if (!may_link(who, *submission)) return forbidden();
  std::vector<std::pair<std::string, std::string>> wanted;
  for (const FiledTable& filed : submission->tables) {
    for (const Indicator& indicator : filed.table.indicators) {
      if (!comparable_target(indicator)) continue;
      std::string link = link_id(filed.table, indicator);
      if (ledgers.registry().latest(actual_link_kind, link)) continue;
      if (const auto suggested = suggest(ledgers, filed.table, indicator))
        wanted.emplace_back(std::move(link), body_of(filed.table, indicator, suggested));
    }
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end(), [](const auto& a, const auto& b) { return a.first == b.first; }), wanted.end());
  auto change = ledgers.registry().begin(author_of(who));
  for (const auto& [link, body] : wanted) {
    const auto stored = change.put({std::string(actual_link_kind), link, 0, std::string(linked_state), "add", body, {}});
    if (!stored) return stored.error();
  }
  if (!wanted.empty()) change.commit();
  return static_cast<int>(wanted.size());
}

}  // namespace jiheng::desks
