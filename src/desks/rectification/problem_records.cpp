#include "desks/rectification/problem_records.h"

#include <functional>

namespace jiheng::desks {
namespace {

using ledgers::RecordType;
using ledgers::Value;

constexpr int deepest = 2;  ///< references followed one after the other

using See = std::function<void(const RecordType& type, std::span<const Value> values)>;

/// The record and what it refers to. Of a unit only its id is known here: see_unit.
void walk(const ledgers::Ledgers& ledgers, const RecordType& type, std::span<const Value> values, const See& see,
          const std::function<void(std::string_view id)>& see_unit, int depth = 0) {
  see(type, values);
  for (const ledgers::Field& field : type.fields) {
    if (field.kind != ledgers::Kind::reference) continue;
    const Value& value = ledger_value(type, values, field.name);
    const RecordType* to = ledgers.catalogue().type(field.to);
    if (value.is_null() || to == nullptr) continue;
    if (to->kept_by_units) {
      see_unit(*value.text());
    } else if (depth < deepest) {
      const auto found = ledgers.find(*to, *value.text());
      if (found) walk(ledgers, *to, found->rows.front().values, see, see_unit, depth + 1);
    }
  }
}

}  // namespace

const Value& ledger_value(const RecordType& type, std::span<const Value> values, std::string_view field) {
  return values[static_cast<std::size_t>(type.index_of(field))];
}

std::string ledger_text(const RecordType& type, std::span<const Value> values, std::string_view name) {
  const ledgers::Field* field = type.field(name);
  if (field == nullptr) return {};
  const Value& value = ledger_value(type, values, name);
  return value.is_null() ? "" : ledgers::written(*field, value);
}

std::vector<std::string> units_named_in(const ledgers::Ledgers& ledgers, const RecordType& type, std::span<const Value> values) {
  std::vector<std::string> units;
  walk(ledgers, type, values, [](const RecordType&, std::span<const Value>) {}, [&](std::string_view id) { units.emplace_back(id); });
  return units;
}

std::vector<std::string> years_named_in(const ledgers::Ledgers& ledgers, const RecordType& type, std::span<const Value> values) {
  std::vector<std::string> years;
  walk(
      ledgers, type, values,
      [&](const RecordType& each, std::span<const Value> of) {
        if (std::string year = ledger_text(each, of, "year"); !year.empty()) years.push_back(std::move(year));
      },
      [](std::string_view) {});
  return years;
}

}  // namespace jiheng::desks
