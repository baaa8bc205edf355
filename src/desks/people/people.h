// Units, accounts and posts as the bureau changes them: every change through the registry, by somebody who may, with the derived tables of
// access/ in the same transaction.
//
// Who may do what stands in access/role.h. Nobody changes his own posts; the last of each administrator stays.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/accounts.h"
#include "access/sessions.h"
#include "access/units.h"
#include "base/result.h"
#include "registry/registry.h"

namespace jiheng::desks {

inline constexpr std::string_view unit_kind = "unit";
inline constexpr std::string_view account_kind = "account";
inline constexpr std::string_view delegation_kind = "delegation";

/// The author of a change as the journal names him: "zhang", or "zhang（代li）" where only a post he stands in for allows it.
registry::Author author_of(const access::Principal& who, Text why = {}, const access::Post* stands_in = nullptr);
/// The error forbidden.
Error forbidden();

/// One line of a list of units, as it is pasted from a sheet. What it says nothing of (nullopt) stays as it was: a sheet without a column
/// 涉密 must not open a classified unit.
struct UnitLine {
  std::string code;
  std::string name;
  std::string aliases;                 ///< added to those known; parted by ；、; or line ends
  std::optional<std::string> parent;   ///< a code or a name; empty: none
  std::optional<std::string> section;  ///< a section's code or name, made where there is none; empty: none
  std::optional<bool> classified = {};
};

struct UnitsTaken {
  int added = 0;
  int changed = 0;
  int same = 0;
};

/// One line of a list of people. What it says nothing of stays as it was.
struct AccountLine {
  std::string login;
  std::string name;
  std::optional<std::string> phone;
};

/// One line of a list of posts: each is held besides those that the person has.
struct PostLine {
  std::string login;
  std::string role;  ///< its name or code; no administrator's
  std::string unit;  ///< code or name of the unit or section; empty where the role is of none
};

struct PostsTaken {
  int added = 0;
  int same = 0;
};

/// Thread-safe.
class People {
 public:
  People(registry::Registry& registry, access::Sessions& sessions) : registry_(registry), sessions_(sessions) {}

  // Units. Errors of all: forbidden, invalid-unit (context: the field), stale-revision, not-found.
  std::vector<access::Unit> units(const access::Principal& who);
  Result<access::Unit> put_unit(access::Unit unit, const access::Principal& who, Text why = {});
  /// All lines or none. Error: invalid-unit-line (context: number of the line from 1, the field).
  Result<UnitsTaken> take_units(std::span<const UnitLine> lines, const access::Principal& who, Text why = {});
  /// Units whose names look like it, for a person to choose from.
  std::vector<access::LikelyUnit> units_like(std::string_view name);
  /// Remembers that the name means the unit.
  Result<access::Unit> add_alias(std::string_view unit, std::string_view name, const access::Principal& who);

  // Accounts. Errors of all: forbidden, invalid-account (context: the field), stale-revision, not-found.
  std::vector<access::Account> accounts(const access::Principal& who);
  Result<access::Account> account(std::string_view id, const access::Principal& who);
  struct Made {
    access::Account account;
    std::string link;  ///< the one-time link's secret
  };
  /// Without posts: those are the security administrator's to grant.
  Result<Made> add_account(access::Account account, const access::Principal& who, Text why = {});
  struct AccountsTaken {
    std::vector<Made> added;
    int changed = 0;
    int same = 0;
  };
  /// All lines or none; who is known by his login is changed where the line says otherwise. Error besides: invalid-account-line (context:
  /// number of the line from 1, the field).
  Result<AccountsTaken> take_accounts(std::span<const AccountLine> lines, const access::Principal& who, Text why = {});
  /// All lines or none. Error besides: invalid-post-line (context: number of the line from 1, the field).
  Result<PostsTaken> take_posts(std::span<const PostLine> lines, const access::Principal& who, Text why = {});
  /// Login, name, telephone, active. Who is disabled is logged out everywhere.
  Result<access::Account> change_account(const access::Account& account, const access::Principal& who, Text why = {});
  /// Errors besides: own-posts, roles-clash, last-administrator.
  Result<access::Account> appoint(std::string_view id, int from_revision, std::vector<access::Appointment> posts,
                                  const access::Principal& who, Text why = {});
  /// A new one-time link for who forgot his password or lost his telephone: both are void from now on. An administrator's is made at the
  /// machine only. Error besides: administrator-account.
  Result<std::string> new_link(std::string_view id, const access::Principal& who, Text why = {});
  Result<Done> unlock(std::string_view id, const access::Principal& who, Text why = {});
  /// 移交: the posts (not an administrator's) go from one to the other on that day.
  Result<Done> hand_over(std::string_view from, std::string_view to, std::string_view day, const access::Principal& who, Text why = {});

  // Delegation of one's own posts of a role. Errors: forbidden, invalid-delegation.
  Result<access::Delegation> delegate(access::Delegation delegation, const access::Principal& who, Text why = {});
  Result<Done> end_delegation(std::string_view id, const access::Principal& who);
  /// Those given by or to the person; all for who may see accounts.
  std::vector<access::Delegation> delegations(const access::Principal& who);

  /// Whom one may delegate to: who is active and no administrator.
  std::vector<access::Account> colleagues();

  // One's own.
  /// Errors: link-void, weak-password, busy.
  Result<access::Account> choose_password(std::string_view link, std::string_view password);
  /// All other sessions end. Errors: password-wrong, login-locked, weak-password, busy.
  Result<Done> change_password(const access::Account& own, std::string_view old_password, std::string_view password,
                               std::string_view session);
  /// The secret is kept once a code proves that the telephone has it. One in place of another needs the password: an open session left
  /// alone must not give the account away. Errors: second-factor-unproven, password-wrong, login-locked, busy.
  Result<Done> keep_totp(const access::Account& own, std::string_view secret, std::string_view code, std::string_view password);

  /// Where his notices go as mails, too; empty: nowhere. Yields where they went before. Errors: invalid-mail.
  Result<std::optional<std::string>> keep_mail(const access::Account& own, std::string_view mail);

  // The first start.
  struct Setup {
    std::string bureau_code;
    std::string bureau;
    access::Account system;
    access::Account security;
    access::Account audit;
  };
  struct SetUp {
    std::string system_link;
    std::string security_link;
    std::string audit_link;
  };
  bool is_set_up();
  /// Makes the bureau and its three administrators; each gets a one-time link. Errors: link-void, invalid-account, invalid-unit.
  Result<SetUp> set_up(std::string_view link, Setup setup);

  // The key of what is stored of passwords and second factors (access/secret_key.h), at the machine only; with the key in use
  // (Sessions::use_key). Error of both: forbidden.
  /// Seals what versions before stored; how many accounts.
  Result<int> seal_secrets(const access::Principal& who, Text why = {});
  struct KeyChanged {
    int kept = 0;                       ///< accounts that notice nothing
    std::vector<access::Account> lost;  ///< those whose password and second factor are void
  };
  /// What `before` (may be null) or the key in use opens is sealed with the key in use. What neither opens is void: its owner needs a
  /// one-time link.
  Result<KeyChanged> change_key(const access::SecretKey* before, const access::Principal& who, Text why = {});

  /// The derived tables from the records, after a restore.
  void rebuild();

 private:
  Result<access::Account> store_account(registry::Change& change, access::Account account, std::string_view action);
  Result<access::Unit> store_unit(registry::Change& change, access::Unit unit);
  std::optional<Error> trouble_with(store::Connection& connection, const access::Account& account);
  std::optional<Error> trouble_with(store::Connection& connection, const access::Unit& unit);
  std::optional<Error> trouble_with_posts(store::Connection& connection, const access::Account& account);
  bool is_last_administrator(store::Connection& connection, const access::Account& before, const access::Account& after);
  std::string today() const;

  registry::Registry& registry_;
  access::Sessions& sessions_;
};

// What the records hold. The readers throw store::Failure (db-damaged) for what the writers cannot have written.
std::string body_of(const access::Unit& unit);
std::string body_of(const access::Account& account);
std::string body_of(const access::Delegation& delegation);
access::Unit unit_from(const registry::Record& record);
access::Account account_from(const registry::Record& record);
access::Delegation delegation_from(const registry::Record& record);

}  // namespace jiheng::desks
