// People and units as the JSON of the API. Hashes of passwords and secrets of second factors never leave the program.
#pragma once

#include <string>
#include <vector>

#include "access/sessions.h"
#include "access/units.h"
#include "service/api/gate.h"

namespace jiheng::service {

/// `sends_mail`: a mail server is set, so that an address is worth giving.
std::string me_json(const Caller& caller, bool accounts_exist, bool sends_mail);
std::string sessions_json(const std::vector<access::Session>& sessions, std::string_view present);
std::string logins_json(const std::vector<access::LoginEvent>& events);
std::string delegations_json(const std::vector<access::Delegation>& delegations);
std::string colleagues_json(const std::vector<access::Account>& accounts);
std::string account_json(const access::Account& account);
std::string accounts_json(const std::vector<access::Account>& accounts);
std::string unit_json(const access::Unit& unit);
std::string units_json(const std::vector<access::Unit>& units);
std::string likely_units_json(const std::vector<access::LikelyUnit>& units);

}  // namespace jiheng::service
