// Inside desks/follow_up only: who may take which step with a form, and whose hand is in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desks/follow_up/follow_ups.h"

namespace jiheng::desks {

/// It lies with the unit, to be filled in.
bool is_open(FollowUpState state);
bool may_file(const FollowUpBody& body, const access::Principal& who);
/// What it takes to do it now.
access::Permission permission_of(FollowUpAction action, FollowUpState state);
/// nullopt where he may; the error else.
std::optional<Error> refusal(const FollowUpBody& body, FollowUpState state, FollowUpAction action, const access::Principal& who);
/// `newer`: there is a later approved revision of the targets.
std::vector<FollowUpAction> allowed(const FollowUpBody& body, FollowUpState state, bool newer, const access::Principal& who);
Error not_allowed(FollowUpState state, std::string_view what);

/// Whoever fills it in, and he whom he stands in for while he does.
void add_hand(FollowUpBody& body, const access::Principal& who);
/// Himself and, where only a post he stands in for allows it, him whose post that is. Nobody of the operator at the machine.
std::vector<std::string> accounts_behind(const access::Principal& who, access::Permission permission, std::string_view unit);
/// Whoever had a hand in the content, or signed it, does not sign the next step; nor does who stands in for him.
bool had_a_hand(const FollowUpBody& body, const access::Principal& who, access::Permission permission, bool signed_too);
Error four_eyes();
/// The signature of its acceptance; nullptr for none.
const FollowUpSignature* acceptance_of(const FollowUpBody& body);

}  // namespace jiheng::desks
