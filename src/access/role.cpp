#include "access/role.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace jiheng::access {
namespace {

constexpr PermissionSet set_of(std::initializer_list<Permission> permissions) {
  PermissionSet set = 0;
  for (const Permission each : permissions) set |= PermissionSet{1} << static_cast<int>(each);
  return set;
}

struct RoleRow {
  Role role;
  std::string_view code;
  std::string_view name;
  PermissionSet permissions;
};

using enum Permission;

constexpr std::array roles{
    RoleRow{Role::unit_clerk, "unit_clerk", "单位经办人",
            set_of({see_submissions, file_submissions, see_units, see_problems, answer_problems})},
    RoleRow{Role::unit_head, "unit_head", "单位负责人",
            set_of({see_submissions, confirm_filing, see_units, see_problems, answer_problems})},
    RoleRow{Role::department_officer, "department_officer", "主管部门经办",
            set_of({see_submissions, audit_department, see_units, see_problems})},
    RoleRow{Role::section_officer, "section_officer", "业务股室",
            set_of({see_submissions, audit_section, see_units, see_ledgers, see_problems})},
    RoleRow{Role::performance_officer, "performance_officer", "绩效股经办",
            set_of({see_submissions, file_submissions, audit_performance, publish, manage_years, see_units, manage_units, see_ledgers,
                    keep_ledgers, see_problems, check_problems})},
    RoleRow{Role::performance_head, "performance_head", "绩效股负责人",
            set_of({see_submissions, audit_performance, publish, manage_years, see_units, manage_units, see_journal, see_ledgers,
                    see_problems, check_problems, close_problems})},
    RoleRow{Role::bureau_leader, "bureau_leader", "分管局领导",
            set_of({see_submissions, approve_filing, publish, see_units, see_journal, see_ledgers, see_problems, close_problems})},
    RoleRow{Role::desk_staff, "desk_staff", "业务岗位", set_of({see_units, see_ledgers, keep_ledgers, see_problems, check_problems})},
    RoleRow{Role::system_admin, "system_admin", "系统管理员", set_of({see_units, manage_units, see_accounts, manage_accounts})},
    RoleRow{Role::security_admin, "security_admin", "安全管理员", set_of({see_units, see_accounts, grant_roles})},
    RoleRow{Role::audit_admin, "audit_admin", "审计管理员", set_of({see_units, see_accounts, see_journal, verify_journal})},
};
static_assert(roles.size() == role_count);

constexpr std::array<std::string_view, permission_count> permission_codes{
    "see_submissions", "file_submissions", "confirm_filing", "audit_department", "audit_section", "audit_performance",
    "approve_filing",  "publish",          "manage_years",   "see_units",        "manage_units",  "see_accounts",
    "manage_accounts", "grant_roles",      "see_journal",    "verify_journal",   "see_ledgers",   "keep_ledgers",
    "see_problems",    "answer_problems",  "check_problems", "close_problems"};

constexpr auto all = [] {
  std::array<Role, role_count> found{};
  for (std::size_t i = 0; i < roles.size(); ++i) found[i] = roles[i].role;
  return found;
}();

const RoleRow& row_of(Role role) {
  return roles[static_cast<std::size_t>(role)];
}

}  // namespace

std::span<const Role> all_roles() {
  return all;
}

std::string_view role_code(Role role) {
  return row_of(role).code;
}

std::string_view role_name(Role role) {
  return row_of(role).name;
}

std::optional<Role> role_from_code(std::string_view code) {
  const auto* found = std::find_if(roles.begin(), roles.end(), [&](const RoleRow& row) { return row.code == code; });
  return found == roles.end() ? std::nullopt : std::optional(found->role);
}

std::string_view permission_code(Permission permission) {
  return permission_codes[static_cast<std::size_t>(permission)];
}

PermissionSet permissions_of(Role role) {
  return row_of(role).permissions;
}

bool is_administrator(Role role) {
  return role == Role::system_admin || role == Role::security_admin || role == Role::audit_admin;
}

bool is_of_a_unit(Role role) {
  return role == Role::unit_clerk || role == Role::unit_head || role == Role::department_officer;
}

bool is_of_a_section(Role role) {
  return role == Role::section_officer;
}

}  // namespace jiheng::access
