#include "access/units.h"

#include <algorithm>

#include "base/likeness.h"
#include "base/text.h"

namespace jiheng::access {
namespace {

constexpr std::string_view insert_unit =
    "INSERT INTO units (tenant_id, id, revision, code, name, kind, parent, section, classified, active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?)";
constexpr std::string_view insert_name =
    "INSERT INTO unit_names (tenant_id, name_key, unit, name, how) VALUES (?, ?, ?, ?, ?) ON CONFLICT (tenant_id, name_key, unit) DO "
    "NOTHING";
constexpr std::string_view unit_columns = "id, revision, code, name, kind, parent, section, classified, active";
constexpr std::string_view select_named =
    "SELECT n.unit FROM unit_names n JOIN units u ON u.tenant_id = n.tenant_id AND u.id = n.unit "
    "WHERE n.tenant_id = ? AND n.name_key = ? AND u.kind = 'unit' ORDER BY n.unit";
constexpr std::string_view select_names =
    "SELECT n.unit, n.name, u.name FROM unit_names n JOIN units u ON u.tenant_id = n.tenant_id AND u.id = n.unit "
    "WHERE n.tenant_id = ? AND u.kind = 'unit' AND u.active = 1";
constexpr std::string_view select_below =
    "WITH RECURSIVE below (id) AS (SELECT id FROM units WHERE tenant_id = ? AND id = ? UNION SELECT u.id FROM units u JOIN below b "
    "ON u.parent = b.id WHERE u.tenant_id = ?) SELECT id FROM below";
constexpr int least_percent = 50;

Unit unit_of(const store::Row& row) {
  Unit unit;
  unit.id = row.string(0);
  unit.revision = row.small(1);
  unit.code = row.string(2);
  unit.name = row.string(3);
  unit.kind = unit_kind_from_code(row.text(4)).value_or(Unit::Kind::unit);
  unit.parent = row.optional_text(5);
  unit.section = row.optional_text(6);
  unit.classified = row.integer(7) != 0;
  unit.active = row.integer(8) != 0;
  return unit;
}

/// The unit's other names, in the row (name, how).
void take_name(Unit& unit, std::string name, std::string_view how) {
  if (how == "alias") unit.aliases.push_back(std::move(name));
  if (how == "former") unit.former_names.push_back(std::move(name));
}

std::optional<Unit> find_by(store::Connection& connection, const std::string& tenant, std::string_view column, std::string_view value) {
  std::optional<Unit> found;
  const std::string sql = "SELECT " + std::string(unit_columns) + " FROM units WHERE tenant_id = ? AND " + std::string(column) + " = ?";
  connection.query(sql, {tenant, value}, [&](const store::Row& row) { found = unit_of(row); });
  if (!found) return found;
  connection.query("SELECT name, how FROM unit_names WHERE tenant_id = ? AND unit = ? ORDER BY name", {tenant, found->id},
                   [&](const store::Row& row) { take_name(*found, row.string(0), row.text(1)); });
  return found;
}

std::vector<std::string> ids(store::Connection& connection, std::string_view sql, std::initializer_list<store::Value> values) {
  std::vector<std::string> found;
  connection.query(sql, values, [&](const store::Row& row) { found.push_back(row.string(0)); });
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::string_view unit_kind_code(Unit::Kind kind) {
  return kind == Unit::Kind::unit ? "unit" : "section";
}

std::optional<Unit::Kind> unit_kind_from_code(std::string_view code) {
  if (code == "unit") return Unit::Kind::unit;
  if (code == "section") return Unit::Kind::section;
  return std::nullopt;
}

std::string unit_name_key(std::string_view name) {
  return fold_label(name);
}

void store_unit(store::Connection& connection, const std::string& tenant, const Unit& unit) {
  connection.run("DELETE FROM unit_names WHERE tenant_id = ? AND unit = ?", {tenant, unit.id});
  connection.run("DELETE FROM units WHERE tenant_id = ? AND id = ?", {tenant, unit.id});
  connection.run(insert_unit, {tenant, unit.id, unit.revision, unit.code, unit.name, unit_kind_code(unit.kind), unit.parent, unit.section,
                               unit.classified ? 1 : 0, unit.active ? 1 : 0});
  const auto add = [&](const std::string& name, std::string_view how) {
    const std::string key = unit_name_key(name);
    if (!key.empty()) connection.run(insert_name, {tenant, key, unit.id, name, how});
  };
  add(unit.name, "name");
  for (const std::string& alias : unit.aliases) add(alias, "alias");
  for (const std::string& former : unit.former_names) add(former, "former");
}

std::optional<Unit> find_unit(store::Connection& connection, const std::string& tenant, std::string_view id) {
  return find_by(connection, tenant, "id", id);
}

std::optional<Unit> find_unit_by_code(store::Connection& connection, const std::string& tenant, std::string_view code) {
  return find_by(connection, tenant, "code", code);
}

std::string department_with_code(store::Connection& connection, const std::string& tenant, std::string_view id) {
  std::string text;
  connection.query(
      "SELECT a.name, a.code FROM units u JOIN units a ON a.tenant_id = u.tenant_id AND a.id = coalesce(u.parent, u.id) WHERE u.tenant_id "
      "= ? AND u.id = ?",
      {tenant, id}, [&](const store::Row& row) {
        text = row.string(0);
        if (const std::string code = row.string(1); !code.empty()) text += "（" + code + "）";
      });
  return text;
}

std::vector<Unit> list_units(store::Connection& connection, const std::string& tenant) {
  std::vector<Unit> units;
  const std::string sql = "SELECT " + std::string(unit_columns) + " FROM units WHERE tenant_id = ? ORDER BY id";
  connection.query(sql, {tenant}, [&](const store::Row& row) { units.push_back(unit_of(row)); });
  // Names come in the order of units, so that one walk over both does.
  auto unit = units.begin();
  connection.query("SELECT unit, name, how FROM unit_names WHERE tenant_id = ? ORDER BY unit, name", {tenant}, [&](const store::Row& row) {
    while (unit != units.end() && unit->id < row.text(0)) ++unit;
    if (unit != units.end() && unit->id == row.text(0)) take_name(*unit, row.string(1), row.text(2));
  });
  std::sort(units.begin(), units.end(), [](const Unit& a, const Unit& b) { return a.code < b.code; });
  return units;
}

std::optional<std::string> unit_named(store::Connection& connection, const std::string& tenant, std::string_view name) {
  const std::string key = unit_name_key(name);
  if (key.empty()) return std::nullopt;
  const auto found = ids(connection, select_named, {tenant, key});
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

std::vector<LikelyUnit> units_like(store::Connection& connection, const std::string& tenant, std::string_view name, std::size_t most) {
  std::vector<LikelyUnit> likely;
  const std::string key = unit_name_key(name);
  connection.query(select_names, {tenant}, [&](const store::Row& row) {
    const int percent = likeness_percent(key, unit_name_key(row.text(1)));
    if (percent < least_percent) return;
    const auto known = std::find_if(likely.begin(), likely.end(), [&](const LikelyUnit& each) { return each.id == row.text(0); });
    if (known == likely.end()) {
      likely.push_back({row.string(0), row.string(2), percent});
    } else {
      known->percent = std::max(known->percent, percent);
    }
  });
  std::sort(likely.begin(), likely.end(), [](const LikelyUnit& a, const LikelyUnit& b) { return a.percent > b.percent; });
  if (likely.size() > most) likely.resize(most);
  return likely;
}

std::vector<std::string> units_below(store::Connection& connection, const std::string& tenant, std::string_view unit) {
  return ids(connection, select_below, {tenant, unit, tenant});
}

std::vector<std::string> units_of_section(store::Connection& connection, const std::string& tenant, std::string_view section) {
  return ids(connection, "SELECT id FROM units WHERE tenant_id = ? AND section = ?", {tenant, section});
}

}  // namespace jiheng::access
