// The posts of a bureau and its units, and what each may do. Whatever is not written in this table is refused.
//
// The three administrators are kept apart (GB/T 22239—2019 8.1.5 安全管理中心: 系统管理, 审计管理, 安全管理): none of them does the
// bureau's own work, and nobody is two of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace jiheng::access {

enum class Role {
  unit_clerk,           ///< 单位经办人
  unit_head,            ///< 单位负责人
  department_officer,   ///< 主管部门经办
  section_officer,      ///< 业务股室
  performance_officer,  ///< 绩效股经办
  performance_head,     ///< 绩效股负责人
  bureau_leader,        ///< 分管局领导
  desk_staff,           ///< 业务岗位: review centre, information centre, supervision, assets
  system_admin,         ///< 系统管理员
  security_admin,       ///< 安全管理员
  audit_admin,          ///< 审计管理员
};
inline constexpr int role_count = 11;

enum class Permission {
  see_submissions,    ///< lists, tables, findings, history, originals, exports
  file_submissions,   ///< import, edit, submit, withdraw, delete a draft
  confirm_filing,     ///< 单位审核
  audit_department,   ///< 主管部门审核
  audit_section,      ///< 业务股室审核
  audit_performance,  ///< 绩效股审核
  approve_filing,     ///< 批复
  publish,            ///< 信息公开: publish what is approved, withdraw it
  manage_years,       ///< open and close a year of filing, extend a unit's time
  see_units,
  manage_units,     ///< names, codes, sections in charge
  see_accounts,     ///< who there is; every account's history
  manage_accounts,  ///< make, rename, disable, one-time links
  grant_roles,      ///< posts, unlocking, ending sessions
  see_journal,
  verify_journal,
  see_ledgers,      ///< 业务台账: records, measures, receipts
  keep_ledgers,     ///< register, change, import them
  see_problems,     ///< 问题整改: lists, replies, evidence
  answer_problems,  ///< 整改回复, and asking for more time
  check_problems,   ///< raise, check, refuse a reply
  close_problems,   ///< 销号; more time; undoing either
};
inline constexpr int permission_count = 22;

using PermissionSet = std::uint32_t;

std::span<const Role> all_roles();
std::string_view role_code(Role role);  ///< "unit_clerk"
std::string_view role_name(Role role);  ///< "单位经办人"
std::optional<Role> role_from_code(std::string_view code);

std::string_view permission_code(Permission permission);  ///< "see_submissions"
PermissionSet permissions_of(Role role);
inline PermissionSet bit_of(Permission permission) {
  return PermissionSet{1} << static_cast<int>(permission);
}

/// One of the three administrators.
bool is_administrator(Role role);
/// Held for one unit, or a unit and those below it; the others reach over the whole bureau.
bool is_of_a_unit(Role role);
/// Held for the units that a section is in charge of.
bool is_of_a_section(Role role);

}  // namespace jiheng::access
