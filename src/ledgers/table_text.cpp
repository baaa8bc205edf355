#include "ledgers/table_text.h"

#include "access/units.h"
#include "ledgers/schema.h"
#include "writing/list.h"

namespace jiheng::ledgers {
namespace {

/// A number is no formula, whatever sign it begins with.
bool is_plain_number(std::string_view cell) {
  return Decimal::parse(cell).has_value();
}

}  // namespace

void ReferenceTexts::learn(store::Connection& connection, std::span<const std::span<const Value>> records) {
  std::map<std::string, std::vector<std::string>> wanted;
  for (std::size_t i = 0; i < type_.fields.size(); ++i) {
    const Field& field = type_.fields[i];
    if (field.kind != Kind::reference) continue;
    auto& known = known_[field.to];
    for (const std::span<const Value> values : records) {
      if (values[i].is_null()) continue;
      std::string id(*values[i].text());
      // What is no entry is not asked for again either.
      if (known.try_emplace(id, EntryTexts{id, id}).second) wanted[field.to].push_back(std::move(id));
    }
  }
  for (const auto& [name, ids] : wanted) {
    const RecordType& to = *ledgers_.catalogue().type(name);
    for (auto& [id, texts] : texts_of_entries(connection, ledgers_.registry().tenant(), to, ids)) known_[name][id] = std::move(texts);
  }
}

std::string ReferenceTexts::text(const Field& field, const Value& value, Wording wording) const {
  if (field.kind != Kind::reference || value.is_null()) return wording == Wording::codes ? written(field, value) : shown(field, value);
  const std::string id(*value.text());
  const auto entries = known_.find(field.to);
  if (entries == known_.end()) return id;
  const auto found = entries->second.find(id);
  if (found == entries->second.end()) return id;
  // A unit is known by its name everywhere; two of one name are told apart by their codes on import.
  const bool number = wording == Wording::codes && !ledgers_.catalogue().type(field.to)->kept_by_units;
  return number ? found->second.number : found->second.title;
}

std::vector<std::string> heading_of(const RecordType& type, Wording wording) {
  std::vector<std::string> out;
  for (const Field& field : type.fields) {
    if (wording == Wording::codes && !is_stored(field)) continue;
    out.push_back(wording == Wording::codes ? field.name : field.unit.empty() ? field.label : field.label + "（" + field.unit + "）");
  }
  return out;
}

namespace {

void each_unit(const Ledgers& ledgers, Wording wording, const std::function<void(std::vector<std::string>)>& take) {
  const std::vector<access::Unit> units = access::list_units(*ledgers.registry().store().read(), ledgers.registry().tenant());
  std::unordered_map<std::string, std::string> names;
  for (const access::Unit& unit : units) names[unit.id] = unit.name;
  const auto name_of = [&](const std::optional<std::string>& id) { return id ? names[*id] : std::string(); };
  const bool codes = wording == Wording::codes;
  for (const access::Unit& unit : units) {
    if (unit.kind != access::Unit::Kind::unit) continue;
    std::string aliases;
    for (const std::string& alias : unit.aliases) aliases += (aliases.empty() ? "" : "；") + alias;
    take({unit.code, unit.name, aliases, name_of(unit.parent), name_of(unit.section),
          unit.classified ? (codes ? "yes" : "是") : (codes ? "no" : "否")});
  }
}

}  // namespace

void each_row(const Ledgers& ledgers, const RecordType& type, const Question& question, Wording wording,
              const std::function<void(std::vector<std::string>)>& take) {
  if (type.kept_by_units) return each_unit(ledgers, wording, take);
  ReferenceTexts references(ledgers, type);
  ledgers.each_page(type, question, [&](store::Connection& connection, const std::vector<Entry>& entries) {
    std::vector<std::span<const Value>> records;
    for (const Entry& entry : entries) records.emplace_back(entry.values);
    references.learn(connection, records);
    for (const Entry& entry : entries) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < type.fields.size(); ++i) {
        if (wording == Wording::codes && !is_stored(type.fields[i])) continue;
        cells.push_back(references.text(type.fields[i], entry.values[i], wording));
      }
      take(std::move(cells));
    }
  });
}

std::string csv_line(const std::vector<std::string>& cells, Wording wording) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string& cell = cells[i];
    if (i > 0) line.push_back(',');
    const bool formula = wording == Wording::labels && !cell.empty() &&
                         std::string_view("=+-@\t").find(cell[0]) != std::string_view::npos && !is_plain_number(cell);
    if (!formula && cell.find_first_of(",\"\r\n") == std::string::npos) {
      line += cell;
      continue;
    }
    line += formula ? "\"'" : "\"";
    for (const char c : cell) line.append(c == '"' ? "\"\"" : std::string(1, c));
    line.push_back('"');
  }
  return line + "\r\n";
}

Result<std::string> table_file(const Ledgers& ledgers, const RecordType& type, const Question& question, const TableFile& how) {
  if (!how.xlsx) {
    std::string bytes = how.mark ? "\xEF\xBB\xBF" : "";
    bytes += csv_line(heading_of(type, how.wording), how.wording);
    each_row(ledgers, type, question, how.wording, [&](const std::vector<std::string>& row) { bytes += csv_line(row, how.wording); });
    return bytes;
  }
  writing::List list;
  list.name = type.label;
  list.title = type.label;
  for (std::string& title : heading_of(type, how.wording)) list.columns.push_back({std::move(title), 1, writing::Style::text});
  each_row(ledgers, type, question, how.wording, [&](std::vector<std::string> row) { list.rows.push_back(std::move(row)); });
  return writing::write_list(list, writing::Carrier::xlsx, {how.font_folder, "zh"});
}

}  // namespace jiheng::ledgers
