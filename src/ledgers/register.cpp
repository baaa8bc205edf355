#include "ledgers/register.h"

#include "access/units.h"
#include "base/text.h"
#include "ledgers/schema.h"

namespace jiheng::ledgers {

std::vector<std::string> names_in(std::string_view cell) {
  std::vector<std::string> names;
  while (!cell.empty()) {
    std::size_t end = cell.size();
    std::size_t length = 0;
    for (const std::string_view mark : {"；", "、", ";", "\n", "，", ",", "|"}) {
      const std::size_t at = cell.find(mark);
      if (at >= end) continue;
      end = at;
      length = mark.size();
    }
    if (const std::string_view name = trim(cell.substr(0, end)); !name.empty()) names.emplace_back(name);
    cell.remove_prefix(end + length);
  }
  return names;
}

void Register::add(const std::string& id, std::string_view number, std::string_view title, const std::vector<std::string>& names) {
  entries_[id] = {std::string(number), std::string(title)};
  if (number != id) numbers_[std::string(number)] = id;
  for (const std::string& name : names) {
    std::string key = fold_label(name);
    if (key.empty()) continue;
    const auto [at, is_new] = names_.emplace(std::move(key), id);
    if (!is_new && at->second != id) at->second.clear();
  }
}

Register Register::load(store::Connection& connection, const std::string& tenant, const RecordType& type) {
  Register out;
  if (type.kept_by_units) {
    for (const access::Unit& unit : access::list_units(connection, tenant)) {
      if (unit.kind != access::Unit::Kind::unit) continue;
      std::vector<std::string> names = {unit.name};
      names.insert(names.end(), unit.aliases.begin(), unit.aliases.end());
      names.insert(names.end(), unit.former_names.begin(), unit.former_names.end());
      out.add(unit.id, unit.code, unit.name, names);
    }
    return out;
  }
  const Field* title = type.field(type.title);
  std::string sql = "SELECT id, " + column_of(*type.field(type.key)) + ", " + column_of(*title);
  for (const std::string& name : type.names) sql += ", " + column_of(*type.field(name));
  sql += " FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL";
  std::vector<std::string> names;
  connection.query(sql, {tenant}, [&](const store::Row& row) {
    names.clear();
    for (std::size_t i = 0; i < type.names.size(); ++i) {
      const auto column = static_cast<int>(i) + 3;
      if (row.is_null(column)) continue;
      names.push_back(row.string(column));
      if (type.names[i] != "aliases") continue;
      for (std::string& each : names_in(names.back())) names.push_back(std::move(each));
    }
    const std::string id = row.string(0);
    out.add(id, row.is_null(1) ? id : row.text(1), row.is_null(2) ? row.text(0) : row.text(2), names);
  });
  return out;
}

Register::Found Register::find(std::string_view text) const {
  if (const auto found = entries_.find(std::string(text)); found != entries_.end()) return {&found->first, false};
  if (const auto found = numbers_.find(std::string(text)); found != numbers_.end()) return {&found->second, false};
  const auto found = names_.find(fold_label(text));
  if (found == names_.end()) return {};
  if (found->second.empty()) return {nullptr, true};
  return {&found->second, false};
}

std::string_view Register::title(std::string_view id) const {
  const auto found = entries_.find(std::string(id));
  return found == entries_.end() ? id : std::string_view(found->second.title);
}

std::string_view Register::number(std::string_view id) const {
  const auto found = entries_.find(std::string(id));
  return found == entries_.end() ? id : std::string_view(found->second.number);
}

}  // namespace jiheng::ledgers
