#include "ledgers/table_text.h"

#include "access/units.h"
#include "ledgers/schema.h"

namespace jiheng::ledgers {
namespace {

constexpr int page_rows = 10'000;

/// A number is no formula, whatever sign it begins with.
bool is_plain_number(std::string_view cell) {
  return Decimal::parse(cell).has_value();
}

}  // namespace

ReferenceTexts::ReferenceTexts(const Ledgers& ledgers, store::Connection& connection, const RecordType& type) {
  for (const Field& field : type.fields) {
    if (field.kind != Kind::reference || registers_.contains(field.to)) continue;
    const RecordType& to = *ledgers.catalogue().type(field.to);
    registers_.emplace(field.to, Register::load(connection, ledgers.registry().tenant(), to));
    units_[field.to] = to.kept_by_units;
  }
}

std::string ReferenceTexts::text(const Field& field, const Value& value, Wording wording) const {
  if (field.kind != Kind::reference || value.is_null()) return wording == Wording::codes ? written(field, value) : shown(field, value);
  const Register& entries = registers_.at(field.to);
  // A unit is known by its name everywhere; two of one name are told apart by their codes on import.
  const bool number = wording == Wording::codes && !units_.at(field.to);
  return std::string(number ? entries.number(*value.text()) : entries.title(*value.text()));
}

std::vector<std::string> heading_of(const RecordType& type, Wording wording) {
  std::vector<std::string> out;
  for (const Field& field : type.fields) {
    if (wording == Wording::codes && !is_stored(field)) continue;
    out.push_back(wording == Wording::codes ? field.name : field.unit.empty() ? field.label : field.label + "（" + field.unit + "）");
  }
  return out;
}

void each_row(const Ledgers& ledgers, const RecordType& type, const Question& question, Wording wording,
              const std::function<void(std::vector<std::string>)>& take) {
  if (type.kept_by_units) {
    for (const access::Unit& unit : access::list_units(*ledgers.registry().store().read(), ledgers.registry().tenant())) {
      if (unit.kind != access::Unit::Kind::unit) continue;
      std::string aliases;
      for (const std::string& alias : unit.aliases) aliases += (aliases.empty() ? "" : "；") + alias;
      auto reading = ledgers.registry().store().read();
      const auto name_of = [&](const std::optional<std::string>& id) {
        const auto other = id ? access::find_unit(*reading, ledgers.registry().tenant(), *id) : std::nullopt;
        return other ? other->name : std::string();
      };
      const bool codes = wording == Wording::codes;
      take({unit.code, unit.name, aliases, name_of(unit.parent), name_of(unit.section),
            unit.classified ? (codes ? "yes" : "是") : (codes ? "no" : "否")});
    }
    return;
  }
  const ReferenceTexts references(ledgers, *ledgers.registry().store().read(), type);
  Question page = question;
  page.limit = page_rows;
  for (page.offset = question.offset;; page.offset += page_rows) {
    const Entries entries = ledgers.list(type, page);
    for (const Entry& entry : entries.rows) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < type.fields.size(); ++i) {
        if (wording == Wording::codes && !is_stored(type.fields[i])) continue;
        cells.push_back(references.text(type.fields[i], entry.values[i], wording));
      }
      take(std::move(cells));
    }
    if (entries.rows.size() < static_cast<std::size_t>(page_rows)) return;
  }
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string& cell = cells[i];
    if (i > 0) line.push_back(',');
    const bool formula = !cell.empty() && std::string_view("=+-@\t").find(cell[0]) != std::string_view::npos && !is_plain_number(cell);
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

}  // namespace jiheng::ledgers
