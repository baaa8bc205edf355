#include "ledgers/limit_length.h"

#include "ledgers/id_list.h"
#include "ledgers/schema.h"

namespace jiheng::ledgers {

std::string length_case(const Ledgers& ledgers, const RecordType& type, const Limit& limit, Date day, std::string_view alias) {
  std::string choice;
  for (const LimitStep& step : limit.steps) {
    const auto length = step.deadline.empty() ? std::optional(step.length) : ledgers.pack_deadline(step.deadline, day);
    if (!length) continue;
    choice += " WHEN " +
              step.when.sql([&](std::string_view name) { return std::string(alias) + "." + column_of(*type.field(name)); },
                            [](std::string_view) { return std::string("NULL"); }) +
              " THEN " + std::to_string(*length);
  }
  return choice.empty() ? choice : "CASE" + choice + " ELSE NULL END";
}

std::unordered_map<std::string, int> lengths_of(const Ledgers& ledgers, const RecordType& type, const Limit& limit,
                                                const std::vector<Entry>& entries, Date today) {
  std::unordered_map<std::string, int> lengths;
  const std::string choice = length_case(ledgers, type, limit, today, "r");
  if (choice.empty() || entries.empty()) return lengths;
  const std::string asked = "SELECT r.id, " + choice + " FROM " + table_of(type) + " r WHERE r.tenant_id = ? AND r.until IS NULL AND r.id";
  auto reading = ledgers.registry().store().read();
  for (std::size_t from = 0; from < entries.size(); from += most_listed_ids) {
    std::vector<std::string_view> ids;
    for (std::size_t i = from; i < std::min(entries.size(), from + most_listed_ids); ++i) ids.push_back(entries[i].id);
    std::string sql = asked;
    std::vector<Value> values{Value(ledgers.registry().tenant())};
    add_id_list(sql, values, ids);
    reading->query_all(sql, values, [&](const store::Row& row) {
      if (!row.is_null(1)) lengths[row.string(0)] = row.small(1);
    });
  }
  return lengths;
}

}  // namespace jiheng::ledgers
