#include "desks/performance/peer_targets.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_map>

#include "registry/registry.h"

namespace jiheng::desks {
namespace {

/// Out of the index alone.
constexpr std::string_view select_numbers =
    "SELECT entry, year_key, submission, table_no, indicator_no, kind, table_key, number FROM library_uses "
    "WHERE tenant_id = ? AND year_key >= ? AND year_key <= ? AND number IS NOT NULL AND entry IN (";
constexpr std::size_t entries_at_once = 100;
constexpr std::size_t entry_length = 32;  ///< of its id
constexpr std::string_view select_units =
    "SELECT s.id, COALESCE(s.unit_id, s.unit_key) FROM submission_summaries s LEFT JOIN units n ON n.tenant_id = s.tenant_id AND n.id = "
    "s.unit_id WHERE s.tenant_id = ? AND COALESCE(n.classified, 0) = 0";
constexpr std::size_t most_kept = 5'000;  ///< entries; when there are more, all are read anew

using Units = std::map<std::string, std::string, std::less<>>;  ///< by submission

Units units_of(store::Connection& connection, const std::string& tenant) {
  Units units;
  connection.query(select_units, {tenant}, [&](const store::Row& row) { units.emplace(row.string(0), row.string(1)); });
  return units;
}

struct Target {
  int year = 0;
  std::string submission;
  int table = 0;
  int indicator = 0;
  std::string number;
  const std::string* unit = nullptr;

  /// Of the same unit's same table the newest counts, of one year the first of what came last.
  bool counts_before(const store::Row& row) const {
    const int other = row.small(1);
    if (year != other) return year > other;
    const int order = std::string_view(submission).compare(row.text(2));
    return order != 0 ? order > 0 : std::pair(table, indicator) < std::pair(row.small(3), row.small(4));
  }
};

using Found = std::map<std::string, std::vector<PeerTarget>>;

void read_targets(store::Connection& connection, const std::string& tenant, const Units& units, std::span<const std::string> entries,
                  PeerTargets::Years years, Found& found) {
  std::string sql(select_numbers);
  std::vector<store::Value> values{tenant, years.from, years.until};
  for (const std::string& entry : entries) {
    sql += values.size() == 3 ? "?" : ", ?";
    values.emplace_back(entry);
  }
  std::unordered_map<std::string, Target> newest;
  std::string key;
  connection.query_all(sql + ")", values, [&](const store::Row& row) {
    const auto unit = units.find(row.text(2));
    if (unit == units.end()) return;
    key.assign(row.text(0)).append(unit->second).append("\n").append(row.text(5)).append("\n").append(row.text(6));
    const auto [kept, fresh] = newest.try_emplace(key);
    if (!fresh && kept->second.counts_before(row)) return;
    kept->second = {row.small(1), row.string(2), row.small(3), row.small(4), row.string(7), &unit->second};
  });
  for (const auto& [of, target] : newest) {
    if (const auto number = Decimal::parse(target.number)) found[of.substr(0, entry_length)].push_back({*target.unit, *number});
  }
}

std::string head_of(store::Connection& connection, const std::string& tenant) {
  std::string head;
  connection.query(registry::Registry::head_text_sql(), {tenant}, [&](const store::Row& row) { head = row.string(0); });
  return head;
}

}  // namespace

std::map<std::string, PeerTargets::List> PeerTargets::of(store::Connection& connection, const std::string& tenant,
                                                         const std::set<std::string>& entries, Years years) {
  std::map<std::string, List> out;
  std::vector<std::string> wanted;
  const std::string head = head_of(connection, tenant);
  {
    const std::lock_guard lock(mutex_);
    if (head_ != head || kept_.size() > most_kept) kept_.clear();
    head_ = head;
    for (const std::string& entry : entries) {
      const auto kept = kept_.find({years, entry});
      if (kept != kept_.end()) {
        out.emplace(entry, kept->second);
      } else {
        wanted.push_back(entry);
      }
    }
  }
  if (wanted.empty()) return out;
  Found found;
  const Units units = units_of(connection, tenant);
  for (std::size_t from = 0; from < wanted.size(); from += entries_at_once)
    read_targets(connection, tenant, units, std::span(wanted).subspan(from, std::min(entries_at_once, wanted.size() - from)), years, found);
  const std::lock_guard lock(mutex_);
  for (const std::string& entry : wanted) {
    const List list = std::make_shared<const std::vector<PeerTarget>>(std::move(found[entry]));
    out.emplace(entry, list);
    if (head_ == head) kept_.insert_or_assign({years, entry}, list);
  }
  return out;
}

}  // namespace jiheng::desks
