#include "access/principal.h"

#include <algorithm>

namespace jiheng::access {
namespace {

constexpr PermissionSet everything = (PermissionSet{1} << permission_count) - 1;

bool allows(const Post& post, Permission permission) {
  return (permissions_of(post.role) & bit_of(permission)) != 0;
}

}  // namespace

bool changes(Permission permission) {
  switch (permission) {
    case Permission::see_submissions:
    case Permission::see_units:
    case Permission::see_accounts:
    case Permission::see_journal:
    case Permission::see_ledgers:
    case Permission::see_problems:
    case Permission::verify_journal:
      return false;
    default:
      return true;
  }
}

bool Reach::contains(std::string_view unit) const {
  return all || std::binary_search(units.begin(), units.end(), unit);
}

Principal Principal::operator_at_machine(std::string account) {
  Principal made;
  made.kind_ = Kind::at_machine;
  made.id_ = account;
  made.login_ = account;
  made.name_ = std::move(account);
  return made;
}

Principal Principal::person(std::string id, std::string login, std::string name, std::vector<Post> posts, bool read_only) {
  Principal made;
  made.kind_ = Kind::person;
  made.id_ = std::move(id);
  made.login_ = std::move(login);
  made.name_ = std::move(name);
  made.posts_ = std::move(posts);
  made.read_only_ = read_only;
  return made;
}

PermissionSet Principal::permissions() const {
  if (is_operator()) return everything;
  PermissionSet set = 0;
  for (int i = 0; i < permission_count; ++i) {
    const auto permission = static_cast<Permission>(i);
    if (may(permission)) set |= bit_of(permission);
  }
  return set;
}

bool Principal::may(Permission permission) const {
  if (is_operator()) return true;
  if (read_only_ && changes(permission)) return false;
  return std::any_of(posts_.begin(), posts_.end(), [&](const Post& post) { return allows(post, permission) && !post.reach.none(); });
}

bool Principal::may(Permission permission, std::string_view unit) const {
  if (is_operator()) return true;
  if (read_only_ && changes(permission)) return false;
  return std::any_of(posts_.begin(), posts_.end(), [&](const Post& post) { return allows(post, permission) && post.reach.contains(unit); });
}

Reach Principal::reach(Permission permission) const {
  Reach reach;
  if (is_operator()) {
    reach.all = true;
    return reach;
  }
  if (read_only_ && changes(permission)) return reach;
  for (const Post& post : posts_) {
    if (!allows(post, permission)) continue;
    if (post.reach.all) {
      reach.all = true;
      reach.units.clear();
      return reach;
    }
    reach.units.insert(reach.units.end(), post.reach.units.begin(), post.reach.units.end());
  }
  std::sort(reach.units.begin(), reach.units.end());
  reach.units.erase(std::unique(reach.units.begin(), reach.units.end()), reach.units.end());
  return reach;
}

const Post* Principal::stands_in(Permission permission, std::string_view unit) const {
  const Post* found = nullptr;
  for (const Post& post : posts_) {
    if (!allows(post, permission) || !post.reach.contains(unit)) continue;
    if (post.for_account.empty()) return nullptr;
    if (found == nullptr) found = &post;
  }
  return found;
}

std::string Principal::mark() const {
  if (is_operator()) return "*";
  std::string mark = read_only_ ? "r" : "";
  for (const Post& post : posts_) {
    mark += '/';
    mark += role_code(post.role);
    if (!post.for_account.empty()) mark += '=' + post.for_account;
    if (post.reach.all) mark += '*';
    for (const std::string& unit : post.reach.units) mark += ' ' + unit;
  }
  return mark;
}

}  // namespace jiheng::access
