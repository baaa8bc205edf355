#include "ledgers/register.h"

#include <algorithm>

#include "access/units.h"
#include "base/text.h"
#include "ledgers/id_list.h"
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

void Register::add(const std::string& id, std::string_view number, const std::vector<std::string>& names) {
  entries_.insert(id);
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
      out.add(unit.id, unit.code, names);
    }
    return out;
  }
  std::string sql = "SELECT id, " + column_of(*type.field(type.key));
  for (const std::string& name : type.names) sql += ", " + column_of(*type.field(name));
  sql += " FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL";
  std::vector<std::string> names;
  connection.query(sql, {tenant}, [&](const store::Row& row) {
    names.clear();
    for (std::size_t i = 0; i < type.names.size(); ++i) {
      const auto column = static_cast<int>(i) + 2;
      if (row.is_null(column)) continue;
      names.push_back(row.string(column));
      if (type.names[i] != "aliases") continue;
      for (std::string& each : names_in(names.back())) names.push_back(std::move(each));
    }
    const std::string id = row.string(0);
    out.add(id, row.is_null(1) ? id : row.text(1), names);
  });
  return out;
}

Register::Found Register::find(std::string_view text) const {
  if (const auto found = entries_.find(std::string(text)); found != entries_.end()) return {&*found, false};
  if (const auto found = numbers_.find(std::string(text)); found != numbers_.end()) return {&found->second, false};
  const auto found = names_.find(fold_label(text));
  if (found == names_.end()) return {};
  if (found->second.empty()) return {nullptr, true};
  return {&found->second, false};
}

NamedEntry entry_named(store::Connection& connection, const std::string& tenant, const RecordType& type, std::string_view text) {
  NamedEntry out;
  const std::string where = type.kept_by_units ? " FROM units WHERE tenant_id = ? AND kind = 'unit' AND (id = ? OR code = ?)"
                                               : " FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL AND id = ?";
  const auto take = [&](const store::Row& row) { out.id = row.string(0); };
  if (type.kept_by_units) {
    connection.query("SELECT id" + where, {tenant, text, text}, take);
  } else {
    connection.query("SELECT id" + where, {tenant, text}, take);
  }
  if (out.id) return out;
  const Register entries = Register::load(connection, tenant, type);
  const Register::Found found = entries.find(text);
  if (found.id != nullptr) out.id = *found.id;
  out.ambiguous = found.ambiguous;
  out.register_empty = entries.is_empty();
  return out;
}

std::unordered_map<std::string, EntryTexts> texts_of_entries(store::Connection& connection, const std::string& tenant,
                                                             const RecordType& type, const std::vector<std::string>& ids) {
  std::unordered_map<std::string, EntryTexts> out;
  const std::string select = type.kept_by_units
                                 ? "SELECT id, code, name FROM units WHERE tenant_id = ? AND id"
                                 : "SELECT id, " + column_of(*type.field(type.key)) + ", " + column_of(*type.field(type.title)) + " FROM " +
                                       table_of(type) + " WHERE tenant_id = ? AND until IS NULL AND id";
  for (std::size_t from = 0; from < ids.size(); from += most_listed_ids) {
    const std::vector<std::string_view> part(ids.begin() + static_cast<std::ptrdiff_t>(from),
                                             ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), from + most_listed_ids)));
    std::string sql = select;
    std::vector<store::Value> values{store::Value(tenant)};
    add_id_list(sql, values, part);
    connection.query_all(sql, values, [&](const store::Row& row) {
      std::string id = row.string(0);
      EntryTexts texts{row.is_null(1) ? id : row.string(1), row.is_null(2) ? id : row.string(2)};
      out.emplace(std::move(id), std::move(texts));
    });
  }
  return out;
}

}  // namespace jiheng::ledgers
