// The bureau's units and its sections, and the names they go by.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/connection.h"

namespace jiheng::access {

struct Unit {
  enum class Kind { unit, section };

  std::string id;
  int revision = 0;
  std::string code;  ///< 预算单位编码, unique
  std::string name;
  Kind kind = Kind::unit;
  std::vector<std::string> aliases;       ///< 简称, and names that files bear
  std::vector<std::string> former_names;  ///< 曾用名
  std::optional<std::string> parent;      ///< 主管部门
  std::optional<std::string> section;     ///< 业务股室 in charge
  bool classified = false;                ///< 涉密: left out of publication
  bool active = true;
};

std::string_view unit_kind_code(Unit::Kind kind);  ///< "unit", "section"
std::optional<Unit::Kind> unit_kind_from_code(std::string_view code);

/// What a name is looked up by: folded, without white space and brackets' variants.
std::string unit_name_key(std::string_view name);

// All within the connection's transaction.
void store_unit(store::Connection& connection, const std::string& tenant, const Unit& unit);
std::optional<Unit> find_unit(store::Connection& connection, const std::string& tenant, std::string_view id);
std::optional<Unit> find_unit_by_code(store::Connection& connection, const std::string& tenant, std::string_view code);
/// 主管部门及代码, "渌口区教育局（101）": of the unit above, or of the unit itself where there is none. "" for an unknown unit.
std::string department_with_code(store::Connection& connection, const std::string& tenant, std::string_view id);
/// In the order of codes.
std::vector<Unit> list_units(store::Connection& connection, const std::string& tenant);

/// The one unit that goes by the name, now or formerly; nullopt where none or several do.
std::optional<std::string> unit_named(store::Connection& connection, const std::string& tenant, std::string_view name);

struct LikelyUnit {
  std::string id;
  std::string name;
  int percent = 0;  ///< of likeness
};
/// Units whose names look like it, the likeliest first; for a person to choose from.
std::vector<LikelyUnit> units_like(store::Connection& connection, const std::string& tenant, std::string_view name, std::size_t most = 5);

/// The unit and all below it.
std::vector<std::string> units_below(store::Connection& connection, const std::string& tenant, std::string_view unit);
/// Those the section is in charge of.
std::vector<std::string> units_of_section(store::Connection& connection, const std::string& tenant, std::string_view section);

}  // namespace jiheng::access
