#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "desks/people/people.h"
#include "desks/performance/library_lists.h"
#include "desks/performance/lists.h"

namespace jiheng::desks {
namespace {

using access::Permission;
using access::Unit;

constexpr std::size_t longest_code = 40;   // bytes
constexpr std::size_t longest_name = 240;  // bytes
constexpr std::size_t most_names = 50;
constexpr std::size_t most_lines = 20'000;
constexpr int deepest = 16;

Error invalid(std::string message, std::string field) {
  return {"invalid-unit", std::move(message), {std::move(field)}};
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= longest_code &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && is_valid_utf8(text) && !access::unit_name_key(text).empty();
}

/// Without blanks round it, each once, the unit's own name left out.
std::vector<std::string> tidy(const std::vector<std::string>& names, const std::string& own) {
  std::vector<std::string> out;
  for (const std::string& each : names) {
    std::string name = normalise(each);
    if (!name.empty() && name != own && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
  }
  return out;
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    std::size_t end = text.size();
    std::size_t length = 0;
    for (const std::string_view mark : {"；", "、", ";", "\n", "，", ","}) {
      const std::size_t at = text.find(mark);
      if (at >= end) continue;
      end = at;
      length = mark.size();
    }
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end + length);
  }
  return out;
}

}  // namespace

std::vector<Unit> People::units(const access::Principal& who) {
  if (!who.may(Permission::see_units)) return {};
  auto reading = registry_.store().read();
  return access::list_units(*reading, registry_.tenant());
}

std::optional<Error> People::trouble_with(store::Connection& connection, const Unit& unit) {
  if (!is_code(unit.code)) return invalid("单位编码应是不超过40个字符的字母和数字。", "code");
  if (!is_name(unit.name)) return invalid("请填写单位名称（不超过80个字）。", "name");
  if (unit.aliases.size() > most_names || unit.former_names.size() > most_names) return invalid("别名和曾用名各不超过50个。", "aliases");
  for (const std::string& name : unit.aliases) {
    if (!is_name(name)) return invalid("别名“" + name + "”不能用。", "aliases");
  }
  for (const std::string& name : unit.former_names) {
    if (!is_name(name)) return invalid("曾用名“" + name + "”不能用。", "former_names");
  }
  const auto same = access::find_unit_by_code(connection, registry_.tenant(), unit.code);
  if (same && same->id != unit.id) return invalid("编码" + unit.code + "已经是“" + same->name + "”的。", "code");
  std::optional<std::string> above = unit.parent;
  for (int depth = 0; above; ++depth) {
    if (*above == unit.id || depth > deepest) return invalid("主管部门不能是单位自己或它的下属单位。", "parent");
    const auto parent = access::find_unit(connection, registry_.tenant(), *above);
    if (!parent || parent->kind != Unit::Kind::unit) return invalid("没有这个主管部门。", "parent");
    above = parent->parent;
  }
  if (unit.section) {
    const auto section = access::find_unit(connection, registry_.tenant(), *unit.section);
    if (!section || section->kind != Unit::Kind::section) return invalid("没有这个业务股室。", "section");
  }
  return std::nullopt;
}

Result<Unit> People::store_unit(registry::Change& change, Unit unit) {
  unit.name = normalise(unit.name);
  unit.aliases = tidy(unit.aliases, unit.name);
  unit.former_names = tidy(unit.former_names, unit.name);
  if (auto trouble = trouble_with(change.connection(), unit)) return std::move(*trouble);
  const bool is_new = unit.id.empty();
  if (is_new) unit.id = registry::new_id();
  const auto record = change.put({std::string(unit_kind),
                                  unit.id,
                                  is_new ? 0 : unit.revision,
                                  unit.active ? "active" : "closed",
                                  is_new ? "add" : "edit",
                                  body_of(unit),
                                  {}});
  if (!record) return record.error();
  unit.revision = record->revision;
  const auto before = is_new ? std::nullopt : access::find_unit(change.connection(), registry_.tenant(), unit.id);
  access::store_unit(change.connection(), registry_.tenant(), unit);
  if (before && before->classified != unit.classified) refresh_library_of(change.connection(), registry_.tenant(), unit.id);
  if (unit.kind == Unit::Kind::unit) adopt_submissions(change.connection(), registry_.tenant(), unit);
  return unit;
}

Result<Unit> People::put_unit(Unit unit, const access::Principal& who, Text why) {
  if (!who.may(Permission::manage_units)) return forbidden();
  auto change = registry_.begin(author_of(who, std::move(why)));
  if (!unit.id.empty()) {
    const auto before = access::find_unit(change.connection(), registry_.tenant(), unit.id);
    if (!before) return Error{"not-found", "没有这个单位。", {unit.id}};
    unit.kind = before->kind;
    // The name it bore stays known.
    if (before->name != normalise(unit.name)) unit.former_names.push_back(before->name);
  }
  auto stored = store_unit(change, std::move(unit));
  if (!stored) return stored;
  change.commit();
  return stored;
}

std::vector<access::LikelyUnit> People::units_like(std::string_view name) {
  return access::units_like(*registry_.store().read(), registry_.tenant(), name);
}

Result<Unit> People::add_alias(std::string_view id, std::string_view name, const access::Principal& who) {
  if (!who.may(Permission::manage_units)) return forbidden();
  auto change = registry_.begin(author_of(who, "记住文件里用的名称"));
  auto unit = access::find_unit(change.connection(), registry_.tenant(), id);
  if (!unit || unit->kind != Unit::Kind::unit) return Error{"not-found", "没有这个单位。", {std::string(id)}};
  unit->aliases.emplace_back(name);
  auto stored = store_unit(change, std::move(*unit));
  if (!stored) return stored;
  change.commit();
  return stored;
}

namespace {

Error bad_line(std::size_t line, const Error& error) {
  Error bad{"invalid-unit-line", "第" + std::to_string(line) + "行：" + error.message, {std::to_string(line)}};
  bad.context.insert(bad.context.end(), error.context.begin(), error.context.end());
  return bad;
}

/// Units by code and by name, as the lines refer to them.
class Directory {
 public:
  void add(const Unit& unit) {
    auto& kind = unit.kind == Unit::Kind::unit ? units_ : sections_;
    kind[unit.code] = unit.id;
    kind.emplace(access::unit_name_key(unit.name), unit.id);
  }
  std::optional<std::string> unit(const std::string& text) const { return find(units_, text); }
  std::optional<std::string> section(const std::string& text) const { return find(sections_, text); }

 private:
  using Names = std::map<std::string, std::string, std::less<>>;
  static std::optional<std::string> find(const Names& names, const std::string& text) {
    auto found = names.find(text);
    if (found == names.end()) found = names.find(access::unit_name_key(text));
    return found == names.end() ? std::nullopt : std::optional(found->second);
  }
  Names units_;
  Names sections_;
};

bool same_content(const Unit& a, const Unit& b) {
  return body_of(a) == body_of(b);
}

}  // namespace

Result<UnitsTaken> People::take_units(std::span<const UnitLine> lines, const access::Principal& who, Text why) {
  if (!who.may(Permission::manage_units)) return forbidden();
  if (lines.size() > most_lines) return invalid("一次最多导入" + std::to_string(most_lines) + "个单位。", "lines");
  auto change = registry_.begin(author_of(who, std::move(why)));
  auto& connection = change.connection();
  UnitsTaken taken;
  Directory directory;
  int sections = 0;
  for (const Unit& unit : access::list_units(connection, registry_.tenant())) {
    directory.add(unit);
    sections += unit.kind == Unit::Kind::section ? 1 : 0;
  }
  std::set<std::string> codes;
  // First the units themselves, then whom they belong to: a line may name one that stands below it.
  std::vector<Unit> units;
  std::vector<bool> touched;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const UnitLine& line = lines[i];
    const std::string code = normalise(line.code);
    if (!codes.insert(code).second) return bad_line(i + 1, invalid("编码" + code + "出现了两次。", "code"));
    auto unit = access::find_unit_by_code(connection, registry_.tenant(), code);
    const bool is_new = !unit;
    if (unit && unit->kind == Unit::Kind::section) return bad_line(i + 1, invalid("编码" + code + "是一个股室的。", "code"));
    const Unit before = unit.value_or(Unit{});
    Unit next = before;
    next.code = code;
    next.name = normalise(line.name);
    if (!is_new && before.name != next.name) next.former_names.push_back(before.name);
    for (std::string& alias : parted(line.aliases)) next.aliases.push_back(std::move(alias));
    next.aliases = tidy(next.aliases, next.name);
    next.former_names = tidy(next.former_names, next.name);
    next.classified = line.classified.value_or(before.classified);
    const std::string section = normalise(line.section.value_or(""));
    if (line.section) next.section = section.empty() ? std::nullopt : directory.section(section);
    if (!section.empty() && !next.section) {
      Unit made;
      made.kind = Unit::Kind::section;
      made.name = section;
      do made.code = "GS" + std::to_string(++sections);
      while (access::find_unit_by_code(connection, registry_.tenant(), made.code));
      auto stored = store_unit(change, std::move(made));
      if (!stored) return bad_line(i + 1, stored.error());
      directory.add(*stored);
      next.section = stored->id;
    }
    if (is_new || !same_content(before, next)) {
      auto stored = store_unit(change, next);
      if (!stored) return bad_line(i + 1, stored.error());
      ++(is_new ? taken.added : taken.changed);
      next = std::move(*stored);
      touched.push_back(true);
    } else {
      touched.push_back(false);
    }
    directory.add(next);
    units.push_back(std::move(next));
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].parent) continue;
    const std::string above = normalise(*lines[i].parent);
    std::optional<std::string> parent = above.empty() ? std::nullopt : directory.unit(above);
    if (!above.empty() && !parent) return bad_line(i + 1, invalid("没有主管部门“" + above + "”。", "parent"));
    if (parent == units[i].id) parent.reset();
    if (units[i].parent == parent) continue;
    units[i].parent = parent;
    const auto stored = store_unit(change, units[i]);
    if (!stored) return bad_line(i + 1, stored.error());
    if (!touched[i]) ++taken.changed;
    touched[i] = true;
  }
  taken.same = static_cast<int>(std::count(touched.begin(), touched.end(), false));
  if (taken.added + taken.changed > 0) change.commit();
  return taken;
}

}  // namespace jiheng::desks
