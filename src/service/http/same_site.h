// There is no login yet, so the browser must not become the way in for other sites: neither by a name that they point at this machine
// (DNS rebinding), nor by a form or script that posts from theirs.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "service/http/message.h"

namespace jiheng::service {

/// 127.0.0.0/8, ::1 and "localhost", without brackets or port.
bool is_loopback_host(std::string_view host);
/// Errors: host-not-allowed; origin-not-allowed (of requests that change something).
std::optional<Error> refuse_other_sites(const Request& request);

}  // namespace jiheng::service
