#include "service/http/same_site.h"

#include <charconv>

#include "base/shown_text.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

bool is_port(std::string_view text) {
  if (text.empty() || text.size() > 5) return false;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

/// "[::1]:8420" → "::1"; empty where it is no host with an optional port.
std::string_view host_name(std::string_view host) {
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    if (end == std::string_view::npos) return {};
    const std::string_view rest = host.substr(end + 1);
    return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1))) ? host.substr(1, end - 1) : std::string_view();
  }
  const std::size_t colon = host.find(':');
  if (colon != std::string_view::npos && !is_port(host.substr(colon + 1))) return {};
  return host.substr(0, colon);
}

bool is_ipv4_loopback(std::string_view host) {
  if (!host.starts_with("127.")) return false;
  int parts = 0;
  while (true) {
    const std::size_t dot = host.find('.');
    const std::string_view part = host.substr(0, dot);
    unsigned value = 256;
    const auto [end, failed] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (failed != std::errc() || end != part.data() + part.size() || value > 255) return false;
    ++parts;
    if (dot == std::string_view::npos) break;
    host.remove_prefix(dot + 1);
  }
  return parts == 4;
}

}  // namespace

bool is_loopback_host(std::string_view host) {
  return equals_ignoring_case(host, "localhost") || host == "::1" || is_ipv4_loopback(host);
}

std::optional<Error> refuse_other_hosts(const Request& request) {
  const std::string_view host = request.header("Host");
  if (!is_loopback_host(host_name(host))) return problem("host-not-allowed").in(shown_text(host));
  // A proxy in front of us brings people from anywhere, whatever name it calls us by.
  for (const std::string_view header : {"X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"}) {
    if (!request.header(header).empty()) return problem("host-not-allowed").in(std::string(header));
  }
  return std::nullopt;
}

std::optional<Error> refuse_other_sites(const Request& request) {
  const std::string_view host = request.header("Host");
  if (request.method == "GET") return std::nullopt;
  // Browsers since 2020 say where a request comes from, and scripts cannot forge it; older ones send Origin with every POST.
  const std::string_view site = request.header("Sec-Fetch-Site");
  if (!site.empty()) {
    if (site == "same-origin" || site == "none") return std::nullopt;
    return problem("origin-not-allowed").in(shown_text(site));
  }
  const std::string_view origin = request.header("Origin");
  if (origin.empty() || origin == "http://" + std::string(host) || origin == "https://" + std::string(host)) return std::nullopt;
  return problem("origin-not-allowed").in(shown_text(origin));
}

}  // namespace jiheng::service
