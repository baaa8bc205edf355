// The browser must not become the way in for other sites: neither by a form or script that posts from theirs nor, as long as nobody has to
// log in, by a name that they point at this machine (DNS rebinding).
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "service/http/message.h"

namespace jiheng::service {

/// 127.0.0.0/8, ::1 and "localhost", without brackets or port.
bool is_loopback_host(std::string_view host);
/// Whether the request is for this machine by its own name. Error: host-not-allowed.
std::optional<Error> refuse_other_hosts(const Request& request);
/// Error: origin-not-allowed (of requests that change something).
std::optional<Error> refuse_other_sites(const Request& request);

}  // namespace jiheng::service
