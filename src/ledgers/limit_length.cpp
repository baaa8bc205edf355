#include "ledgers/limit_length.h"

#include "ledgers/id_list.h"
#include "ledgers/schema.h"

namespace jiheng::ledgers {

std::unordered_map<std::string, int> lengths_of(const Ledgers& ledgers, const RecordType& type, const Limit& limit,
                                                const std::vector<Entry>& entries, Date today) {
  std::unordered_map<std::string, int> lengths;
  std::string choice = "SELECT id, CASE";
  std::vector<int> known;
  for (const LimitStep& step : limit.steps) {
    const auto length = step.deadline.empty() ? std::optional(step.length) : ledgers.pack_deadline(step.deadline, today);
    if (!length) continue;
    choice += " WHEN " +
              step.when.sql([&](std::string_view name) { return column_of(*type.field(name)); },
                            [](std::string_view) { return std::string("NULL"); }) +
              " THEN " + std::to_string(known.size());
    known.push_back(*length);
  }
  if (known.empty() || entries.empty()) return lengths;
  choice += " ELSE NULL END FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL AND id";
  auto reading = ledgers.registry().store().read();
  for (std::size_t from = 0; from < entries.size(); from += most_listed_ids) {
    std::vector<std::string_view> ids;
    for (std::size_t i = from; i < std::min(entries.size(), from + most_listed_ids); ++i) ids.push_back(entries[i].id);
    std::string sql = choice;
    std::vector<Value> values{Value(ledgers.registry().tenant())};
    add_id_list(sql, values, ids);
    reading->query_all(sql, values, [&](const store::Row& row) {
      if (!row.is_null(1)) lengths[row.string(0)] = known[static_cast<std::size_t>(row.integer(1))];
    });
  }
  return lengths;
}

}  // namespace jiheng::ledgers
