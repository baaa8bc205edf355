#include "desks/performance/comparisons.h"

#include <map>
#include <set>
#include <tuple>

#include "desks/performance/lists.h"
#include "desks/performance/peer_targets.h"
#include "desks/performance/workflow.h"

namespace jiheng::desks {
namespace {

constexpr std::string_view select_last_year =
    "SELECT u.submission, u.kind, u.table_key, u.path_key, u.target, u.measure_unit, u.number FROM submission_summaries s "
    "JOIN library_uses u ON u.tenant_id = s.tenant_id AND u.submission = s.id "
    "WHERE s.tenant_id = ? AND (s.unit_id = ? OR (s.unit_id IS NULL AND s.unit_key = ?)) AND u.year_key = ? AND s.id <> ? "
    "ORDER BY u.submission, u.table_no, u.indicator_no";
constexpr std::string_view select_standing =
    "SELECT id, COALESCE(unit_id, unit_key), COALESCE(year, 0) FROM submission_summaries WHERE tenant_id = ? AND id = ?";
constexpr int no_year_bound = 9999;

/// Where a submission stands among the others.
struct Standpoint {
  const std::string& tenant;
  std::string submission;
  std::string unit;  ///< id, or the folded name where it is nobody's
  int year = 0;
};

struct Past {
  std::string submission;
  std::string target;
  Text unit;
  Text number;
};
using PastKey = std::tuple<std::string, std::string, std::string>;  ///< kind, table, path

std::map<PastKey, Past> last_year_of(store::Connection& connection, const Standpoint& at) {
  std::map<PastKey, Past> found;
  if (at.year == 0) return found;
  connection.query(select_last_year, {at.tenant, at.unit, at.unit, at.year - 1, at.submission}, [&](const store::Row& row) {
    found.try_emplace({row.string(1), row.string(2), row.string(3)},
                      Past{row.string(0), row.string(4), row.optional_text(5), row.optional_text(6)});
  });
  return found;
}

ComparisonHint peers_hint(const Decimal& value, const Quartiles& peers, Side side, const Text& measure_unit) {
  const std::string unit = measure_unit.value_or("");
  const std::string count = std::to_string(peers.count);
  const std::string range = peers.q1 == peers.q3 ? peers.q1.plain() : peers.q1.plain() + "～" + peers.q3.plain();
  const bool low = side == Side::below;
  return {"far-from-peers",
          "同类" + count + "个目标值多在" + range + unit + "（中位数" + peers.median.plain() + unit + "），本表为" + value.plain() + unit +
              "，明显偏" + (low ? "低" : "高") + "，请核实。",
          "Of " + count + " targets of other units the middle half is " + peers.q1.plain() + " to " + peers.q3.plain() + " (median " +
              peers.median.plain() + "); this one, " + value.plain() + ", is far " + (low ? "below." : "above.")};
}

ComparisonHint last_year_hint(const Decimal& before, const Decimal& now, const Text& change, const Text& measure_unit) {
  const std::string unit = measure_unit.value_or("");
  const bool up = before < now;
  std::string by;
  std::string by_en;
  if (change) {
    const std::string percent = Decimal::parse(*change).value_or(Decimal()).abs().plain();
    by = std::string(up ? "提高" : "降低") + percent + "%";
    by_en = std::string(up ? "up " : "down ") + percent + " %";
  } else {
    by = up ? "有所提高" : "有所降低";
    by_en = up ? "up from zero" : "down from zero";
  }
  return {"far-from-last-year",
          "上年批复的目标值为" + before.plain() + unit + "，本年为" + now.plain() + unit + "，" + by + "，请说明变动原因。",
          "Last year's approved target was " + before.plain() + ", this year's is " + now.plain() + " (" + by_en + "); say why."};
}

TargetFigures figures_of(const Quartiles& quartiles) {
  return {quartiles.count,          quartiles.least.plain(), quartiles.q1.plain(),
          quartiles.median.plain(), quartiles.q3.plain(),    quartiles.most.plain()};
}

LastYear beside_last_year(const Past& past, const Indicator& indicator, const std::optional<Decimal>& value, int year) {
  LastYear last{year, past.submission, past.target, past.unit, std::nullopt, std::nullopt};
  // 亿元 against 万元, or a number against words: shown, not reckoned.
  if (!value || !past.number || measure_unit_key(past.unit) != measure_unit_key(indicator.unit)) return last;
  const auto before = Decimal::parse(*past.number);
  if (!before) return last;
  last.number = past.number;
  if (const auto change = change_percent(*before, *value)) last.change_percent = change->plain();
  return last;
}

class Comparing {
 public:
  /// `entries`: of all that is going to be compared.
  Comparing(store::Connection& connection, PeerTargets& peers, const Standpoint& at, const std::set<std::string>& entries,
            const ComparisonRule& rule)
      : at_(at), rule_(rule), past_(last_year_of(connection, at)) {
    const int until = at.year == 0 ? no_year_bound : at.year;
    peers_ = peers.of(connection, at.tenant, entries, {at.year == 0 ? 0 : at.year - rule.years_back, until});
  }

  std::optional<Comparison> compare(const GoalTable& table, const std::string& table_key, const Indicator& indicator) {
    const Identity identity = identity_of(indicator);
    if (identity.name_key.empty() || indicator.long_term) return std::nullopt;
    Comparison found;
    found.entry = identity.id;
    found.target = target_text(indicator);
    found.unit = indicator.unit;
    const auto value = comparable_target(indicator);
    if (const auto peers = quartiles_of(others(identity.id))) {
      found.peers = figures_of(*peers);
      const Side side = value ? side_of(*value, *peers, rule_) : Side::within;
      if (side != Side::within) found.hints.push_back(peers_hint(*value, *peers, side, indicator.unit));
    }
    const auto past = past_.find({std::string(kind_code(table.kind)), table_key, identity.path_key});
    if (past != past_.end()) {
      found.last_year = beside_last_year(past->second, indicator, value, at_.year - 1);
      const auto before = found.last_year->number ? Decimal::parse(*found.last_year->number) : std::nullopt;
      if (before && value && is_far_change(*before, *value, rule_))
        found.hints.push_back(last_year_hint(*before, *value, found.last_year->change_percent, indicator.unit));
    }
    if (!found.peers && !found.last_year) return std::nullopt;
    return found;
  }

 private:
  /// Of other units; the list is everybody's.
  std::vector<Decimal> others(const std::string& entry) const {
    std::vector<Decimal> values;
    const auto found = peers_.find(entry);
    if (found == peers_.end()) return values;
    for (const PeerTarget& each : *found->second) {
      if (each.unit != at_.unit) values.push_back(each.value);
    }
    return values;
  }

  const Standpoint& at_;
  const ComparisonRule& rule_;
  std::map<PastKey, Past> past_;
  std::map<std::string, PeerTargets::List> peers_;  ///< by entry
};

Error not_found(std::string_view id) {
  return {"not-found", "没有这份绩效目标，它可能已被删除。", {std::string(id)}};
}

}  // namespace

Result<Comparisons> comparisons_of(registry::Registry& registry, PeerTargets& peers, std::string_view submission,
                                   const access::Principal& who, const ComparisonRule& rule) {
  const auto record = registry.latest(submission_kind, submission);
  if (!record || record->state == removed_state) return not_found(submission);
  auto reading = registry.store().read();
  if (!who.may(access::Permission::see_submissions, listed_unit(*reading, registry.tenant(), submission).value_or("")))
    return not_found(submission);
  const Body body = body_from_json(record->body);
  Standpoint at{registry.tenant(), std::string(submission), {}, 0};
  reading->query(select_standing, {registry.tenant(), submission}, [&](const store::Row& row) {
    at.unit = row.string(1);
    at.year = row.small(2);
  });
  Comparisons all;
  all.revision = record->revision;
  all.rule = rule;
  std::set<std::string> entries;
  for (const FiledTable& filed : body.tables) {
    for (const Indicator& indicator : filed.table.indicators) {
      const Identity identity = identity_of(indicator);
      if (!identity.name_key.empty() && !indicator.long_term) entries.insert(identity.id);
    }
  }
  Comparing comparing(*reading, peers, at, entries, rule);
  for (std::size_t t = 0; t < body.tables.size(); ++t) {
    const GoalTable& table = body.tables[t].table;
    if (table.kind != TableKind::overall && table.kind != TableKind::project) continue;
    const std::string table_key = table_key_of(table);
    for (std::size_t i = 0; i < table.indicators.size(); ++i) {
      auto found = comparing.compare(table, table_key, table.indicators[i]);
      if (!found) continue;
      found->table = static_cast<int>(t);
      found->indicator = static_cast<int>(i);
      all.items.push_back(std::move(*found));
    }
  }
  return all;
}

}  // namespace jiheng::desks
