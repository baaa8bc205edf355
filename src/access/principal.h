// The person behind a request: his posts as they stand today, his own and those he stands in for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/role.h"

namespace jiheng::access {

/// Which units a permission reaches over.
struct Reach {
  bool all = false;
  std::vector<std::string> units;  ///< ids, sorted; nothing in it where `all`

  bool contains(std::string_view unit) const;
  bool none() const { return !all && units.empty(); }
};

/// One post on one day.
struct Post {
  Role role = Role::unit_clerk;
  Reach reach;
  std::string for_account;  ///< id of the person stood in for; empty for one's own post
  std::string for_name;
};

/// A value, good for one request.
class Principal {
 public:
  /// Nobody in particular: may do nothing that needs a permission.
  Principal() = default;
  /// Whoever has the machine itself before him (command line; the page while no account exists yet): may do everything.
  static Principal operator_at_machine(std::string account = "local");
  static Principal person(std::string id, std::string login, std::string name, std::vector<Post> posts, bool read_only = false);

  bool is_known() const { return kind_ != Kind::nobody; }
  bool is_operator() const { return kind_ == Kind::at_machine; }
  const std::string& id() const { return id_; }        ///< of the account; "local" for the operator
  const std::string& login() const { return login_; }  ///< as the journal names him
  const std::string& name() const { return name_; }
  const std::vector<Post>& posts() const { return posts_; }
  bool is_read_only() const { return read_only_; }  ///< came with a token that may only look
  PermissionSet permissions() const;

  /// For any unit at all.
  bool may(Permission permission) const;
  /// For this unit; empty: for what belongs to no known unit, which only a reach over all holds.
  bool may(Permission permission, std::string_view unit) const;
  Reach reach(Permission permission) const;
  /// For whom he would do that, where only a post he stands in for allows it; nullptr where his own does, or none.
  const Post* stands_in(Permission permission, std::string_view unit) const;
  /// Two principals of the same mark see the same.
  std::string mark() const;

 private:
  enum class Kind { nobody, at_machine, person };
  Kind kind_ = Kind::nobody;
  std::string id_;
  std::string login_;
  std::string name_;
  std::vector<Post> posts_;
  bool read_only_ = false;
};

/// Whether the permission changes something.
bool changes(Permission permission);

}  // namespace jiheng::access
