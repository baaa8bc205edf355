// The people who may log in, their posts, and who stands in for whom.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/day.h"
#include "access/principal.h"
#include "store/connection.h"

namespace jiheng::access {

/// A post as it is granted: for good, or between two days (both included, ISO dates of the bureau's time).
struct Appointment {
  Role role = Role::unit_clerk;
  std::optional<std::string> unit;  ///< a unit or, of a section's officer, the section; nullopt where the role reaches over the bureau
  std::optional<std::string> from;
  std::optional<std::string> to;

  bool operator==(const Appointment&) const = default;
};

struct Account {
  std::string id;
  int revision = 0;
  std::string login;
  std::string name;
  std::optional<std::string> phone;
  bool active = true;
  std::vector<Appointment> posts;
  std::optional<std::string> password;    ///< Argon2id, sealed (secret_key.h); nullopt until the one-time link was used
  std::optional<std::string> totp;        ///< base32, sealed
  std::string made_at;                    ///< UTC
  std::optional<std::string> mail;        ///< where his notices go, too; his own to set
  std::optional<std::string> mail_since;  ///< UTC; what was before is not sent

  bool is_administrator() const;
};

/// While the dates last, `to_account` holds `from_account`'s posts of the role, too.
struct Delegation {
  std::string id;
  int revision = 0;
  std::string from_account;
  std::string to_account;
  Role role = Role::section_officer;
  std::string from_day;
  std::string to_day;
  bool active = true;
};

/// A plain address: something@host, without names, quotes or anything that would end a line of a mail's head.
bool is_mail_address(std::string_view text);
/// Logins are the same in any case.
std::string login_key(std::string_view login);

// All within the connection's transaction.
void store_account(store::Connection& connection, const std::string& tenant, const Account& account);
std::optional<Account> find_account(store::Connection& connection, const std::string& tenant, std::string_view id);
std::optional<Account> find_account_by_login(store::Connection& connection, const std::string& tenant, std::string_view login);
/// In the order of logins.
std::vector<Account> list_accounts(store::Connection& connection, const std::string& tenant);
bool any_account(store::Connection& connection, const std::string& tenant);

void store_delegation(store::Connection& connection, const std::string& tenant, const Delegation& delegation);
std::optional<Delegation> find_delegation(store::Connection& connection, const std::string& tenant, std::string_view id);
std::vector<Delegation> list_delegations(store::Connection& connection, const std::string& tenant);

/// The person with the posts of that day, his own and those he stands in for.
Principal principal_of(store::Connection& connection, const std::string& tenant, const Account& account, std::string_view day,
                       bool read_only = false);

}  // namespace jiheng::access
