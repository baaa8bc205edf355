// The key of what is stored of passwords and second factors: sealing what is not sealed yet, and changing to another key.
#include "access/secret_key.h"
#include "desks/people/people.h"

namespace jiheng::desks {
namespace {

using access::Account;
using access::SecretUse;

bool wants_sealing(const std::optional<std::string>& stored) {
  return stored && !access::is_sealed(*stored);
}

/// Takes the seal of the key before off. false where neither key opens it.
bool take_seal_off(std::optional<std::string>& stored, SecretUse use, const Account& account, const access::SecretKey* before,
                   const access::SecretKey& key) {
  if (!stored || !access::is_sealed(*stored) || key.open(use, account.id, *stored)) return true;
  auto plain = before != nullptr ? before->open(use, account.id, *stored) : std::nullopt;
  if (!plain) return false;
  stored = std::move(plain);
  return true;
}

}  // namespace

Result<int> People::seal_secrets(const access::Principal& who, Text why) {
  if (!who.is_operator() || sessions_.key() == nullptr) return forbidden();
  auto change = registry_.begin(author_of(who, std::move(why)));
  int sealed = 0;
  for (Account& each : access::list_accounts(change.connection(), registry_.tenant())) {
    if (!wants_sealing(each.password) && !wants_sealing(each.totp)) continue;
    const auto stored = store_account(change, std::move(each), "seal");
    if (!stored) return stored.error();
    ++sealed;
  }
  change.commit();
  return sealed;
}

Result<People::KeyChanged> People::change_key(const access::SecretKey* before, const access::Principal& who, Text why) {
  if (!who.is_operator() || sessions_.key() == nullptr) return forbidden();
  auto change = registry_.begin(author_of(who, std::move(why)));
  KeyChanged changed;
  for (Account& each : access::list_accounts(change.connection(), registry_.tenant())) {
    if (!each.password && !each.totp) continue;
    const bool opened = take_seal_off(each.password, SecretUse::password, each, before, *sessions_.key()) &&
                        take_seal_off(each.totp, SecretUse::totp, each, before, *sessions_.key());
    if (!opened) {
      // Both: a password alone must not bind another second factor.
      each.password.reset();
      each.totp.reset();
    } else {
      ++changed.kept;
      if (!wants_sealing(each.password) && !wants_sealing(each.totp)) continue;
    }
    auto stored = store_account(change, std::move(each), opened ? "seal" : "reset");
    if (!stored) return stored.error();
    if (!opened) changed.lost.push_back(std::move(*stored));
  }
  change.commit();
  for (const Account& each : changed.lost) sessions_.end_all(each.id);
  return changed;
}

}  // namespace jiheng::desks
